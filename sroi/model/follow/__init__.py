"""From what happened to numbers: a difference split into its causes, and assumptions updated."""
