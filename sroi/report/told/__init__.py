"""A valuation in a language: names in the place of ids, sources in the place of keys."""
