"""The PDF: made, opened, what travels in it, and whether it is true to that."""
