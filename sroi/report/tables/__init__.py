"""The tables of every reader: page, terminal and files."""
