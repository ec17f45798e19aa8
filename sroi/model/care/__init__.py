"""The equations of the preventive shift, on plain numbers."""
