"""What moves a result, where it turns, and what to find out first."""
