"""Many areas and programmes at once: a table of areas, and which column fills which path."""
