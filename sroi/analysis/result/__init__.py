"""The result that a question is about: which one, on which draws, how exact."""
