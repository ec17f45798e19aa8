"""Numbers only: from named quantities to value flows. Floors 2 and 3."""
