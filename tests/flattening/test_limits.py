"""Items of a size that nobody writes: the item is kept, what is beyond a limit is named."""

import pytest

from feedsette.flattening import flatten_feed
from feedsette.flattening.limits import MAX_HTML_BYTES, MAX_HTML_TAGS, limit_entry
from feedsette.records import Author, Entry, Feed, Known
from feedsette.rows import Article


@pytest.mark.parametrize(
    ("entry", "field", "kept", "line"),
    [
        (Entry(title="t", html="é" * 2_500_001), "html", "é" * 2_500_000,
         "t: 2 bytes of HTML beyond the limit of 5,000,000"),
        (Entry(title="t", html="x" + "é" * 2_500_000), "html", "x" + "é" * 2_499_999,
         "t: 1 bytes of HTML beyond the limit of 5,000,000"),
        (Entry(title="t", html="<b>a" * 100_001), "html", "<b>a" * 100_000,
         "t: 1 tags of HTML beyond the limit of 100,000"),
        (Entry(title="t", summary="a" * 500_009), "summary", "a" * 500_000,
         "t: 9 bytes of HTML beyond the limit of 500,000"),
        (Entry(title="t" * 5001), "title", "t" * 5000,
         "t" * 200 + ": 5,001 characters of title, the limit is 5,000"),
        (Entry(link="https://a.example/", published_raw="1" * 501), "published_raw", "1" * 500,
         "https://a.example/: 501 characters of date, the limit is 500"),
        (Entry(guid="g", tags=("a", "b" * 501)), "tags", ("a",),
         "g: 1 tags beyond the limits of 1,000 and of 500 characters"),
        (Entry(tags=tuple(map(str, range(1001)))), "tags", tuple(map(str, range(1000))),
         "item without a name: 1 tags beyond the limits of 1,000 and of 500 characters"),
        (Entry(authors=(Author("a" * 501), Author("b"))), "authors", (Author("b"),),
         "item without a name: 1 authors beyond the limits of 200 and of 500 characters"),
    ],
)  # fmt: skip
def test_an_item_is_cut_to_size(entry: Entry, field: str, kept: object, line: str) -> None:
    limited, lines = limit_entry(entry)
    assert (getattr(limited, field) == kept, lines) == (True, [line])
    assert limit_entry(limited) == (limited, [])


@pytest.mark.parametrize(
    "entry",
    [
        Entry(),
        Entry(title="t" * 5000, guid="g" * 2000, tags=("a" * 500,) * 1000),
        Entry(html="x" * MAX_HTML_BYTES),
        Entry(html="<" * MAX_HTML_TAGS),
        Entry(authors=(Author("a" * 500),) * 200),
    ],
)
def test_what_is_within_the_limits_stays_as_it_is(entry: Entry) -> None:
    limited, lines = limit_entry(entry)
    assert limited is entry
    assert lines == []


def test_long_guids_stay_apart() -> None:
    feed = Feed("k", "rss20", entries=(Entry(guid="g" * 9000 + "1"), Entry(guid="g" * 9000 + "2")))
    flat = flatten_feed(feed, Known())
    assert len({one.item_key for one in flat.articles}) == 2
    assert all(isinstance(one, Article) and len(one.guid or "") == 71 for one in flat.articles)
    assert flat.skipped == ()
    assert flat.shortened == (
        "g" * 200 + ": 9,001 characters of guid, the limit is 2,000: its hash is kept",
    ) * 2  # fmt: skip
    hashes = {one.item_key: one.content_sha256 for one in flat.articles}
    details = {one.item_key: one.details_sha256 for one in flat.articles}
    again = flatten_feed(feed, Known(hashes=hashes, details=details))
    assert {type(one).__name__ for one in again.articles} == {"UnchangedArticle"}
