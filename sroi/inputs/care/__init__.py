"""The preventive shift in a file: ladders, direct shifts, cohorts and conditions."""
