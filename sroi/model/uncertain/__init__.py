"""Uncertain numbers: distributions, how they move together, and points to draw them at."""
