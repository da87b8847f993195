"""Rows → SQLite: documents whole or not at all, revisions, full-text indexes, checks."""

from feedsette.store.checks import Finding
from feedsette.store.connections import is_there, named_errors
from feedsette.store.database import Database, OnArticle
from feedsette.store.loads import Load
from feedsette.store.opening import NONE_YET, open_database, open_dry_run
from feedsette.store.saving import StaleKnown

__all__ = [
    "NONE_YET",
    "Database",
    "Finding",
    "Load",
    "OnArticle",
    "StaleKnown",
    "is_there",
    "named_errors",
    "open_database",
    "open_dry_run",
]
