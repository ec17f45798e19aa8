"""A portfolio told: its tables, in the terminal and as files."""
