"""From web pages to feeds."""

from datetime import UTC, datetime

import pytest

from feedsette.records import Document, Failure, NotModified
from feedsette.sources import FetchState, SourceOptions, read_documents
from feedsette.sources.discovery import feed_links, well_known_feeds
from servers import FeedServer, conditional, redirect, reply

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
OPTIONS = SourceOptions(clock=lambda: NOW, allow_private=True, sleep=lambda seconds: None)
RSS = b"<rss version='2.0'/>"


def link(href: str, **attributes: str) -> str:
    given = {"rel": "alternate", "type": "application/rss+xml", "href": href, **attributes}
    return "<link " + " ".join(f"{name}='{value}'" for name, value in given.items()) + ">"


def page(*links: str) -> bytes:
    return f"<!doctype html><html><head><title>a</title>{''.join(links)}</head></html>".encode()


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ([link("/feed")], ["http://a.example/feed"]),
        ([link("feed?a=1&amp;b=2#top")], ["http://a.example/blog/feed?a=1&b=2"]),
        ([link("//b.example/feed")], ["http://b.example/feed"]),
        ([link("/2"), link("/1"), link("/2")], ["http://a.example/2", "http://a.example/1"]),
        ([link("/a", type="application/atom+xml; charset=utf-8")], ["http://a.example/a"]),
        ([link("/a", type="APPLICATION/FEED+JSON", rel="Alternate home")], ["http://a.example/a"]),
        (["<base href='/sub/'>", link("feed")], ["http://a.example/sub/feed"]),
        # what is no feed
        ([link("/amp", type="text/html"), link("/de", type="")], []),
        ([link("/style.css", rel="stylesheet")], []),
        ([link("/comments/feed/"), link("/feed/2", title="Site » Comments Feed")], []),
        ([link("/wp-json/wp/v2/posts/1", type="application/json")], []),
        ([link("/oembed", type="application/json+oembed")], []),
        ([link(""), link("javascript:1"), link("ftp://a.example/"), link("http://[")], []),
        ([], []),
    ],
)
def test_the_feeds_that_a_page_names(links: list[str], found: list[str]) -> None:
    assert feed_links(page(*links), "http://a.example/blog/") == found


def test_only_the_beginning_of_a_huge_page_is_read() -> None:
    padding = "<p>" * 90_000
    assert feed_links(page(padding, link("/feed")), "http://a.example/") == []
    assert feed_links(page(link("/feed"), padding), "http://a.example/") == [
        "http://a.example/feed"
    ]


def test_where_feeds_usually_are() -> None:
    assert well_known_feeds("http://a.example/blog/?p=1")[:2] == [
        "http://a.example/blog/feed",
        "http://a.example/blog/rss",
    ]
    at_the_root = well_known_feeds("http://a.example")
    assert at_the_root == well_known_feeds("http://a.example/")
    assert "http://a.example/atom.xml" in at_the_root
    assert set(at_the_root) < set(well_known_feeds("http://a.example/blog"))


def read(*urls: str, states: dict[str, FetchState] | None = None) -> list[object]:
    return list(read_documents(urls, OPTIONS, states or {}))


def document(url: str) -> Document:
    return Document(url, RSS, NOW, url=url, http_status=200)


def test_the_feed_of_a_page_is_read_under_its_own_url() -> None:
    with FeedServer({"/": reply(page(link("/rss/main"))), "/rss/main": reply(RSS)}) as server:
        assert read(server.url("/")) == [document(server.url("/rss/main"))]
        assert server.counts == {"/": 1, "/rss/main": 1}


def test_links_are_relative_to_where_the_page_was_found() -> None:
    routes = {
        "/": redirect(302, "/blog/"),
        "/blog/": reply(page(link("feed"))),
        "/blog/feed": reply(RSS),
    }
    with FeedServer(routes) as server:
        assert read(server.url("/")) == [document(server.url("/blog/feed"))]


def test_the_next_link_is_tried_if_one_is_broken() -> None:
    links = page(link("/gone"), link("/page"), link("/good"))
    routes = {"/": reply(links), "/page": reply(page()), "/good": reply(RSS)}
    with FeedServer(routes) as server:
        assert read(server.url("/")) == [document(server.url("/good"))]


def test_well_known_paths_are_tried_where_a_page_names_nothing() -> None:
    """Redirects are not followed there: they lead to the front page, or to another feed."""
    routes = {
        "/": reply(page()),
        "/feed": redirect(302, "/elsewhere"),
        "/elsewhere": reply(RSS),
        "/rss": reply(page()),
        "/atom.xml": reply(RSS),
    }
    with FeedServer(routes) as server:
        assert read(server.url("/")) == [document(server.url("/atom.xml"))]
        assert server.counts["/elsewhere"] == 0


def test_a_page_without_a_feed_is_a_failure() -> None:
    with FeedServer({"/": reply(page(link("/page"))), "/page": reply(page())}) as server:
        reason = "a web page that names no feed; give the feed's own URL"
        assert read(server.url("/")) == [Failure(server.url("/"), reason, NOW, 200)]


def test_a_feed_that_became_a_page_is_a_failure() -> None:
    """A login page of a hotel must not turn one feed into another."""
    with FeedServer({"/": reply(page(link("/feed"))), "/feed": reply(RSS)}) as server:
        state = FetchState(server.url("/"), document_sha256="0" * 64)
        reason = "answers with a web page instead of the feed"
        assert read(server.url("/"), states={state.location: state}) == [
            Failure(server.url("/"), reason, NOW, 200)
        ]


def test_the_feed_of_a_page_is_asked_conditionally() -> None:
    routes = {"/": reply(page(link("/feed"))), "/feed": conditional(RSS, '"1"')}
    with FeedServer(routes) as server:
        state = FetchState(server.url("/feed"), etag='"1"')
        assert read(server.url("/"), states={state.location: state}) == [
            NotModified(server.url("/feed"), NOW)
        ]


@pytest.mark.parametrize("order", [("/", "/feed"), ("/feed", "/"), ("/", "/other")])
def test_a_feed_is_read_once_though_two_locations_lead_to_it(order: tuple[str, str]) -> None:
    home = reply(page(link("/feed")))
    with FeedServer({"/": home, "/other": home, "/feed": reply(RSS)}) as server:
        assert read(*map(server.url, order)) == [document(server.url("/feed"))]
