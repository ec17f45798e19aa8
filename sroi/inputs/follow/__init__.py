"""What happened in a contract, period by period: read from a table, and held against a scenario."""
