"""Scenario files read as a whole and held against all rules, and edits of such a file."""
