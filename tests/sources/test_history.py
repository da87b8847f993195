"""Older pages of a feed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedsette.records import Document, Entry, Feed
from feedsette.sources.history import next_page

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
FEED = Feed("http://a.example/feed", "rss20", entries=(Entry(title="a"),))
WORDPRESS = replace(FEED, generator="https://wordpress.org/?v=6.5")


def page(url: str | None) -> Document:
    return Document("here", b"", NOW, url=url)


@pytest.mark.parametrize(
    ("url", "feed", "expected"),
    [
        ("http://a.example/feed", FEED, None),
        ("http://a.example/feed", replace(FEED, next_url="http://a.example/2"), "http://a.example/2"),
        ("http://a.example/feed", WORDPRESS, "http://a.example/feed?paged=2"),
        ("http://a.example/feed?a=&paged=9", WORDPRESS, "http://a.example/feed?a=&paged=10"),
        # what the feed itself says comes before what WordPress usually does
        ("http://a.example/", replace(WORDPRESS, next_url="http://a.example/2"), "http://a.example/2"),
        # ends
        ("http://a.example/feed?paged=x", WORDPRESS, None),
        ("http://a.example/feed", replace(WORDPRESS, entries=()), None),
        (None, WORDPRESS, None),
        ("http://a.example/2", replace(FEED, next_url="http://a.example/2"), None),
        ("http://a.example/3", replace(FEED, next_url="ftp://a.example/2"), None),
        ("http://a.example/3", replace(FEED, next_url="2.xml"), None),
    ],
)  # fmt: skip
def test_the_page_before(url: str | None, feed: Feed, expected: str | None) -> None:
    assert next_page(page(url), feed) == expected
