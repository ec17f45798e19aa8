"""A filled Value Map, as practitioners of the SROI Guide keep it in a spreadsheet."""
