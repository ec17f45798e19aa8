"""Work that is cut into blocks: where it is done, and what of it is kept."""
