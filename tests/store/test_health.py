"""Locations between loads: validators, freshness, failures, and which feed a location gives."""

import pytest
from store_rows import article, day, document, feed, rows
from test_saving import at

from feedsette.records import Failure, NotModified
from feedsette.sources.options import FetchState
from feedsette.store import Database

URL = "https://a.example/feed"
HEALTH = "select failing_since, last_error, gone_at, last_seen from feeds"


def test_validators_are_kept_verbatim_and_renewed(db: Database) -> None:
    first = document("one", 10, etag='W/"1"', last_modified="x", moved_to="https://b.example/")
    db.save(first, feed(article("a")))
    assert db.fetch_states() == {
        URL: FetchState(
            URL, 'W/"1"', "x", moved_to="https://b.example/", document_sha256=first.sha256
        )
    }
    second = document("two", 11, etag="2", fresh_until=day(12))
    db.save(second, feed(article("a")))
    assert db.fetch_states() == {
        URL: FetchState(URL, "2", fresh_until=day(12), document_sha256=second.sha256)
    }
    load = db.save_not_modified(NotModified(URL, day(13), fresh_until=day(14)))
    assert db.fetch_states()[URL].fresh_until == day(14)
    assert db.fetch_states()[URL].etag == "2"
    assert (load.status, load.http_status, load.feed_id) == ("not_modified", 304, 1)
    assert rows(db, "select last_seen from feeds") == [(at(13),)]


def test_a_failure_counts_until_a_success(db: Database) -> None:
    db.save(document("one", 10), feed(article("a")))
    load = db.save_failure(Failure(URL, "timed out", day(11), None))
    db.save_failure(Failure(URL, "410 Gone", day(12), 410, gone=True))
    assert rows(db, HEALTH) == [(at(11), "410 Gone", at(12), at(10))]
    assert db.fetch_states()[URL].gone
    assert (load.status, load.message, load.feed_title) == ("failed", "timed out", "A")
    db.save_unchanged(document("one", 13))
    assert rows(db, HEALTH) == [(None, None, None, at(13))]
    assert not db.fetch_states()[URL].gone


def test_until_when_to_wait_is_kept_until_a_success(db: Database) -> None:
    db.save(document("one", 10, etag="1"), feed(article("a")))
    db.save_failure(Failure(URL, "429", day(11), 429, retry_at=day(12)))
    db.save_failure(Failure(URL, "timed out", day(11)))
    state = db.fetch_states()[URL]
    assert (state.etag, state.fresh_until) == ("1", day(12))
    db.save(document("two", 13), feed(article("a")))
    assert db.fetch_states()[URL].fresh_until is None


def test_a_location_that_never_gave_a_feed_is_logged(db: Database) -> None:
    load = db.save_failure(Failure("/home/ann/feed.xml", "no such file", day(1)))
    assert (load.location, load.feed_id) == ("feed.xml", None)
    assert rows(db, "select location, status, message, feed_id from loads") == [
        ("feed.xml", "failed", "no such file", None)
    ]
    assert rows(db, "select count(*) from feeds") == [(0,)]


def test_bytes_seen_at_an_unknown_location_belong_to_no_feed(db: Database) -> None:
    assert db.save_unchanged(document(location="-")).feed_id is None
    assert db.save_not_modified(NotModified("https://x.example/", day(1))).feed_id is None


@pytest.mark.parametrize(
    ("location", "copy_of", "same"),
    [
        (URL, None, True),
        ("/feeds/a.xml", None, False),
        ("-", None, False),
        ("/c/2024-03-02.xml", "/c", True),
    ],
)
def test_a_feed_whose_own_url_changed(
    db: Database, location: str, copy_of: str | None, same: bool
) -> None:
    where = {"location": location, "copy_of": copy_of}
    db.save(document("one", 10, **where), feed(article("a")))
    db.save(document("two", 11, **where), feed(article("a"), feed_key="https://new.example/feed"))
    keys = [key for (key,) in rows(db, "select feed_key from feeds order by id")]
    assert keys == (["https://new.example/feed"] if same else [URL, "https://new.example/feed"])


def test_urls_to_refresh(db: Database) -> None:
    flat = feed(article("a"))
    db.save(document(location="https://a.example/rss", seen=9), flat)
    db.save(document(location="/a.xml"), feed(feed_key="B", feed_url="https://b.example/feed"))
    db.save(document(location="/c.xml"), feed(feed_key="C", feed_url=None))
    db.save_failure(Failure("https://never.example/", "refused", day(1)))
    assert db.feed_urls() == ["https://a.example/rss", "https://b.example/feed"]
