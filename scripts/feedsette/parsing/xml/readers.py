"""feedparser's room: a document's text → what it says, as plain dictionaries.

feedparser's two parsers are extended where they lose something that we need (xmlextensions.py). Its
own reading of dates is left out (dates.py reads them), nothing is sanitised or resolved in HTML.
"""

import gc
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax import SAXException
from xml.sax.xmlreader import AttributesNSImpl

import feedparser.api

from feedsette.parsing.xml.doctypes import replace_head
from feedsette.parsing.xml.elements import Raw
from feedsette.parsing.xml.extensions import Extension, TooManyError
from feedsette.parsing.xml.mending import has_end, with_end, with_references
from feedsette.parsing.xml.saxdrivers import feed_expat, is_early_end

_NAMESPACES = {
    **feedparser.api.StrictFeedParser.namespaces,
    "http://jadedpixel.com/-/spec/shopify": "shopify",
    "http://podcastindex.org/namespace/1.0": "podcast",
    "http://note.com": "note",
}
_PREFIXES = {
    uri.lower().replace("http://", scheme, 1): name
    for uri, name in _NAMESPACES.items()
    for scheme in ("http://", "https://")
}
"""Prefixes by which methods are named; with https too, for who turns a site to it replaces every
http in its templates.
"""
_FORMAT_ROOTS = frozenset({"rss", "feed", "rdf"})

MAX_ATTRIBUTES = 200
"""Of one element; the standard library reads them in quadratic time."""


@dataclass(frozen=True, slots=True)
class RawFeed:
    """What feedparser found, keys and nesting as in its documentation, and how well it went."""

    version: str
    root: str
    """The root element's name in lower case, without prefix."""
    feed: Raw
    entries: list[Raw]
    closed: bool
    """The end of the root element was seen: nothing was cut off."""
    problem: str | None
    """Why the document is not well-formed; None if it is."""
    limit: str | None = None
    """Which limit ended the parse before the document's end."""
    cut_off: bool = False
    """The text breaks off before the end of the root element."""
    unfinished: Raw | None = None
    """The item in which it breaks off; entries is without it."""


class _StrictParser(Extension, feedparser.api.StrictFeedParser):  # type: ignore[misc]
    """Well-formed XML, through expat."""

    _matchnamespaces = _PREFIXES
    unknown_namespace: str | None = None
    """A namespace of the root that feedparser does not know; its elements are read as if bare."""

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802 - SAX's name
        tag = None if attrs or self.decls or not self.root else _tag_of(self._bare(name))
        if tag:
            self.unknown_starttag(tag, [])
            return
        if not self.root and name[0] and name[1].lower() in _FORMAT_ROOTS:
            known = name[0].lower() in _PREFIXES
            self.unknown_namespace = None if known else name[0]
        if len(attrs) > MAX_ATTRIBUTES:
            names = list(attrs.getNames())[:MAX_ATTRIBUTES]
            attrs = AttributesNSImpl(
                {one: attrs.getValue(one) for one in names},
                {one: attrs.getQNameByName(one) for one in names},
            )
        super().startElementNS(self._bare(name), qname, attrs)

    def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: N802 - SAX's name
        name = self._bare(name)
        if tag := _tag_of(name):
            self.unknown_endtag(tag)
        else:
            super().endElementNS(name, qname)

    def _bare(self, name: Any) -> Any:
        return (None, name[1]) if name[0] and name[0] == self.unknown_namespace else name


@lru_cache(maxsize=1000)
def _tag_of(name: tuple[str | None, str]) -> str | None:
    """How feedparser calls an element; None if its prefix depends on the document's."""
    space, local = name
    prefix = _PREFIXES.get(space.lower()) if space else ""
    if prefix is None:
        return None
    return f"{prefix}:{local}".lower() if prefix else local.lower()


class _LooseParser(Extension, feedparser.api.LooseFeedParser):  # type: ignore[misc]
    """Everything else, through feedparser's SGML parser."""

    _matchnamespaces = _PREFIXES

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        # what these prefixes mean where a feed forgets to declare them
        self.namespacemap = {"atom": "", "atom10": "", "a10": "", "rss": ""}

    def handle_charref(self, ref: str) -> None:
        """As feedparser's, which raises at references to surrogates and past Unicode's end."""
        number = int(ref[1:], 16) if ref[:1] in "xX" else int(ref)
        if number < 0x110000 and not 0xD800 <= number < 0xE000:
            super().handle_charref(ref)

    def decode_entities(self, element: str, data: str) -> str:
        """As feedparser's, which leaves `&amp;` as it is in keys, addresses and all else that is
        no content. XML's own parser never does.
        """
        kept = self.contentparams
        self.contentparams = kept if kept.get("type") else {"type": "text/plain"}
        decoded = super().decode_entities(element, data)
        self.contentparams = kept
        return decoded


def _parse_loosely(
    text: str, entities: dict[str, str], comes_again: bool
) -> tuple[_LooseParser, str | None]:
    """Parse; the limit that ended it, if one did."""
    text = with_references(text)
    parser = _LooseParser("", None, "utf-8", entities)
    parser.comes_again = comes_again
    try:
        parser.feed(text)
    except TooManyError as error:
        return parser, str(error)
    if parser.closed or not parser.open:
        return parser, None
    is_cut = not has_end(text)
    if is_cut and parser.inentry and parser.ends_items:
        parser.break_off()
        return parser, None
    # once more with an end, else the texts in which it breaks off would be lost
    ended = _LooseParser("", None, "utf-8", entities)
    ended.feed(with_end(text, parser.open))
    ended.closed, ended.cut_off = False, is_cut
    return ended, None


def read_xml(text: str, comes_again: bool = False) -> RawFeed:
    """Parse a document strictly if it is well-formed as far as it goes, else loosely. Never
    raises. `comes_again`: what it breaks off in can be fetched whole.
    """
    text, entities, netscape = replace_head(text)
    data = text.encode("utf-8")
    paused = gc.isenabled()
    gc.disable()  # thousands of small dictionaries and no cycles
    try:
        parser = _StrictParser("", None, "utf-8")
        parser.comes_again = comes_again
        problem = limit = None
        try:
            feed_expat(data, parser, parser)
        except TooManyError as error:
            limit = str(error)
        # ValueError: the standard library splits names at blanks, which a namespace may hold
        except (SAXException, feedparser.exceptions.UndeclaredNamespace, ValueError) as error:
            problem = " ".join(str(parser.exc or error).split()).removeprefix("<unknown>:")
            if parser.ends_items and is_early_end(error) and not has_end(text):
                parser.break_off()  # all before it is as it would be in the whole
            else:
                parser, limit = _parse_loosely(text, entities, comes_again)
    finally:
        if paused:
            gc.enable()
    return RawFeed(
        version="rss091n" if netscape else parser.version,
        root=parser.root.rpartition(":")[2].lower(),
        feed=_plain(parser.feeddata),
        entries=list(map(_plain, parser.entries)),
        closed=parser.closed,
        problem=problem,
        limit=limit,
        cut_off=parser.cut_off,
        unfinished=None if parser.unfinished is None else _plain(parser.unfinished),
    )


def _plain(raw: Raw) -> Raw:
    """What an item says, and its links, without the other names that feedparser lets one use."""
    return {**raw, "links": list(map(dict, raw["links"]))} if "links" in raw else dict(raw)
