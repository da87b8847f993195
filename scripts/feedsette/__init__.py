"""feedsette turns RSS, Atom and JSON feeds into a dataset that people explore with Datasette."""

__version__ = "0.1.0"
