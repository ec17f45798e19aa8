"""From counts by neighbourhood and quarter to the ratio that a pilot changed, with its band."""
