"""Values → HTML and Atom: cells, numbers, charts, code, a stranger's HTML."""
