"""A scenario valued, and what is asked of one valuation as a whole."""
