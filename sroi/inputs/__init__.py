"""Text in: files become nouns and problems. Floor 1."""
