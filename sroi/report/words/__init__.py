"""Words and numbers in the language of a reader."""
