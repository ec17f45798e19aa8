"""Many areas and programmes valued at once: every row, the totals, and what lies behind them."""
