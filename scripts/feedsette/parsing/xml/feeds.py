"""RSS 0.9x, 1.0 and 2.0, Atom, RDF → records."""

import re

from feedsette.errors import FeedError
from feedsette.parsing.addresses import web_url
from feedsette.parsing.authors import unique_authors
from feedsette.parsing.dates import parse_date
from feedsette.parsing.tags import naming_parts
from feedsette.parsing.texts import language_tag, plain, title_text
from feedsette.parsing.wordpress.exported import read_exported
from feedsette.parsing.xml.elements import Raw
from feedsette.parsing.xml.entries import EntryContext, credited, parse_entry
from feedsette.parsing.xml.mending import ITEM
from feedsette.parsing.xml.readers import RawFeed, read_xml
from feedsette.parsing.xml.unpublished import part_unpublished
from feedsette.records import Document, Feed, shown_name
from feedsette.wording import quoted

_ROOT = re.compile(
    r"<(?:\?xml\b|!doctype\s+(?!html)|(?:\w+:)?(?:rss|feed|rdf|channel|entry)[\s>])", re.IGNORECASE
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_NAMED = re.compile(r"<link\b[^<>]{0,500}\bapplication/(?:rss|atom|rdf|feed)\+", re.IGNORECASE)
"""How a page names its feed."""
_FEED_TYPE = re.compile(r"\b(?:rss|atom|rdf|feed)\+", re.IGNORECASE)
_PERIODS = {
    "hourly": 3600,
    "daily": 86400,
    "weekly": 604800,
    "monthly": 2592000,
    "yearly": 31536000,
}
LONGEST_TTL = 30 * 86400
"""A feed that asks to be left alone for longer is asked once in 30 days all the same."""


def parse_xml(text: str, document: Document) -> Feed:
    """Read a feed of any XML format; FeedError where the text is none."""
    text = _without_lead(text)
    raw = read_xml(text, comes_again=document.http_status is not None)
    if not (raw.entries or raw.unfinished is not None or _is_feed(raw)):
        raise FeedError(_not_a_feed(text, raw))
    feed = raw.feed
    complete = raw.closed and not raw.limit and not _swallowed(text, raw)
    atom = raw.version.startswith("atom")
    own = document_url(document)
    feed_url = _linked(feed, own, "self")
    found = own or feed_url
    named = found or (web_url(feed.get("id")) if atom else None)
    site_url = _site_url(feed, named)
    if found is None:  # a saved copy with a relative self link, which only its site can complete
        feed_url = _linked(feed, site_url or named, "self")
    base = (found or site_url or named) if atom else (site_url or found)
    if feed.get("xml_base"):
        base = web_url(feed["xml_base"], base) or base
    context = EntryContext(
        base_url=base,
        site_url=site_url,
        atom=atom,
        language=language_tag(feed.get("language")),
        authors=unique_authors(credited(feed), base),
        split_tags=_splits_tags(raw.entries),
        tag_parts=naming_parts(raw.entries),
        exported=read_exported(feed, raw.entries),
    )
    entries, left_out = part_unpublished(raw.entries)
    feed_url = feed_url or web_url(shown_name(document.location))
    return Feed(
        feed_key=feed_url or site_url or document.name,
        format=raw.version or raw.root or "unknown",
        title=_title(feed, literal=atom),
        site_url=site_url,
        feed_url=feed_url,
        description=_description(feed, literal=atom),
        language=context.language,
        generator=_generator(feed),
        image_url=_image_url(feed, base),
        updated=parse_date(feed.get("updated"))
        or parse_date(feed.get("published"))
        or parse_date(feed.get("dc_date")),
        entries=tuple(parse_entry(entry, context) for entry in entries),
        left_out=left_out,
        base_url=base,
        complete=complete,
        cut_off=raw.cut_off,
        message=_message(raw, complete=complete),
        ttl_seconds=_ttl_seconds(feed),
        next_url=_linked(feed, found or base, "next")
        or _linked(feed, found or base, "prev-archive"),
    )


def document_url(document: Document) -> str | None:
    """Where the document lives: content-location, the URL that answered, or a URL location."""
    answered = web_url(document.url) or web_url(document.location)
    return web_url(dict(document.headers).get("content-location"), answered) or answered


def _without_lead(text: str) -> str:
    """Cut what a server put before the feed: warnings of PHP, blank lines."""
    text = text.lstrip()
    match = None if text.startswith(("<?", "<!--")) else _ROOT.search(text)
    if match and not _PAGE.search(text, 0, match.start()):
        return text[match.start() :]
    return text


def _is_feed(raw: RawFeed) -> bool:
    return bool(raw.version) or raw.root in ("rss", "feed", "rdf", "channel")


def _not_a_feed(text: str, raw: RawFeed) -> str:
    if _PAGE.search(text[:4096]) or raw.root == "html":
        named = "; give the address of the feed that the page names" if _NAMED.search(text) else ""
        return f"is an HTML page, not a feed{named}"
    if raw.root == "opml":
        return "is an OPML list of feeds, not a feed"
    if raw.root and text.startswith("<"):  # the first < of a program or of prose opens no root
        return f"is not a feed: its root element is <{raw.root[:40]}>, expected rss, feed or RDF"
    return "is not a feed: neither XML nor JSON Feed"


def _swallowed(text: str, raw: RawFeed) -> bool:
    """An unclosed comment or CDATA section can swallow items; only broken documents have them."""
    return bool(raw.problem) and len(ITEM.findall(text)) > len(raw.entries)


def _message(raw: RawFeed, *, complete: bool) -> str | None:
    if raw.limit:
        return raw.limit
    if raw.unfinished is not None:
        title = title_text(raw.unfinished.get("title") or "", literal=False)
        named = f" ({quoted(title)})" if title else ""
        return (
            f"is cut off in item {len(raw.entries) + 1}{named}: that item was left out and comes "
            "when the feed can be read whole; those before it were kept"
        )
    if not complete:
        return "is cut off or broken: what could be read was kept, entries may be missing"
    return f"is not well-formed, but could be read ({raw.problem})" if raw.problem else None


def _linked(feed: Raw, base: str | None, relation: str) -> str | None:
    for link in feed.get("links") or []:
        if relation in (link.get("rel") or "").lower().split():
            url = web_url(link.get("href"), feed.get("xml_base"), base)
            if url:
                return url
    return None


def _site_url(feed: Raw, base: str | None) -> str | None:
    """The page; Hugo's themes name the same feed in other formats as alternates, too."""
    links = [link for link in feed.get("links") or [] if link.get("rel") == "alternate"]
    links = [link for link in links if not _FEED_TYPE.search(link.get("type") or "")]
    links.sort(key=lambda link: "html" not in (link.get("type") or "html"))
    for link in links:
        url = web_url(link.get("href"), feed.get("xml_base"), base)
        if url:
            return url
    return None


def _title(feed: Raw, *, literal: bool) -> str | None:
    kind = (feed.get("title_detail") or {}).get("type")
    title = title_text(feed.get("title") or "", literal=literal and kind == "text/plain")
    return title or title_text(feed.get("dc_title") or "", literal=False)


def _description(feed: Raw, *, literal: bool) -> str | None:
    kind = (feed.get("subtitle_detail") or {}).get("type")
    description = title_text(feed.get("subtitle") or "", literal=literal and kind == "text/plain")
    description = description or title_text(feed.get("dc_description") or "", literal=False)
    others = (feed.get("itunes_summary"), feed.get("itunes_subtitle"))
    return description or next((plain(text) for text in others if text), None)


def _generator(feed: Raw) -> str | None:
    name = plain(feed.get("generator") or "")
    return name or plain((feed.get("generator_detail") or {}).get("href") or "")


def _image_url(feed: Raw, base: str | None) -> str | None:
    image = feed.get("image") or {}
    earlier = [picture.get("url") for picture in reversed(feed.get("pictures") or [])]
    others = (feed.get("logo"), feed.get("icon"), feed.get("picture"))
    pictures = (image.get("href"), *earlier, *others)
    return next((url for url in (web_url(url, base) for url in pictures) if url), None)


def _ttl_seconds(feed: Raw) -> int | None:
    """RSS's ttl in minutes, or the update period of the syndication module (per frequency)."""
    minutes = str(feed.get("ttl") or "").strip()
    if re.fullmatch(r"[0-9]{1,6}", minutes) and int(minutes):
        return min(int(minutes) * 60, LONGEST_TTL)
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    if not period:
        return None
    times = str(feed.get("sy_updatefrequency") or "").strip()
    frequency = int(times) if re.fullmatch(r"[0-9]{1,4}", times) else 1
    return min(period // max(frequency, 1), LONGEST_TTL)


def _splits_tags(entries: list[Raw]) -> bool:
    """A feed whose items never have two categories may list several, with commas, in one."""
    return all(len(entry.get("tags") or ()) <= 1 for entry in entries)
