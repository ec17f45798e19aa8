"""From draws to the table of value flows: line × year × payer × class."""
