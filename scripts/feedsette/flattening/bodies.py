"""An article's HTML → its text, sections, and the spots where something else begins.

One walk over the tree serves every table: it writes the text, and leaves a Spot wherever an
extractor (links.py, images.py, embeds.py, code.py) has something to read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from feedsette.flattening.anchors import (
    anchor_of,
    is_back_link,
    is_contents,
    is_permalink,
    leads_home,
)
from feedsette.flattening.blocks import GAP_OF, ITEMS
from feedsette.flattening.code import Listing, read_listing
from feedsette.flattening.footers import Footers, find_footers, teaser_mark
from feedsette.flattening.formulas import drawn_formula, formula_text
from feedsette.flattening.placeholders import is_placeholder
from feedsette.flattening.sections import Heading, cut_sections
from feedsette.flattening.visibility import Sight, sight_of
from feedsette.flattening.writers import Gap, TextWriter
from feedsette.markup import Element, parse_html
from feedsette.rows import Section
from feedsette.schema import CHILDREN


@dataclass(frozen=True, slots=True)
class Context:
    """What an extractor must know of the article besides its HTML."""

    base_url: str | None
    """What relative addresses resolve against."""
    article_url: str | None
    own_hosts: frozenset[str]
    """Hosts (lower case, without www.) of the article, its feed and the feed's site."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An element that an extractor may turn into a row, and where it stands."""

    element: Element
    section: int
    """Position of the section."""
    start: int
    """Where the element's text begins in Body.text."""
    end: int
    """Where it ends: `body.text[start:end]` is the element's visible text."""
    footer: bool = False
    """Inside a syndication footer. Its text is not in Body.text, so start == end."""
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """An article's HTML, read once."""

    text: str
    sections: tuple[Section, ...]
    spots: tuple[Spot, ...]
    """In document order: a with href, img, picture, video, audio, iframe, embed, object, script,
    blockquote, what placeholders.py knows, and the outermost element of each code listing (listing
    is set)."""
    canonical_url: str | None = None
    """The original's address, where a syndication footer names it (not yet resolved)."""
    has_markup: bool = True


def read_body(html: str, title: str | None = None, url: str | None = None) -> Body:
    """Read an article's HTML; title and url tell whether a footer speaks of this very article."""
    root = parse_html(html)
    footers = find_footers(root, title, url)
    walk = _Walk(footers)
    walk.run(root)
    text = walk.text()
    spots = _without_doubles(walk.spots)
    opening = any(spot.section == 0 for spot in spots)
    return Body(
        text=text,
        sections=cut_sections(text, walk.headings, opening),
        spots=tuple(spot.frozen() for spot in spots),
        canonical_url=footers.canonical_url,
        has_markup=any(True for _ in root.elements),
    )


_SPOTS = frozenset(
    {"img", "picture", "video", "audio", "iframe", "embed", "object", "script", "blockquote",
     "amp-img", "amp-iframe"}
)  # fmt: skip
_PLAYERS = frozenset({"img", "picture", "iframe", "video", "audio", "amp-img", "amp-iframe"})
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset({"ul", "ol"})
_APART = frozenset({"blockquote", "figure"})
"""Headings inside them are not the article's own."""
_NO_TITLE = frozenset({"ul", "ol", "table", "pre", "blockquote", *_LEVELS})
"""A heading that holds one of these was left open, or swallowed what follows."""
_LONGEST_TITLE = 500
_TRAILING_SIGNS = " ¶🔗"
"""Without #: a heading may speak of C#."""


class _OpenSpot:
    """A Spot in the making."""

    __slots__ = ("element", "end", "footer", "listing", "noscript", "piece", "section", "start")

    def __init__(self, element: Element, walk: "_Walk") -> None:
        self.element = element
        self.section = len(walk.headings)
        self.piece = len(walk.writer.pieces)
        self.start = self.end = walk.writer.size
        self.footer = walk.footer > 0
        self.noscript = walk.noscript
        self.listing: Listing | None = None

    def close(self, writer: TextWriter) -> None:
        """Settle where its text stands: after the separator that came with its first word."""
        if writer.size > self.end:
            first = writer.pieces[self.piece]
            self.start += len(first) if first.isspace() else 0
            self.end = writer.size

    def frozen(self) -> Spot:
        """The finished record."""
        return Spot(self.element, self.section, self.start, self.end, self.footer, self.listing)


@dataclass(frozen=True, slots=True)
class _OpenHeading:
    level: int
    anchor: str | None
    piece: int
    size: int
    spot: int


class _Walk:
    """The one pass over a tree, with a stack of its own: feeds nest 20,000 deep."""

    def __init__(self, footers: Footers) -> None:
        self.footers = footers
        self.writer = TextWriter()
        self.spots: list[_OpenSpot] = []
        self.headings: list[Heading] = []
        self.muted = self.footer = self.lines = self.apart = self.lists = 0
        self.heading: Element | None = None
        self.noscript: Element | None = None
        self.anchor: tuple[int, str] | None = None
        self.stack: list[Element | str | Gap | _OpenSpot | _OpenHeading | Callable[[], None]] = []

    def run(self, root: Element) -> None:
        """Walk; what is to be done after an element's children lies under them on the stack."""
        self._push_children(root)
        while self.stack:
            node = self.stack.pop()
            if isinstance(node, str):
                if not self.muted:
                    self._write(node)
            elif isinstance(node, Element):
                self._open(node)
            elif isinstance(node, Gap):
                self._part(node)
            elif isinstance(node, _OpenSpot):
                node.close(self.writer)
            elif isinstance(node, _OpenHeading):
                self._close_heading(node)
            else:
                node()

    def text(self) -> str:
        """All the text; called once, when all is read, because a teaser's end mark is cut off."""
        text = self.writer.text()
        end = teaser_mark(text)
        kept = [heading.end for heading in self.headings[-1:]]
        kept += [spot.end for spot in self.spots if spot.listing]
        if end == len(text) or max(kept, default=0) > end:
            return text
        for spot in self.spots:
            spot.start, spot.end = min(spot.start, end), min(spot.end, end)
        return text[:end]

    def _write(self, text: str) -> None:
        if self.lines:
            self.writer.write_lines(text)
        else:
            self.writer.write(text)

    def _part(self, gap: Gap) -> None:
        if not self.muted:
            self.writer.part(gap)

    def _push_children(self, element: Element) -> None:
        if self.footers.cut is None or self.footers.cut[0] != id(element):
            self.stack.extend(reversed(element.children))
            return
        cut = self.footers.cut[1]
        self.stack.extend(reversed(element.children[cut:]))
        self.stack.append(self._enter_footer)
        self.stack.extend(reversed(element.children[:cut]))

    def _open(self, element: Element) -> None:
        name = element.name
        if name == "br":
            if not self.muted:
                self.writer.break_line()
            return
        listing = None if self.heading else read_listing(element)
        if listing is not None:
            self._add_listing(element, listing)
            return
        sight = self._sight(element)
        self._open_block(element)
        self._hide(element, sight)
        if _is_spot(element):
            self._open_spot(element)
        if name == "img" and not self.muted:
            self.writer.write(drawn_formula(element) or "")
        if sight is Sight.GONE or name == "math":
            self._write_formula(element)
            return
        if not self.muted:
            self._note(element)
        self._push_children(element)

    def _sight(self, element: Element) -> Sight:
        if id(element) in self.footers.elements:
            return Sight.FOOTER
        if self._is_furniture(element):
            return Sight.MUTED
        sight = sight_of(element)
        if sight is Sight.MUTED and _level(element) and "class" in element.attributes:
            return Sight.SHOWN  # "Footnotes" for screen readers only is a heading all the same
        return sight

    def _is_furniture(self, element: Element) -> bool:
        """Links that lead about in the article and say nothing."""
        if self.heading and element.name == "span" and "tag" in element.classes:
            return True  # Org writes a heading's tags behind it
        if element.name == "a":
            heading = self.heading
            if heading and (is_permalink(element) or leads_home(element, heading)):
                return True
            return is_back_link(element)
        return element.name in _LISTS and not self.lists and is_contents(element)

    def _add_listing(self, element: Element, listing: Listing) -> None:
        spot = _OpenSpot(element, self)
        spot.listing = listing
        self.spots.append(spot)
        if not self.muted:
            self.writer.write_listing(listing.code)
            spot.close(self.writer)

    def _open_spot(self, element: Element) -> None:
        spot = _OpenSpot(element, self)
        self.spots.append(spot)
        self.stack.append(spot)

    def _write_formula(self, element: Element) -> None:
        text = None if self.muted else formula_text(element)
        if text:
            self.writer.write(text)

    def _open_block(self, element: Element) -> None:
        gap = GAP_OF.get(element.name)
        if gap is None:
            return
        if gap is Gap.BLANK and element.parent is not None and element.parent.name in ITEMS:
            if len(element.parent.children) == 1:
                return  # the only paragraph of a list item or a table cell
            gap = Gap.LINE
        self._part(gap)
        self.stack.append(gap)

    def _hide(self, element: Element, sight: Sight) -> None:
        if element.name == "noscript" and self.noscript is None:
            self.noscript = element
            self.stack.append(self._leave_noscript)
        if sight is Sight.MUTED:
            self.muted += 1
            self.stack.append(self._unmute)
        elif sight is Sight.FOOTER:
            self._enter_footer()
            self.stack.append(self._leave_footer)

    def _leave_noscript(self) -> None:
        self.noscript = None

    def _unmute(self) -> None:
        self.muted -= 1

    def _enter_footer(self) -> None:
        self.muted += 1
        self.footer += 1

    def _leave_footer(self) -> None:
        self.muted -= 1
        self.footer -= 1

    def _note(self, element: Element) -> None:
        """Note what an element means for what stands inside it or behind it."""
        name = element.name
        if name in {"pre", "listing", "xmp"}:
            self.lines += 1
            self.stack.append(self._leave_lines)
        elif name in _APART:
            self.apart += 1
            self.stack.append(self._leave_apart)
        elif name in _LISTS:
            self.lists += 1
            self.stack.append(self._leave_list)
        elif name == "rt":
            self.writer.write("(")
            self.stack.append(self._close_ruby)
        elif name in {"a", "section", "span"} or "section" in element.classes:
            anchor = element.attribute("id") or element.attribute("name")
            if anchor:
                self.anchor = (self.writer.size, anchor)
        else:
            self._open_heading(element)

    def _leave_lines(self) -> None:
        self.lines -= 1

    def _leave_apart(self) -> None:
        self.apart -= 1

    def _leave_list(self) -> None:
        self.lists -= 1

    def _close_ruby(self) -> None:
        self.writer.write(")")

    def _open_heading(self, element: Element) -> None:
        level = _level(element)
        if not level or self.heading or self.apart or len(self.headings) >= CHILDREN - 1:
            return
        if any(child.name in _NO_TITLE for child in element.elements):
            return
        before = self.anchor[1] if self.anchor and self.anchor[0] == self.writer.size else None
        self.writer.part(Gap.BLANK)
        self.writer.limit = Gap.SPACE
        self.heading = element
        self.stack.append(
            _OpenHeading(
                level,
                anchor_of(element) or before,
                len(self.writer.pieces),
                self.writer.size,
                len(self.spots),
            )
        )

    def _close_heading(self, heading: _OpenHeading) -> None:
        writer = self.writer
        writer.trim(heading.piece, _TRAILING_SIGNS)
        writer.limit = Gap.BLANK
        self.heading = None
        inside = self.spots[heading.spot :]
        for spot in inside:
            spot.start, spot.end = min(spot.start, writer.size), min(spot.end, writer.size)
        written = "".join(writer.pieces[heading.piece :])
        title = written.lstrip("\n")
        if title and len(title) <= _LONGEST_TITLE:
            start = heading.size + len(written) - len(title)
            self.headings.append(Heading(heading.level, title, heading.anchor, start, writer.size))
            for spot in inside:
                spot.section = len(self.headings)
        writer.part(Gap.BLANK)


def _is_spot(element: Element) -> bool:
    if element.name == "a":
        return "href" in element.attributes
    return element.name in _SPOTS or is_placeholder(element)


def _level(element: Element) -> int:
    level = _LEVELS.get(element.name, 0)
    if not level and element.attributes.get("role") == "heading":
        declared = element.attributes.get("aria-level", "")
        level = min(6, max(1, int(declared))) if declared.isdecimal() else 2
    return level


def _without_doubles(spots: list[_OpenSpot]) -> list[_OpenSpot]:
    """Leave out what a noscript repeats: a lazy picture stands beside its own double."""
    if all(spot.noscript is None for spot in spots):
        return spots
    doubled: set[int] = set()
    for row in (spots, spots[::-1]):
        latest: Element | None = None
        for spot in row:
            if spot.noscript is None:
                latest = spot.element if _is_player(spot.element) else latest
            elif latest is not None and _is_beside(latest, spot.noscript):
                doubled.add(id(spot.noscript))
    return [spot for spot in spots if spot.noscript is None or id(spot.noscript) not in doubled]


def _is_player(element: Element) -> bool:
    """True for what can be shown; an image of which only the noscript has the address cannot."""
    if element.name not in _PLAYERS:
        return False
    values = element.attributes.items()
    return element.name != "img" or any(
        "src" in name and value and not value.lstrip().startswith("data:") for name, value in values
    )


def _is_beside(element: Element, noscript: Element) -> bool:
    parent = element.parent
    return parent is noscript.parent or (parent is not None and parent.parent is noscript.parent)
