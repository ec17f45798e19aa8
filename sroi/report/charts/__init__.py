"""Charts: what they show as data, and who draws that."""
