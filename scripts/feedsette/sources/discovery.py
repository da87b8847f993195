"""From a web page to its feed: what it names, else where feeds usually are."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from feedsette.errors import SourceError
from feedsette.sources.locations import web_url

if TYPE_CHECKING:
    from feedsette.markup import Element

MAX_PAGE_BYTES = 256 * 1024
"""Pages name their feeds in the head; the rest of a large page is not read."""

WELL_KNOWN = ("/feed", "/rss", "/atom.xml", "/feed.xml", "/index.xml", "/rss.xml", "/feed.json")

_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
    }
)
_COMMENTS = re.compile(r"\bcomments\b", re.IGNORECASE)


def feed_links(page: bytes, url: str) -> list[str]:
    """The feeds that a page names (link rel=alternate), absolute, in the order of the page.

    Left out: feeds of comments, and WordPress's API (`/wp-json/`), which is no feed.
    """
    from feedsette.markup import parse_html  # late: most loads meet no page

    root = parse_html(page[:MAX_PAGE_BYTES].decode("utf-8", errors="replace"))
    base = next((base.attribute("href") for base in root.find_all("base")), None)
    hrefs = (link.attribute("href") for link in root.find_all("link") if _names_feed(link))
    found = (_absolute(url, base, href) for href in hrefs if href)
    return list(dict.fromkeys(link for link in found if link))


def well_known_feeds(url: str) -> list[str]:
    """Guesses: under the page's own path first (a blog may live in a folder), then at the root."""
    folder = url.partition("?")[0].rstrip("/")
    roots = (folder, urljoin(url, "/").rstrip("/"))
    return list(dict.fromkeys(root + path for root in roots for path in WELL_KNOWN))


def _names_feed(link: "Element") -> bool:
    rel = (link.attribute("rel") or "").lower().split()
    kind = (link.attribute("type") or "").partition(";")[0].strip().lower()
    href = link.attribute("href") or ""
    if "alternate" not in rel or kind not in _FEED_TYPES or "/wp-json/" in href:
        return False
    return not _COMMENTS.search(href) and not _COMMENTS.search(link.attribute("title") or "")


def _absolute(url: str, base: str | None, href: str) -> str | None:
    try:
        return web_url(urljoin(urljoin(url, base or ""), href))
    except (SourceError, ValueError):
        return None
