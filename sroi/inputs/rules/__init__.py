"""The rules between the parts of a scenario: one rule, one function, one code."""
