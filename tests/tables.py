"""Whole databases compared: every table, row by row."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from feedsette.schema import TABLES

OBSERVED = {"loads", "fetches"}
"""Tables that log what happened and when, and so differ from run to run."""


def read_tables(path: Path, *, leave_out: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """The rows of every table but the logs, as dicts without the columns in leave_out."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            table.name: [
                {name: row[name] for name in row.keys() if name not in leave_out}  # noqa: SIM118
                for row in connection.execute(f'select * from "{table.name}" order by rowid')
            ]
            for table in TABLES
            if table.name not in OBSERVED
        }


def ask(path: Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Run SQL on a database file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, parameters).fetchall()
