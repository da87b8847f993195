"""Attempts that bring no content: the same bytes again, a 304, a failure."""

import sqlite3
from dataclasses import replace
from datetime import datetime

from feedsette.records import Document, Failure, NotModified, shown_name
from feedsette.store import feeds, states
from feedsette.store.feeds import HeldFeed
from feedsette.store.loads import Load, save_load
from feedsette.store.saving import Attempt, describe_attempt
from feedsette.store.times import text_of


def save_unchanged(connection: sqlite3.Connection, document: Document, attempt: Attempt) -> Load:
    """Note that a location gave the same bytes again: no article is touched."""
    feed = feeds.find_feed_of(connection, document)
    if feed:
        feeds.mark_seen(connection, feed.id, text_of(document.seen_at))
    feed_id = feed.id if feed else None
    states.save_answer(connection, document, feed_id, attempt.extractor_version)
    load = describe_attempt(document, attempt, feed_id)
    return _save_named(connection, replace(load, status="unchanged"), feed)


def save_not_modified(
    connection: sqlite3.Connection, answer: NotModified, started_at: datetime
) -> Load:
    """Note that a server said 304 (RFC 9110 §15.4.5)."""
    feed = feeds.find_feed_at(connection, answer.location)
    if feed:
        feeds.mark_seen(connection, feed.id, text_of(answer.seen_at))
    states.save_not_modified(connection, answer)
    load = Load(started_at, answer.name, "not_modified", http_status=answer.http_status)
    return _save_named(connection, load, feed)


def save_failure(connection: sqlite3.Connection, failure: Failure, started_at: datetime) -> Load:
    """Note that a location gave no document, or none that is a feed."""
    feed = feeds.find_feed_at(connection, failure.location)
    if feed:
        feeds.mark_failed(connection, feed.id, failure)
    states.save_failed(connection, failure)
    load = Load(
        started_at,
        failure.name,
        "failed",
        http_status=failure.http_status,
        message=failure.reason,
        shown_as=shown_name(failure.location),
    )
    return _save_named(connection, load, feed)


def _save_named(connection: sqlite3.Connection, load: Load, feed: HeldFeed | None) -> Load:
    if feed:
        load = replace(load, feed_id=feed.id, feed_key=feed.feed_key, feed_title=feed.title)
    return save_load(connection, load)
