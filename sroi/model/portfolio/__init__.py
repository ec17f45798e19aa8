"""Rows of a table that differ in some numbers: valued by what one of each is worth."""
