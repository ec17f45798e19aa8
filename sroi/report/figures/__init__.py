"""What the charts of a report show, with their tables and descriptions."""
