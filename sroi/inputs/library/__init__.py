"""The price library: prices, sources, series, regimes, payers, starting points."""
