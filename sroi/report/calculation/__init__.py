"""The calculation workbook: the central case again, as formulas that a person can follow."""
