"""The log: a Load for every attempt, and its row."""

import sqlite3
from dataclasses import dataclass, fields, replace
from datetime import datetime

from feedsette.schema import LOADS
from feedsette.store import statements
from feedsette.store.times import text_of


@dataclass(frozen=True, slots=True)
class Load:
    """One attempt: the columns of its row in loads, and which feed it was.

    Counts are None where the document was not read (unchanged, not modified, failed).
    """

    started_at: datetime
    location: str
    status: str
    seconds: float | None = None
    feed_id: int | None = None
    http_status: int | None = None
    document_sha256: str | None = None
    bytes: int | None = None
    entries: int | None = None
    new: int | None = None
    changed: int | None = None
    unchanged: int | None = None
    removed: int | None = None
    skipped: int | None = None
    extractor_version: int | None = None
    message: str | None = None
    id: int | None = None
    feed_key: str | None = None
    feed_title: str | None = None
    shown_as: str | None = None
    """The location as its user named it, with its folder; location is what is published."""

    @property
    def is_flawed(self) -> bool:
        """Whether something was wrong, which message tells; what could be read is saved."""
        return self.status == "failed" or self.message is not None


assert {field.name for field in fields(Load)} >= set(LOADS.column_names)


def save_load(connection: sqlite3.Connection, load: Load) -> Load:
    """Insert the row, or update it if the Load has its id already; the Load with its id."""
    values = [
        text_of(load.started_at) if name == "started_at" else getattr(load, name)
        for name in LOADS.column_names
    ]
    if load.id is None:
        cursor = connection.execute(statements.insert(LOADS), values)
        return replace(load, id=cursor.lastrowid)
    connection.execute(statements.update(LOADS, LOADS.column_names), [*values, load.id])
    return load
