"""The price library looked at by others: what is weak in it, and a review written back."""
