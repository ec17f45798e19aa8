"""The frame of every page: templates, fonts and the one script."""
