"""What feedparser's two parsers lose or do slowly, and we need otherwise.

Extension stands before a parser of feedparser's among the bases of a class. It keeps every author's
own words, whether a text was typed, and what itunes: and media: say apart from what the entry says;
it ends a parse at a limit, and survives what feedparser does not.
"""

import re
from typing import Any, ClassVar

from feedsette.parsing import limits
from feedsette.parsing.xml.elements import Raw
from feedsette.parsing.xml.exportelements import ExportElements
from feedsette.parsing.xml.mediaelements import NEAR, MediaElements
from feedsette.parsing.xml.multilingual import in_one_language
from feedsette.parsing.xml.rawvalues import RawItem, RawParams, RawText

_FIRST = 3
"""Pieces of a text while its first element begins: white space and the tag."""
_CONFUSED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What feedparser raises at an element in a place where it supposes it can never be (the end of a
category that never began). Such an element is passed over; the rest of the feed is not lost.
"""
_NO_HOST = re.compile(r"https?:/*", re.IGNORECASE)
_OF_FIELDS = frozenset({"title", "link", "description", "name"})
_OF_IMAGES = frozenset({"title", "link", "description", "url", "href", "width", "height"})

_OF_HTML = frozenset({"body", "summary", "title"})
"""Feeds have texts of these names; in one that holds its HTML bare they are HTML's."""
MAX_ELEMENTS = 1_000_000
"""Elements of a document that are not hidden in escaped HTML."""
MAX_DEPTH = 30_000
MAX_NAMESPACES = 200


class TooManyError(Exception):
    """Ends the parse where a limit is reached; what was read until there is kept."""


class Extension(ExportElements, MediaElements):
    """What is changed in both parsers."""

    _matchnamespaces: ClassVar[Raw]
    elements = 0
    comes_again = False
    """Whether the document was fetched, so that it will be whole one day."""
    items_ended = 0
    text_at = 0
    """How many elements were open when the text around this place began, with its own."""
    cut_off = False
    unfinished: Raw | None = None
    intextinput: int
    inimage: int
    inentry: int
    can_be_relative_uri: set[str]

    def __init__(self, *arguments: Any) -> None:
        self.root = ""
        self.open: list[str] = []
        self.closed = False
        self.tags_seen: set[tuple[int, str | None, str | None, str | None]] = set()
        super().__init__(*arguments)
        self.resolve_relative_uris = False
        self.sanitize_html = False
        # a guid is a key, not an address: it stays as it was written
        self.can_be_relative_uri = self.can_be_relative_uri - {"id"}
        self.contentparams: Raw = {}
        self.feeddata, self.sourcedata = RawItem(), RawItem()

    @property
    def ends_items(self) -> bool:
        """Whether the feed has items that end: an open one is unfinished, where others never end
        any it is as whole as they. The only one is unfinished too: kept, it would be another
        article than the one that comes whole. In a file a bare title may be all that there is.
        """
        only = self.entries[0] if len(self.entries) == 1 else {}
        is_named = bool(only and (self.comes_again or only.get("id") or only.get("link")))
        return self.items_ended > 0 or is_named

    def break_off(self) -> None:
        """Note that the text breaks off here, and leave out the item in which it does: half a text
        is none, and what lacks its guid would be another article.
        """
        self.cut_off = True
        if self.inentry:
            self.unfinished = self.entries.pop()

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        """As feedparser's, which looks through all namespaces at every element."""
        known = uri.lower() in self._matchnamespaces
        if known:
            uri = uri.lower().replace("https://", "http://", 1)
        if known or len(self.namespaces_in_use) < MAX_NAMESPACES:
            super().track_namespace(prefix, uri)  # type: ignore[misc]

    def unknown_starttag(self, tag: str, attrs: Any) -> None:
        """As feedparser's, quicker where there is little to do; raises TooManyError."""
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
        """As feedparser's, and note whether the document has come to its end."""
        if tag == self.root or (tag == "channel" and self.root == "rss"):
            self.closed = True
        within = self.incontent and tag in _OF_HTML and self._began_within(tag)
        if tag in self.open[-NEAR:]:
            while self.open.pop() != tag:
                pass
        height = len(self.basestack)
        if within:
            self.handle_data(f"</{tag}>", escape=0)
            self._close(height)
            return
        try:
            super().unknown_endtag(tag)  # type: ignore[misc]
        except _CONFUSED:
            self._close(height)

    def _began_within(self, tag: str) -> bool:
        """Whether what ends here began inside the text around it."""
        return tag in self.open[max(self.text_at, len(self.open) - NEAR) :]

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
        """As feedparser's, but without a base nothing is changed (`https:///x` not mended), nor is
        `http://`, the beginning of a form that was sent empty.
        """
        kept = not self.baseuri or _NO_HOST.fullmatch(uri)
        return uri if kept else super().resolve_uri(uri)  # type: ignore[misc]

    def push_content(self, tag: str, attrs_d: Raw, default: str, expecting_text: Any) -> None:
        """Remember whether the author gave a type, or feedparser supposed one."""
        if not self.incontent:
            self.text_at = len(self.open)
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

    def _end_item(self) -> None:
        self.items_ended += 1
        super()._end_item()  # type: ignore[misc]

    _end_entry = _end_item

    def _start_channel(self, attrs_d: Raw) -> None:
        super()._start_channel(attrs_d)  # type: ignore[misc]
        self.feeddata["xml_base"] = self.baseuri

    def _start_feed(self, attrs_d: Raw) -> None:
        super()._start_feed(attrs_d)  # type: ignore[misc]
        self.feeddata["xml_base"] = self.baseuri
