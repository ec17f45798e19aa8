"""Formulas with the values that they have, on sheets, as a workbook."""
