"""Rows → SQLite: one transaction per document, revisions, full-text indexes, checks."""

from feedsette.store.database import Database, open_database
from feedsette.store.loads import Load
from feedsette.store.saving import StaleKnown

__all__ = ["Database", "Load", "StaleKnown", "open_database"]
