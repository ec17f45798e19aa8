"""A measurement told: in sentences, as data and in the terminal."""
