"""The report as a page: its sections in their order."""
