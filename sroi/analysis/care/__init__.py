"""What happens on a ladder and in a cohort, and what securing a condition is worth."""
