"""Text as it stands in a file: characters, cells, numerals, and what every noun shares."""
