"""Tables of municipalities told: what is in one, a number out of it, and a register."""
