"""feedparser's room: a document's text → what it says, as plain dictionaries.

feedparser's two parsers are extended where they lose something that we need: every author's own
words, whether a text was typed, what itunes: and media: say apart from what the entry says. Its
own reading of dates is left out (dates.py reads them), nothing is sanitised or resolved in HTML.
"""

import gc
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar
from xml.sax import SAXException
from xml.sax.xmlreader import AttributesNSImpl

import feedparser.api

from feedsette.parsing import limits
from feedsette.parsing.doctypes import replace_head
from feedsette.parsing.elements import Raw
from feedsette.parsing.exportelements import ExportElements
from feedsette.parsing.mediaelements import NEAR, MediaElements
from feedsette.parsing.mending import with_end, with_references
from feedsette.parsing.multilingual import in_one_language
from feedsette.parsing.rawvalues import RawItem, RawParams, RawText
from feedsette.parsing.saxdrivers import feed_expat

_RELATIVE = feedparser.api.StrictFeedParser.can_be_relative_uri - {"id"}
_FIRST = 3
"""Pieces of a text while its first element begins: white space and the tag."""
_CONFUSED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What feedparser raises at an element in a place where it supposes it can never be (the end of a
category that never began). Such an element is passed over; the rest of the feed is not lost.
"""
_NAMESPACES = {
    **feedparser.api.StrictFeedParser.namespaces,
    "http://jadedpixel.com/-/spec/shopify": "shopify",
}
"""Prefixes by which methods are named."""
_OF_FIELDS = frozenset({"title", "link", "description", "name"})
_OF_IMAGES = frozenset({"title", "link", "description", "url", "href", "width", "height"})
_FORMAT_ROOTS = frozenset({"rss", "feed", "rdf"})

MAX_ELEMENTS = 1_000_000
"""Elements of a document that are not hidden in escaped HTML."""
MAX_DEPTH = 30_000
MAX_ATTRIBUTES = 200
"""Of one element; the standard library reads them in quadratic time."""
MAX_NAMESPACES = 200


class TooManyError(Exception):
    """Ends the parse where a limit is reached; what was read until there is kept."""


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


class _Extension(ExportElements, MediaElements):
    """What is changed in both parsers."""

    _matchnamespaces: ClassVar[Raw] = {uri.lower(): name for uri, name in _NAMESPACES.items()}
    elements = 0
    intextinput: int
    inimage: int

    def __init__(self, *arguments: Any) -> None:
        self.root = ""
        self.open: list[str] = []
        self.closed = False
        self.tags_seen: set[tuple[int, str | None, str | None, str | None]] = set()
        super().__init__(*arguments)
        self.resolve_relative_uris = False
        self.sanitize_html = False
        # a guid is a key, not an address: it stays as it was written
        self.can_be_relative_uri = _RELATIVE
        self.contentparams: Raw = {}
        self.feeddata, self.sourcedata = RawItem(), RawItem()

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        """As feedparser's, which looks through all namespaces at every element."""
        known = uri.lower() in self._matchnamespaces
        if known or len(self.namespaces_in_use) < MAX_NAMESPACES:
            super().track_namespace(prefix, uri)  # type: ignore[misc]

    def unknown_starttag(self, tag: str, attrs: Any) -> None:
        self.root = self.root or tag
        self.open.append(tag)
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(self.open) > MAX_DEPTH:
            what = "elements" if self.elements > MAX_ELEMENTS else "elements inside one another"
            most = MAX_ELEMENTS if self.elements > MAX_ELEMENTS else MAX_DEPTH
            raise TooManyError(f"has more than {most:,} {what}: the beginning was read")
        try:
            if attrs or self.incontent or self.baseuri or not self.depth:
                super().unknown_starttag(tag, attrs)  # type: ignore[misc]
            else:
                self._start_bare(tag)
        except _CONFUSED:
            self.push(tag, 0)
        stack = self.elementstack  # empty where elements end that never began
        if self.incontent and tag.endswith("div") and stack and len(stack[-1][2]) < _FIRST:
            # the div around XHTML, which feedparser takes away with the base that it may have
            self.contentparams["base"] = self.baseuri

    def _start_bare(self, tag: str) -> None:
        """Do what feedparser does at an element without attributes, outside of texts: what it has
        resolved, renamed and looked for in none is most of its work.
        """
        self.depth += 1
        self.basestack.append(self.baseuri)
        self.langstack.append(self.lang)
        prefix, colon, name = tag.partition(":")
        prefix, name = (prefix, name) if colon else ("", tag)
        prefix = self.namespacemap.get(prefix, prefix)
        if not prefix:
            self.intextinput = self.intextinput and tag in _OF_FIELDS
            self.inimage = self.inimage and tag in _OF_IMAGES
        method = f"{prefix}_{name}" if prefix else name
        try:
            getattr(self, "_start_" + method)({})
        except AttributeError:
            self.push(method, 1)

    def unknown_endtag(self, tag: str) -> None:
        if tag == self.root or (tag == "channel" and self.root == "rss"):
            self.closed = True
        if tag in self.open[-NEAR:]:
            while self.open.pop() != tag:
                pass
        height = len(self.basestack)
        try:
            super().unknown_endtag(tag)  # type: ignore[misc]
        except _CONFUSED:
            self._close(height)

    def _close(self, height: int) -> None:
        """Do what feedparser does at the end of an element, where it did not come that far."""
        if height and len(self.basestack) == height:
            self.basestack.pop()
            self.langstack.pop()
            self.baseuri = (self.basestack and self.basestack[-1]) or self.baseuri
            self.lang = self.langstack[-1] if self.langstack else self.lang
            self.depth -= 1

    def _add_tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        """As feedparser's, which compares every tag with all before it."""
        context = self._get_context()
        tags = context.setdefault("tags", [])
        value = (term, scheme, label)
        key = (id(tags), *value)
        # without a term it is a start: what it means is only known at its end
        if any(value) and (not term or key not in self.tags_seen):
            self.tags_seen.add(key)
            tags.append({"term": term, "scheme": scheme, "label": label})

    def resolve_uri(self, uri: str) -> str:
        """As feedparser's, but without a base nothing is changed (`https:///x` not mended)."""
        return super().resolve_uri(uri) if self.baseuri else uri  # type: ignore[misc]

    def push_content(self, tag: str, attrs_d: Raw, default: str, expecting_text: Any) -> None:
        """Remember whether the author gave a type, or feedparser supposed one."""
        super().push_content(tag, attrs_d, default, expecting_text)  # type: ignore[misc]
        # feedparser's own kind is slow and asked at every event
        self.contentparams = RawParams(self.contentparams, typed="type" in attrs_d)

    def decode_entities(self, element: str, data: str) -> str:
        """As feedparser's; every text passes here on its way to the result."""
        text = super().decode_entities(element, data)  # type: ignore[misc]
        return RawText(in_one_language(text, dict.get(self.feeddata, "language")))

    def _start_item(self, attrs_d: Raw) -> None:
        if len(self.entries) >= limits.MAX_ENTRIES:
            raise TooManyError(limits.too_many_entries())
        super()._start_item(attrs_d)  # type: ignore[misc]
        depths = self.property_depth_map.pop(self.entries[-1], {})
        item = RawItem(self.entries[-1], xml_lang=attrs_d.get("xml:lang"), xml_base=self.baseuri)
        self.entries[-1] = item
        self.property_depth_map[item] = depths

    _start_entry = _start_item

    def _start_channel(self, attrs_d: Raw) -> None:
        super()._start_channel(attrs_d)  # type: ignore[misc]
        self.feeddata["xml_base"] = self.baseuri

    def _start_feed(self, attrs_d: Raw) -> None:
        super()._start_feed(attrs_d)  # type: ignore[misc]
        self.feeddata["xml_base"] = self.baseuri


class _StrictParser(_Extension, feedparser.api.StrictFeedParser):  # type: ignore[misc]
    """Well-formed XML, through expat."""

    unknown_namespace: str | None = None
    """A namespace of the root that feedparser does not know; its elements are read as if bare."""

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802 - SAX's name
        tag = None if attrs or self.decls or not self.root else _tag_of(self._bare(name))
        if tag:
            self.unknown_starttag(tag, [])
            return
        if not self.root and name[0] and name[1].lower() in _FORMAT_ROOTS:
            known = name[0].lower() in self._matchnamespaces
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
    prefix = _Extension._matchnamespaces.get(space.lower()) if space else ""
    if prefix is None:
        return None
    return f"{prefix}:{local}".lower() if prefix else local.lower()


class _LooseParser(_Extension, feedparser.api.LooseFeedParser):  # type: ignore[misc]
    """Everything else, through feedparser's SGML parser."""

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


def _parse_loosely(text: str, entities: dict[str, str]) -> tuple[_LooseParser, str | None]:
    """Parse; the limit that ended it, if one did."""
    text = with_references(text)
    parser = _LooseParser("", None, "utf-8", entities)
    try:
        parser.feed(text)
    except TooManyError as error:
        return parser, str(error)
    if parser.closed or not parser.open:
        return parser, None
    # cut off: once more with an end, else the texts in which it breaks off would be lost
    ended = _LooseParser("", None, "utf-8", entities)
    ended.feed(with_end(text, parser.open))
    ended.closed = False
    return ended, None


def read_xml(text: str) -> RawFeed:
    """Parse a document strictly if it is well-formed, else loosely. Never raises."""
    text, entities, netscape = replace_head(text)
    data = text.encode("utf-8")
    paused = gc.isenabled()
    gc.disable()  # thousands of small dictionaries and no cycles
    try:
        parser = _StrictParser("", None, "utf-8")
        problem = limit = None
        try:
            feed_expat(data, parser, parser)
        except TooManyError as error:
            limit = str(error)
        # ValueError: the standard library splits names at blanks, which a namespace may hold
        except (SAXException, feedparser.exceptions.UndeclaredNamespace, ValueError) as error:
            problem = " ".join(str(parser.exc or error).split()).removeprefix("<unknown>:")
            parser, limit = _parse_loosely(text, entities)
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
    )


def _plain(raw: Raw) -> Raw:
    """What an item says, and its links, without the other names that feedparser lets one use."""
    return {**raw, "links": list(map(dict, raw["links"]))} if "links" in raw else dict(raw)
