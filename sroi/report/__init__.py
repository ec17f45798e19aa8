"""Answers become pages: all human text, all rounding, all colour. Floor 5."""
