"""The one pass over an article's HTML: writes its text, finds its headings, and opens spots."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from feedsette.flattening.anchors import (
    anchor_of,
    announces_contents,
    has_words_beside,
    is_back_link,
    is_contents,
    is_inline_note,
    is_permalink,
    is_raised_mark,
    leads_home,
    pages_of,
    target_of,
)
from feedsette.flattening.blocks import GAP_OF, ITEMS
from feedsette.flattening.code import read_listing
from feedsette.flattening.footers import Footers, teaser_mark
from feedsette.flattening.formulas import drawn_text, formula_text
from feedsette.flattening.headings import level_of, may_be_title, stands_apart
from feedsette.flattening.placeholders import data_text, is_placeholder
from feedsette.flattening.sections import Heading
from feedsette.flattening.spots import Listing, Spot
from feedsette.flattening.visibility import Sight, sight_of
from feedsette.flattening.writers import Gap, TextWriter
from feedsette.markup import Element
from feedsette.schema import CHILDREN

_SPOTS = frozenset(
    {"img", "picture", "video", "audio", "iframe", "embed", "object", "script", "blockquote",
     "amp-img", "amp-iframe"}
)  # fmt: skip
_LISTS = frozenset({"ul", "ol"})
_MAY_BE_CONTENTS = frozenset({"ul", "ol", "nav", "div", "details", "section", "aside"})
_MARKS = frozenset({"a", "section", "span"})
"""What often bears an id only for links to the heading behind it; so does what is empty."""
_LONGEST_TITLE = 500
_PLAIN = frozenset(
    {"p", "li", "em", "strong", "b", "i", "u", "s", "small", "del", "ins", "mark", "cite", "abbr",
     "q", "kbd", "samp", "var", "sub", "sup", "tr", "th", "tbody", "thead", "dd", "dt", "hr"}
)  # fmt: skip
"""Most elements. Without attributes they do nothing but stand apart, so they need no judgement."""
_TRAILING_SIGNS = " ¶🔗"
"""Without #: a heading may speak of C#."""


class OpenSpot:
    """A Spot in the making."""

    __slots__ = ("element", "end", "footer", "listing", "noscript", "piece", "section", "start")

    def __init__(self, element: Element, walk: "Walk") -> None:
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


class Walk:
    """The one pass over a tree, with a stack of its own: feeds nest 20,000 deep."""

    def __init__(self, footers: Footers, url: str | None = None) -> None:
        self.footers = footers
        self.pages = pages_of(url)
        self.writer = TextWriter()
        self.spots: list[OpenSpot] = []
        self.headings: list[Heading] = []
        self.title_piece = 0
        """Where the last heading begins among the writer's pieces."""
        self.muted = self.footer = self.lines = self.apart = self.lists = 0
        self.heading: Element | None = None
        self.noscript: Element | None = None
        self.anchor: tuple[int, str] | None = None
        self.stack: list[Element | str | Gap | OpenSpot | _OpenHeading | Callable[[], None]] = []

    def run(self, root: Element) -> None:
        """Walk; what is to be done after an element's children lies under them on the stack."""
        stack = self.stack
        self._push_children(root)
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                if not self.muted:
                    self._write(node)
            elif isinstance(node, Element):
                self._open(node)
            elif isinstance(node, Gap):
                self._part(node)
            elif isinstance(node, OpenSpot):
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
            self.stack += element.children[::-1]
            return
        cut = self.footers.cut[1]
        self.stack.extend(reversed(element.children[cut:]))
        self.stack.append(self._enter_footer)
        self.stack.extend(reversed(element.children[:cut]))

    def _open(self, element: Element) -> None:
        if element.attributes or element.name not in _PLAIN or not self._open_plain(element):
            self._open_any(element)

    def _open_plain(self, element: Element) -> bool:
        """Open one of _PLAIN without attributes; False if it is one that needs a closer look."""
        if element.name == "p" and read_listing(element) is not None:
            return False
        if id(element) in self.footers.elements:
            return False
        self._open_block(element)
        self._push_children(element)
        return True

    def _open_any(self, element: Element) -> None:
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
            if not element.children and not self.muted:
                self.writer.write(drawn_text(element) or data_text(element) or "")
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
        if sight is Sight.MUTED and "class" in element.attributes and self._says_a_title(element):
            return Sight.SHOWN
        return sight

    def _says_a_title(self, element: Element) -> bool:
        """Of what is muted by its class: headings, and a permalink around all of a heading.

        "Footnotes" for screen readers only is a heading all the same.
        """
        if self.heading and element.name == "a":
            return not has_words_beside(element, self.heading)
        return level_of(element) > 0

    def _is_furniture(self, element: Element) -> bool:
        """Links that lead about in the article and say nothing."""
        if self.heading and element.name == "span" and "tag" in element.classes:
            return True  # Org writes a heading's tags behind it
        if element.name == "a":
            heading = self.heading
            if heading and (is_permalink(element) or leads_home(element, heading)):
                return True
            return is_back_link(element, named=not heading) or self._follows_heading(element)
        return element.name in _LISTS and not self.lists and is_contents(element, self.pages)

    def _follows_heading(self, link: Element) -> bool:
        """A permalink that stands right behind its heading; it may be the one place of the id."""
        last = self.headings[-1] if self.headings else None
        if last is None or last.end != self.writer.size or self.heading:
            return False
        if not link.attributes.get("href", "").startswith("#"):
            return False
        if last.anchor is None and is_permalink(link):
            self.headings[-1] = replace(last, anchor=target_of(link) or None)
            return True
        return last.anchor == target_of(link)

    def _add_listing(self, element: Element, listing: Listing) -> None:
        spot = OpenSpot(element, self)
        spot.listing = listing
        self.spots.append(spot)
        if not self.muted:
            self.writer.write_listing(listing.code)
            spot.close(self.writer)

    def _open_spot(self, element: Element) -> None:
        spot = OpenSpot(element, self)
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
        if gap is Gap.CELL and not self.muted:
            self.writer.part_cell()
        else:
            self._part(gap)
        self.stack.append(gap)

    def _hide(self, element: Element, sight: Sight) -> None:
        if element.name == "noscript" and self.noscript is None:
            self.noscript = element
            self.stack.append(self._leave_noscript)
        if sight is Sight.MUTED:
            if element.name in _MAY_BE_CONTENTS and self.headings and not self.muted:
                self._drop_contents_title()
            self.muted += 1
            self.stack.append(self._unmute)
        elif sight is Sight.FOOTER:
            self._enter_footer()
            self.stack.append(self._leave_footer)

    def _drop_contents_title(self) -> None:
        """Take back a heading "Contents" whose table, which comes right behind it, is left out."""
        last = self.headings[-1]
        if last.end != self.writer.size or not announces_contents(last.title):
            return
        self.headings.pop()
        self.writer.rewind(self.title_piece)
        for spot in reversed(self.spots):
            if spot.section <= len(self.headings):
                break
            spot.section = len(self.headings)
            spot.start = spot.end = self.writer.size

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
        elif stands_apart(element):
            self.apart += 1
            self.stack.append(self._leave_apart)
        elif name in _LISTS:
            self.lists += 1
            self.stack.append(self._leave_list)
        elif name == "rt":
            self.writer.write("(")
            self.stack.append(self._close_ruby)
        elif name in _MARKS or not element.children or "section" in element.classes:
            self._part_note(element)
            anchor = element.attribute("id") or element.attribute("name")
            if anchor:
                self.anchor = (self.writer.size, anchor)
        else:
            self._open_heading(element)

    def _part_note(self, element: Element) -> None:
        """Keep the number of a note, and a note amid a sentence, off the word before it."""
        if element.name == "a" and is_raised_mark(element):
            self.writer.part(Gap.SPACE)
        elif element.name == "span" and element.attributes and is_inline_note(element):
            self.writer.part(Gap.SPACE)
            self.stack.append(Gap.SPACE)

    def _leave_lines(self) -> None:
        self.lines -= 1

    def _leave_apart(self) -> None:
        self.apart -= 1

    def _leave_list(self) -> None:
        self.lists -= 1

    def _close_ruby(self) -> None:
        self.writer.write(")")

    def _open_heading(self, element: Element) -> None:
        level = level_of(element)
        if not level or self.heading or self.apart or len(self.headings) >= CHILDREN - 1:
            return
        if not may_be_title(element):
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
            self.title_piece = heading.piece
            for spot in inside:
                spot.section = len(self.headings)
        writer.part(Gap.BLANK)


def _is_spot(element: Element) -> bool:
    if element.name == "a":
        return "href" in element.attributes
    return element.name in _SPOTS or is_placeholder(element)
