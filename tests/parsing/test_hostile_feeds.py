"""Documents made to hang, to fetch or to explode: they are read like any other, in linear time."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from feedsette.errors import FeedError
from feedsette.parsing import parse_document
from feedsette.records import Document, Feed

HEAD, FOOT = "<rss><channel><item><title>a</title>", "</item></channel></rss>"


def parse(text: str) -> Feed:
    return parse_document(Document("x", text.encode(), datetime(2024, 1, 1, tzinfo=UTC)))


def bomb(levels: int) -> str:
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels)
    )
    return f"<!DOCTYPE x [{entities}]><rss><channel><title>&l{levels - 1};</title></channel></rss>"


def test_entities_do_not_multiply() -> None:
    assert parse(bomb(12)).title == "&l11;"
    assert parse("<!-- x --><!-- <b> -->" + bomb(12)).title == "&l11;"


def test_many_references_to_a_long_entity_do_not_multiply() -> None:
    doctype = f'<!DOCTYPE x [<!ENTITY a "{"x" * 100_000}">]>'
    assert parse(f"{doctype}<rss><channel>{'&a;' * 10_000}</channel></rss>").entries == ()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r SYSTEM "{url}">',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "{url}">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "{url}"> %p;]>',
        '<!-- <b> --><!DOCTYPE r [<!ENTITY x SYSTEM "{url}">]>',
    ],
)
def test_nothing_is_fetched(doctype: str) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/x"
        feed = parse(
            doctype.replace("{url}", url) + "<rss><channel><title>a&x;</title></channel></rss>"
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert feed.title in ("a&x;", "a")
    assert asked == []


@pytest.mark.parametrize(
    "inside",
    [
        "<b>" * 30_000,
        "<!--" * 100_000,
        "<?" * 100_000,
        "<![CDATA[" * 50_000,
        "<a '" * 50_000,
        '<a b="' * 50_000,
        "&" * 200_000,
        "<" * 200_000,
        "&#" * 100_000,
        "]]>" * 100_000,
        "<description>" + "&lt;" * 200_000,
        "<title>" + "&lt;b&gt;" * 50_000 + "</title>",
        "<author>" + "a@" * 100_000 + "</author>",
        "<author>" + "(" * 100_000 + "</author>",
        "<pubDate>" + "1 " * 100_000 + "</pubDate>",
        "<category>" + "," * 100_000 + "</category>",
        "<description>" + "\n \n" * 100_000 + "x</description>",
        "<x:" * 50_000,
        "</b>" * 100_000,
        "<a/>" * 30_000,
    ],
)
def test_repetition_without_end_ends(inside: str) -> None:
    assert parse(HEAD + inside + FOOT).entries[0].title


@pytest.mark.parametrize(
    "text", ["<" * 300_000, "<!DOCTYPE " * 50_000, "<?xml " * 50_000, "x" * 10**6]
)
def test_rubbish_is_refused_soon(text: str) -> None:
    with pytest.raises(FeedError):
        parse(text)
