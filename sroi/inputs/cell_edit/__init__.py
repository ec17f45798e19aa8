"""Some cells of a workbook changed, and nothing else in its file."""
