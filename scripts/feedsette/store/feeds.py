"""The rows of feeds: which feed a document is, and how it does."""

import sqlite3
from dataclasses import dataclass

from feedsette.records import Document, Failure
from feedsette.rows import FlatFeed
from feedsette.schema import FEEDS
from feedsette.store import statements
from feedsette.store.times import sql_value, text_of

DESCRIBED = (
    "feed_key", "title", "site_url", "feed_url", "description", "language", "format", "generator",
    "image_url", "updated", "key_policy",
)  # fmt: skip
"""The columns that a document fills."""


@dataclass(frozen=True, slots=True)
class HeldFeed:
    """What the database knows of a feed."""

    id: int
    feed_key: str
    title: str | None
    last_seen: str | None
    key_policy: str | None


def find_feed(connection: sqlite3.Connection, feed_key: str, document: Document) -> HeldFeed | None:
    """The feed of that key, else the one that this URL gave before: its self link was changed.

    Copies of one feed are trusted likewise. A file's path proves nothing of the kind, nor does
    stdin: another feed may stand there today.
    """
    found = _read(connection, "feed_key = ?", feed_key)
    if found is None and (document.copy_of or "://" in document.location):
        return find_feed_of(connection, document)
    return found


def find_feed_of(connection: sqlite3.Connection, document: Document) -> HeldFeed | None:
    """The feed that a document's location gave last, or the copy before it."""
    found = find_feed_at(connection, document.location)
    if found is None and document.copy_of:
        return find_feed_at(connection, document.copy_of)
    return found


def find_feed_at(connection: sqlite3.Connection, location: str) -> HeldFeed | None:
    """The feed that a location gave last."""
    return _read(connection, "id = (select feed_id from fetches where location = ?)", location)


def read_urls(connection: sqlite3.Connection) -> list[str]:
    """One URL for each feed that has any, in the order of the feeds."""
    rows = connection.execute(
        "select coalesce((select location from fetches where feed_id = feeds.id"
        " and instr(location, '://') order by fetches.id limit 1), feed_url) as url"
        " from feeds where url is not null order by feeds.id"
    )
    return list(dict.fromkeys(url for (url,) in rows))


def _read(connection: sqlite3.Connection, condition: str, value: str) -> HeldFeed | None:
    row = connection.execute(
        f"select id, feed_key, title, last_seen, key_policy from feeds where {condition}",  # noqa: S608
        (value,),
    ).fetchone()
    return HeldFeed(*row) if row else None


def save_feed(
    connection: sqlite3.Connection,
    flat: FlatFeed,
    held: HeldFeed | None,
    seen_at: str,
    new_articles: int,
) -> int:
    """Insert or update the feed's row and return its id; an older document describes nothing."""
    values: dict[str, object] = {name: sql_value(getattr(flat, name)) for name in DESCRIBED}
    if held is None:
        values |= {"first_seen": seen_at, "last_seen": seen_at, "article_count": new_articles}
        row = [values.get(name) for name in FEEDS.column_names]
        return connection.execute(statements.insert(FEEDS), row).lastrowid or 0
    if held.last_seen is None or seen_at >= held.last_seen:
        sql = statements.update(FEEDS, DESCRIBED)
        connection.execute(sql, [*values.values(), held.id])
    connection.execute(
        "update feeds set article_count = article_count + ? where id = ?", (new_articles, held.id)
    )
    mark_seen(connection, held.id, seen_at)
    return held.id


def mark_seen(connection: sqlite3.Connection, feed_id: int, seen_at: str) -> None:
    """Note a success: the feed was there at that time."""
    connection.execute(
        "update feeds set first_seen = min(first_seen, :seen),"
        " last_seen = max(coalesce(last_seen, :seen), :seen),"
        " failing_since = null, last_error = null, gone_at = null where id = :id",
        {"seen": seen_at, "id": feed_id},
    )


def mark_failed(connection: sqlite3.Connection, feed_id: int, failure: Failure) -> None:
    """Note a failure, and since when there was no success."""
    seen_at = text_of(failure.seen_at)
    connection.execute(
        "update feeds set failing_since = coalesce(failing_since, ?), last_error = ?,"
        " gone_at = coalesce(gone_at, ?) where id = ?",
        (seen_at, failure.reason, seen_at if failure.gone else None, feed_id),
    )
