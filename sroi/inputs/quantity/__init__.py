"""A number that may be uncertain, in every form that a file may write it in."""
