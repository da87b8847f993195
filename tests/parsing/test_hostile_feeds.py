"""Documents made to hang, to fetch or to explode: they are read like any other, in linear time."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from feedsette.errors import FeedError
from feedsette.parsing import limits, parse_document
from feedsette.parsing.xml import extensions
from feedsette.records import Document, Feed

pytestmark = pytest.mark.no_cover  # which makes all of it up to four times as slow

HEAD, FOOT = "<rss><channel><item><title>a</title>", "</item></channel></rss>"


def parse(text: str) -> Feed:
    return parse_document(Document("x", text.encode(), datetime(2024, 1, 1, tzinfo=UTC)))


def bomb(levels: int) -> str:
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels)
    )
    return f"<!DOCTYPE x [{entities}]><rss><channel><title>&l{levels - 1};</title></channel></rss>"


@pytest.mark.parametrize(
    "name", ["links", "authors", "tags", "keywords", "pictures", "content", "title_detail", "image"]
)
@pytest.mark.parametrize("attributes", ["", " a='b'"])
def test_no_element_takes_the_place_of_a_list(name: str, attributes: str) -> None:
    odd = f"<{name}{attributes}>words</{name}>"
    item = f"<item>{odd}<title>a</title><link>https://a.example/1</link>{odd}</item>"
    feed = parse(f"<rss><channel>{odd}<title>f</title>{odd}{item}</channel></rss>")
    assert (feed.title, feed.entries[0].link) == ("f", "https://a.example/1")


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


@pytest.mark.parametrize(
    ("inside", "tags"),
    [
        ("</category>", ()),
        ("<image></image><category>a</category>", ("a",)),
        ("<source><category>b</category></source><category>a</category>", ("a",)),
        ("<category domain='d'>a</category><category domain='d'>b</category>", ("a", "b")),
        ("<category/><category>a</category><category>a</category>", ("a",)),
    ],
)
def test_elements_out_of_place_cost_nothing_else(inside: str, tags: tuple[str, ...]) -> None:
    (entry,) = parse(HEAD + inside + "<x>" + FOOT).entries
    assert (entry.title, entry.tags) == ("a", tags)


def test_a_category_that_never_began() -> None:
    feed = parse("<rss><channel><category/>x</category><title>t</title>" + FOOT)
    assert feed.title == "t"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            "https://a.example/a\u202eb\u200bc\u2028d",
            "https://a.example/a%E2%80%AEb%E2%80%8Bc%E2%80%A8d",
        ),
        ("https://a.example/&lt;b&gt;&quot;`", "https://a.example/%3Cb%3E%22%60"),
        ("https://a b.example/", None),
        ("https://%00.example/", None),
        ("https://a.example/\u00fc", "https://a.example/\u00fc"),
    ],
)
def test_a_link_holds_nothing_that_misleads(link: str, expected: str | None) -> None:
    (entry,) = parse(f"{HEAD}<link>{link}</link>{FOOT}").entries
    assert entry.link == expected


@pytest.mark.parametrize(
    ("text", "message", "entries"),
    [
        ("<rss><channel>" + "<item/>" * 51 + "</channel></rss>", "50 items: only the first of them were read", 50),
        ("<rss><channel>" + "<item/>" * 51 + "</rss>", "50 items: only the first of them were read", 50),
        ("<rss><channel>" + "<item>" * 51, "50 items: only the first of them were read", 50),
        (HEAD + "<a/>" * 1000 + FOOT, "1,000 elements: the beginning was read", 1),
        (HEAD + "<a/>&" * 1000 + FOOT, "1,000 elements: the beginning was read", 1),
        (HEAD + "<a>" * 300 + "</a>" * 300 + FOOT,
         "300 elements inside one another: the beginning was read", 1),
        ('{"version":"https://jsonfeed.org/version/1.1","items":[' + "{}," * 50 + "{}]}",
         "50 items: only the first of them were read", 50),
    ],
)  # fmt: skip
def test_a_document_has_limits(
    monkeypatch: pytest.MonkeyPatch, text: str, message: str, entries: int
) -> None:
    monkeypatch.setattr(limits, "MAX_ENTRIES", 50)
    monkeypatch.setattr(extensions, "MAX_ELEMENTS", 1000)
    monkeypatch.setattr(extensions, "MAX_DEPTH", 300)
    feed = parse(text)
    assert (feed.message, len(feed.entries), feed.complete) == (
        f"has more than {message}", entries, False
    )  # fmt: skip


def test_a_namespace_with_a_blank() -> None:
    feed = parse(f'<rss xmlns:x="a b c"><channel><item><title>a</title><x:y z="1"/>{FOOT}')
    assert feed.entries[0].title == "a"


def test_attributes_and_namespaces_without_end_end() -> None:
    attributes = " ".join(f'a{n}="b"' for n in range(50_000))
    spaces = " ".join(f'xmlns:a{n}="urn:{n}"' for n in range(2_000))
    feed = parse(f"{HEAD}<x {attributes}/><x {spaces}>{'<a1:y/>' * 20_000}</x>{FOOT}")
    assert (feed.message, feed.entries[0].title) == (None, "a")
