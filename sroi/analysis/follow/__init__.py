"""What came of a contract, why it differs from what was expected, and what to expect now."""
