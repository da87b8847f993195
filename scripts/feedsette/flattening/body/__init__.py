"""An article's HTML, read once: its text, its headings, and the spots for the extractors."""
