"""The price library for people: a list, one entry, a sheet to check, what is weak."""
