"""The scenario: what an organisation claims, and each of its numbers under its path."""
