"""A survey before and after, from scores to a rate."""
