"""Whether a database has today's shape, told without sqlite-utils: it takes long to import."""

import sqlite3
from collections.abc import Set

from feedsette.schema import TABLES
from feedsette.views import VIEWS

MIGRATION_SET = "feedsette"
MIGRATION_NAMES = frozenset(
    {
        "m001_create",
        "m002_count_from_indexes",
        "m003_tallies",
        "m004_problems",
        "m005_details",
        "m006_bigrams",
    }
)
"""Every migration of migrations.py; a test compares them."""
OLDER = (
    "was made by an older feedsette; loading or refreshing upgrades it, "
    "a snapshot must be taken again"
)
NEWER = "was made by a newer feedsette (it has the schema {}); upgrade feedsette to use it"


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether just these migrations were applied and every view is the present one."""
    entries = dict(connection.execute("select name, sql from sqlite_master"))
    if lacks_tables(connection) or _applied(connection) != MIGRATION_NAMES:
        return False
    return all((entries.get(view.name) or "").endswith(view.sql.strip()) for view in VIEWS)


def misfit(connection: sqlite3.Connection, *, upgradable: bool = False) -> str | None:
    """Why this feedsette cannot read a database of another one, in words; None if it can.

    What is `upgradable` may be older. One that holds nothing yet fits.
    """
    applied = _applied(connection)
    if unknown := applied - MIGRATION_NAMES:
        return NEWER.format(max(unknown))
    is_older = applied and MIGRATION_NAMES - applied
    return OLDER if is_older and not upgradable else None


def _applied(connection: sqlite3.Connection) -> Set[str]:
    made = "select 1 from sqlite_master where name = '_sqlite_migrations'"
    if not connection.execute(made).fetchone():
        return frozenset()
    names = "select name from _sqlite_migrations where migration_set = ?"
    return {name for (name,) in connection.execute(names, (MIGRATION_SET,))}


def lacks_tables(connection: sqlite3.Connection) -> bool:
    """Whether a table is missing, as the hidden ones are in a snapshot."""
    names = {name for (name,) in connection.execute("select name from sqlite_master")}
    return any(table.name not in names for table in TABLES)
