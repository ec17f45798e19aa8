"""The case around the numbers: theory of change, target group, staffing, monitoring, canvas."""
