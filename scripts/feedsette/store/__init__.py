"""Rows → SQLite: one transaction per document, revisions, full-text indexes, checks."""

from feedsette.store.database import Database, open_database

__all__ = ["Database", "open_database"]
