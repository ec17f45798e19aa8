"""Questions asked of the model. Floor 4."""
