"""What the register of a pilot says: the courses, the effect, and what speaks against it."""
