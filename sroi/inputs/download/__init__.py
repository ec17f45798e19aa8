"""A downloaded file as text: its characters, the tables packed in it, and its rows."""
