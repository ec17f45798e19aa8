"""A scenario workbook as a person gets it: coloured, explained, with choices, ready to print."""
