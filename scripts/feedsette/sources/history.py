"""Older pages of a feed: the archives of RFC 5005, and WordPress's `?paged=2`."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from feedsette.errors import SourceError
from feedsette.records import Document, Feed
from feedsette.sources.locations import web_url

MAX_PAGES = 500
"""Pages of one feed in one run."""


def next_page(document: Document, feed: Feed) -> str | None:
    """The URL of the page with the entries before these, None if there is none.

    The caller reads it with read_documents, parses it, and asks again, until a page was read
    before, or MAX_PAGES were. WordPress answers 404 after the last page, so a Failure with that
    status is the end and not a fault.
    """
    if document.url is None or not feed.entries:
        return None
    try:
        url = web_url(feed.next_url) if feed.next_url else _next_wordpress_page(document.url, feed)
    except SourceError:
        return None
    return url if url != document.url else None


def _next_wordpress_page(url: str, feed: Feed) -> str | None:
    if "wordpress" not in (feed.generator or "").lower():
        return None
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    page = next((value for name, value in query if name == "paged"), "1")
    if not (page.isascii() and page.isdigit() and len(page) <= 6):
        return None
    rest = [(name, value) for name, value in query if name != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*rest, ("paged", str(int(page) + 1))])))
