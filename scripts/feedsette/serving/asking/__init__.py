"""How the site asks the database: rows, lists, searches, facets, what goes together."""
