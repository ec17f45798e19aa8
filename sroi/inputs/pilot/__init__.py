"""A pilot: what its file says, and the register of who was in which care, where and when."""
