"""Tables of municipalities that a person downloads: recognised, read, and one number taken out."""
