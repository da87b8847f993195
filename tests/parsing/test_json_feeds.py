"""JSON Feed 1.0 and 1.1 → records."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from feedsette.errors import FeedError
from feedsette.parsing import parse_document
from feedsette.records import Attachment, Author, Document, Entry, Feed, Picture

VERSION = "https://jsonfeed.org/version/1.1"


def parse(text: str, url: str | None = None) -> Feed:
    return parse_document(Document("f.json", text.encode(), datetime(2024, 1, 1, tzinfo=UTC), url))


def item(**values: Any) -> Entry:
    (entry,) = parse(json.dumps({"version": VERSION, "items": [values]})).entries
    return entry


def test_a_whole_feed() -> None:
    feed = {
        "version": VERSION,
        "title": "T",
        "home_page_url": "https://e.org/",
        "feed_url": "https://e.org/feed.json",
        "next_url": "feed.json?p=2",
        "description": "D",
        "icon": "/i.png",
        "language": "en",
        "authors": [{"name": "Jane", "url": "https://e.org/jane"}],
        "items": [
            {
                "id": 7,
                "url": "/7",
                "external_url": "https://o.org/",
                "title": "a <b> &amp; c",
                "content_html": "<p>long</p>",
                "content_text": "much longer plain text",
                "summary": "a < b",
                "date_published": "2024-09-03T01:32:48+02:00",
                "date_modified": "2024-09-04T00:00:00Z",
                "tags": ["x", "X", 5, ""],
                "language": "de",
                "image": "/p.png",
                "banner_image": "/b.png",
                "attachments": [
                    {
                        "url": "/a.mp3",
                        "mime_type": "audio/mpeg",
                        "size_in_bytes": 12,
                        "duration_in_seconds": 62.5,
                    }
                ],
            }
        ],
    }
    entry = Entry(
        guid="7",
        link="https://e.org/7",
        title="a <b> &amp; c",
        authors=(Author("Jane", "https://e.org/jane"),),
        tags=("x",),
        published=datetime(2024, 9, 2, 23, 32, 48, tzinfo=UTC),
        updated=datetime(2024, 9, 4, tzinfo=UTC),
        language="de",
        html="<p>long</p>",
        summary="a &lt; b",
        base_url="https://e.org/7",
        attachments=(Attachment("https://e.org/a.mp3", "audio/mpeg", 12, 62),),
        pictures=(Picture("https://e.org/p.png"), Picture("https://e.org/b.png")),
    )
    assert parse(json.dumps(feed)) == Feed(
        feed_key="https://e.org/feed.json",
        format="json11",
        title="T",
        site_url="https://e.org/",
        feed_url="https://e.org/feed.json",
        description="D",
        language="en",
        image_url="https://e.org/i.png",
        entries=(entry,),
        base_url="https://e.org/",
        next_url="https://e.org/feed.json?p=2",
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Entry()),
        ({"id": None, "content_html": True, "tags": {"x": 1}, "attachments": {}}, Entry()),
        ({"id": float("nan"), "tags": "x, y"}, Entry(tags=("x", "y"))),
        ({"tags": [{"name": "x"}, "y", {"name": 1}, 2]}, Entry(tags=("x", "y"))),
        ({"id": 3.5, "attachments": [None, {"url": 5}]}, Entry(guid="3.5")),
        ({"id": True, "title": ["x"]}, Entry()),
        (
            {"guid": json.loads("[" * 600 + "]" * 600), "link": "https://e.org/1"},
            Entry(link="https://e.org/1", base_url="https://e.org/1"),
        ),
        (
            {"link": "https://e.org/1", "title": {"#text": "T"}},
            Entry(link="https://e.org/1", base_url="https://e.org/1", title="T"),
        ),
        ({"content_text": "a <b>\nc"}, Entry(html="a &lt;b&gt;<br>\nc")),
        ({"summary": "only"}, Entry(html="only")),
        ({"authors": {"name": "Jane"}}, Entry(authors=(Author("Jane"),))),
        ({"author": {"name": "a@b.co (Jane)"}}, Entry(authors=(Author("Jane"),))),
        ({"author": "Jane"}, Entry(authors=(Author("Jane"),))),
        ({"authors": [None, 5, {"url": "x"}, {"name": "a@b.co"}]}, Entry()),
        (
            {"external_url": "https://o.org/"},
            Entry(link="https://o.org/", base_url="https://o.org/"),
        ),
        ({"date_published": "soon"}, Entry(published_raw="soon")),
        ({"date_published": 5}, Entry()),
        ({"title": "a\u0000b\ud800"}, Entry(title="ab")),
    ],
)
def test_values_of_a_wrong_type_are_missing(values: dict[str, Any], expected: Entry) -> None:
    assert item(**values) == expected


@pytest.mark.parametrize(
    ("text", "version", "count"),
    [
        ('{"version": "https://jsonfeed.org/version/1", "items": null}', "json10", 0),
        ('{"version": "https://jsonfeed.org/version/1", "items": [5, "x", null, {}]}', "json10", 1),
        ('{"items": [{}]}', "json10", 1),
        ('\ufeff{"version": "https://jsonfeed.org/version/1.1/", "items": []}', "json11", 0),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}<script>', "json10", 0),
        ('{"items": [{"id": ' + "9" * 9000 + "}]}", "json10", 1),
    ],
)
def test_odd_documents(text: str, version: str, count: int) -> None:
    feed = parse(text)
    assert (feed.format, len(feed.entries), feed.complete) == (version, count, True)


@pytest.mark.parametrize("end", ['{"id": "2"}, {"id": "3', '{"id": "2"}', '{"id": "2"},'])
def test_a_feed_that_breaks_off_keeps_its_whole_items(end: str) -> None:
    feed = parse('{"title": "T", "items": [{"id": "1"},' + end)
    assert (feed.title, [entry.guid for entry in feed.entries]) == ("T", ["1", "2"])
    assert not feed.complete
    assert feed.message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[1, 2]", "is JSON, but not a JSON Feed: an object was expected"),
        ('{"a": 1}', "is JSON, but not a JSON Feed: it has neither version nor items"),
        ("[" * 100_000, "is JSON nested too deeply to be a feed"),
        ('{"a":' * 100_000, "is JSON nested too deeply to be a feed"),
        (
            '{"title": "x',
            "is not a feed: malformed JSON"
            " (Unterminated string starting at: line 1 column 11 (char 10))",
        ),
        (
            '{oops "items": [',
            "is not a feed: malformed JSON (Expecting property name enclosed in double"
            " quotes: line 1 column 2 (char 1))",
        ),
    ],
)
def test_what_is_no_feed(text: str, reason: str) -> None:
    with pytest.raises(FeedError) as error:
        parse(text)
    assert str(error.value) == reason


def test_texts_beside_their_attributes() -> None:
    channel = {"title": {"#text": "T"}, "description": {"#text": "D"}, "item": [{"guid": "1"}]}
    feed = parse(json.dumps({"rss": {"channel": channel}}))
    assert (feed.title, feed.description) == ("T", "D")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>On <em>owls</em> &amp; lamps.</p>", "On owls & lamps."),
        ("How to use <em>", "How to use <em>"),
    ],
)
def test_a_feeds_description_is_html_only_in_a_paragraph(written: str, read: str) -> None:
    feed = parse(json.dumps({"version": VERSION, "description": written, "items": []}))
    assert feed.description == read


def test_entities_that_a_machine_wrote_into_the_feeds_description_are_read() -> None:
    feed = parse(
        json.dumps({"version": VERSION, "description": "I&#39;m here,\n on owls", "items": []})
    )
    assert feed.description == "I'm here, on owls"


def test_entities_that_a_machine_wrote_into_a_summary_are_read() -> None:
    texts = {"content_html": "<p>x</p>", "summary": "It&#39;s short&hellip;"}
    assert item(**texts).summary == "It's short…"
    texts["summary"] = "&lt;b&gt; and &hellip;"
    assert item(**texts).summary == "&amp;lt;b&amp;gt; and &amp;hellip;"


def test_hexos_json_has_the_names_of_rss() -> None:
    feed = parse(
        json.dumps(
            {
                "title": "T",
                "link": "https://e.org/",
                "items": [
                    {
                        "title": "Tea",
                        "link": "https://e.org/tea",
                        "guid": "tea-1",
                        "description": "Short.",
                        "content": "<p>All of it.</p>",
                        "pubDate": "Mon, 15 Oct 2018 23:33:44 GMT",
                        "category": "pots",
                    }
                ],
            }
        )
    )
    assert (feed.title, feed.site_url) == ("T", "https://e.org/")
    assert feed.entries == (
        Entry(
            guid="tea-1",
            link="https://e.org/tea",
            title="Tea",
            tags=("pots",),
            published=datetime(2018, 10, 15, 23, 33, 44, tzinfo=UTC),
            html="<p>All of it.</p>",
            summary="Short.",
            base_url="https://e.org/tea",
        ),
    )


@pytest.mark.parametrize("several", [True, False])
def test_rss_in_json(several: bool) -> None:
    one = {
        "title": "Tea",
        "link": "https://e.org/tea",
        "guid": {"isPermaLink": "false", "#value": "tea-1"},
        "description": "<p>All of it.</p>",
        "pubDate": "Mon, 15 Oct 2018 23:33:44 GMT",
        "dc:creator": "Jane",
        "category": [{"#value": "pots", "domain": "d"}, "cups"],
        "enclosure": {"url": "/t.mp3", "type": "audio/mpeg", "length": "12"},
    }
    channel = {"title": "T", "link": "https://e.org/", "item": [one] if several else one}
    (entry,) = parse(json.dumps({"rss": {"version": "2.0", "channel": channel}})).entries
    assert entry == Entry(
        guid="tea-1",
        link="https://e.org/tea",
        title="Tea",
        authors=(Author("Jane"),),
        tags=("pots", "cups"),
        published=datetime(2018, 10, 15, 23, 33, 44, tzinfo=UTC),
        html="<p>All of it.</p>",
        base_url="https://e.org/tea",
        attachments=(Attachment("https://e.org/t.mp3", "audio/mpeg", 12),),
    )


def test_json_of_something_else_is_no_feed() -> None:
    with pytest.raises(FeedError, match="neither version nor items"):
        parse('{"rss": {"channel": {"title": "T"}}, "date": "2020-01-01"}')
