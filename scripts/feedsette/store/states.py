"""The hidden table fetches: what is remembered of each location between loads."""

import sqlite3

from feedsette.records import Document, Failure, NotModified
from feedsette.sources.options import FetchState
from feedsette.store.times import sql_value, text_of, time_of

_UPSERT = """
insert into fetches (location, feed_id, document_sha256, extractor_version, etag, last_modified,
  fresh_until, moved_to, last_attempt, last_success, gone_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)
on conflict (location) do update set
  feed_id = excluded.feed_id, document_sha256 = excluded.document_sha256,
  extractor_version = excluded.extractor_version, etag = excluded.etag,
  last_modified = excluded.last_modified, fresh_until = excluded.fresh_until,
  moved_to = excluded.moved_to, last_attempt = excluded.last_attempt,
  last_success = excluded.last_success, gone_at = null
"""
_STATES = """
select location, etag, last_modified, fresh_until, moved_to, gone_at, document_sha256
from fetches order by id
"""


def read_states(connection: sqlite3.Connection) -> dict[str, FetchState]:
    """What sources need to know of every location, by location."""
    return {
        location: FetchState(
            location=location,
            etag=etag,
            last_modified=last_modified,
            fresh_until=time_of(fresh_until) if fresh_until else None,
            moved_to=moved_to,
            gone=gone_at is not None,
            document_sha256=sha256,
        )
        for location, etag, last_modified, fresh_until, moved_to, gone_at, sha256 in (
            connection.execute(_STATES)
        )
    }


def is_seen(connection: sqlite3.Connection, document: Document, extractor_version: int) -> bool:
    """Whether these bytes are the last that this location gave, read by this extractor.

    A saved copy was seen as well if the copy before it had the same bytes: just so would fetching
    have found the feed unchanged.
    """
    rows = connection.execute(
        "select document_sha256, extractor_version from fetches where location in (?, ?)",
        (document.location, document.copy_of),
    )
    return (document.sha256, extractor_version) in list(rows)


def save_answer(
    connection: sqlite3.Connection, document: Document, feed_id: int | None, extractor_version: int
) -> None:
    """Remember a document that was loaded, with the validators of exactly this answer."""
    seen_at = text_of(document.seen_at)
    values = (
        feed_id, document.sha256, extractor_version, document.etag, document.last_modified,
        sql_value(document.fresh_until), document.moved_to, seen_at, seen_at,
    )  # fmt: skip
    connection.execute(_UPSERT, (document.location, *values))
    if document.copy_of and not _is_late(connection, document.copy_of, seen_at):
        connection.execute(_UPSERT, (document.copy_of, *values))


def _is_late(connection: sqlite3.Connection, location: str, seen_at: str) -> bool:
    """Whether a location gave a document at a later time."""
    sql = "select 1 from fetches where location = ? and last_success > ?"
    return connection.execute(sql, (location, seen_at)).fetchone() is not None


def save_not_modified(connection: sqlite3.Connection, answer: NotModified) -> None:
    """Remember a 304: the validators stay, the freshness is renewed."""
    connection.execute(
        "update fetches set fresh_until = ?, last_attempt = ?, last_success = ?, gone_at = null"
        " where location = ?",
        (
            sql_value(answer.fresh_until),
            text_of(answer.seen_at),
            text_of(answer.seen_at),
            answer.location,
        ),
    )


def save_failed(connection: sqlite3.Connection, failure: Failure) -> None:
    """Remember a failure, and until when not to ask; all else stays as the last good answer was."""
    seen_at = text_of(failure.seen_at)
    connection.execute(
        "insert into fetches (location, last_attempt, fresh_until, gone_at)"
        " values (:location, :seen, :retry, :gone)"
        " on conflict (location) do update set last_attempt = excluded.last_attempt,"
        " fresh_until = coalesce(excluded.fresh_until, fresh_until),"
        " gone_at = coalesce(gone_at, excluded.gone_at)",
        {
            "location": failure.location,
            "seen": seen_at,
            "retry": sql_value(failure.retry_at),
            "gone": seen_at if failure.gone else None,
        },
    )
