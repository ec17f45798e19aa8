"""A pilot told: in sentences and tables, as data, in the terminal."""
