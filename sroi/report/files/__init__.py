"""Results as files for programs: JSON and CSV."""
