"""Whether a database has today's shape, told without sqlite-utils: it takes long to import."""

import sqlite3

from feedsette.schema import TABLES
from feedsette.views import VIEWS

MIGRATION_SET = "feedsette"
MIGRATION_NAMES = frozenset({"m001_create"})
"""Every migration of migrations.py; a test compares them."""


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether just these migrations were applied and every view is the present one."""
    entries = dict(connection.execute("select name, sql from sqlite_master"))
    if "_sqlite_migrations" not in entries or lacks_tables(connection):
        return False
    applied = connection.execute(
        "select name from _sqlite_migrations where migration_set = ?", (MIGRATION_SET,)
    )
    if {name for (name,) in applied} != MIGRATION_NAMES:
        return False
    return all((entries.get(view.name) or "").endswith(view.sql.strip()) for view in VIEWS)


def lacks_tables(connection: sqlite3.Connection) -> bool:
    """Whether a table is missing, as the hidden ones are in a snapshot."""
    names = {name for (name,) in connection.execute("select name from sqlite_master")}
    return any(table.name not in names for table in TABLES)
