"""RSS, Atom and RDF, by feedparser and what it lacks."""
