"""Of the addresses in an XML feed's entry: its page, its original, and its content's base."""

from urllib.parse import urlsplit

from feedsette.parsing.addresses import web_url
from feedsette.parsing.xml.elements import Raw


def link_of(raw: Raw, base: str | None, site: str | None) -> str | None:
    """The page: alternate links first, HTML before other types; else a guid that is a permalink.

    A link to the front page is no article's where the guid names another page, and no recording.
    """
    named = raw.get("links") or []
    files = {link.get("href") for link in named if link.get("rel") == "enclosure"}
    best = sorted((link for link in named if link.get("rel") != "enclosure"), key=_link_rank)
    urls = [link.get("href") for link in best if _link_rank(link) < 4]
    permalink = raw.get("id") if raw.get("permalink") and _looks_web(raw) else None
    if permalink and permalink not in files and site and urls and web_url(urls[0], base) == site:
        urls.insert(0, permalink)
    urls.append(permalink)
    urls += [link.get("href") for link in best if link.get("rel") == "self"]
    return next((url for url in (web_url(url, base) for url in urls) if url), None)


def _link_rank(link: Raw) -> int:
    if "alternate" not in (link.get("rel") or "").split():
        return 4
    kind = link.get("type") or "text/html"
    return 0 if "html" in kind else 1


def _looks_web(raw: Raw) -> bool:
    """A guid that is an address; a path is one where xml:base says to what it belongs."""
    starts = ("http://", "https://", "/") if raw.get("xml_base") else ("http://", "https://")
    return str(raw.get("id")).startswith(starts)


def content_base(raw: Raw, content: str | None, base: str | None, page: str | None) -> str | None:
    """xml:base of the content or around it; else the page it is shown at; else the feed's base."""
    if content or raw.get("xml_base"):
        return web_url(content or raw["xml_base"], base) or page or base
    return page or base


def shown_at(raw: Raw, link: str | None, site: str | None) -> str | None:
    """The page that shows the entry's content: its original, its own on a link blog, its link."""
    return _original(raw) or _own_page(raw, link, site) or link


def _original(raw: Raw) -> str | None:
    """The entry's link before a service put one of its own in its place.

    Services write whole addresses; what is none is a guid that they took for one.
    """
    return web_url(raw.get("feedburner_origlink")) or web_url(raw.get("pheedo_origlink"))


def _own_page(raw: Raw, link: str | None, site: str | None) -> str | None:
    """Where a link blog shows an entry that leads elsewhere: a permalink on the feed's own site."""
    page = web_url(raw.get("id")) if raw.get("permalink") else None
    if not page or not link or not site:
        return None
    own, shown, there = map(_host, (site, page, link))
    return page if own == shown != there else None


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")


def canonical_url(raw: Raw, base: str | None) -> str | None:
    """Where the original stands, if a service or a link names it."""
    urls = [_original(raw)]
    for relation in ("canonical", "via"):
        urls += [link.get("href") for link in raw.get("links") or [] if link.get("rel") == relation]
    return next((url for url in (web_url(url, base) for url in urls) if url), None)
