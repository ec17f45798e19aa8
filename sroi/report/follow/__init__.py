"""A contract followed, for people and for programs."""
