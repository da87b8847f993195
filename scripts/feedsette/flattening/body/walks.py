"""The one pass over an article's HTML: writes its text, notes its headings, and opens spots."""

from collections.abc import Callable

from feedsette.flattening.body.anchors import (
    has_words_beside,
    is_back_link,
    is_contents,
    is_inline_note,
    is_permalink,
    is_raised_mark,
    leads_home,
    pages_of,
)
from feedsette.flattening.body.headings import level_of, stands_apart
from feedsette.flattening.body.outline import OpenHeading, Outline
from feedsette.flattening.body.stops import is_spot, links_of_caption, words_of_spot
from feedsette.flattening.footers.finding import Footers, teaser_mark
from feedsette.flattening.formulas import formula_text
from feedsette.flattening.listings.code import read_listing
from feedsette.flattening.listings.numbering import numbers_listing
from feedsette.flattening.text.blocks import GAP_OF, ITEMS, stands_as_block
from feedsette.flattening.text.spots import Listing, OpenSpot
from feedsette.flattening.text.writers import BLANK, CELL, LINE, SPACE, Gap, TextWriter
from feedsette.flattening.visibility import FOOTER, GONE, MUTED, SHOWN, Sight, sight_of
from feedsette.markup import Element

_LISTS = frozenset({"ul", "ol"})
_MAY_BE_CONTENTS = frozenset({"ul", "ol", "nav", "div", "details", "section", "aside"})
_NOTE = "d-footnote"
"""Distill's, in articles of scientists; a number stands for it on the page."""
_MARKS = frozenset({"a", "section", "span", _NOTE})
"""What often bears an id only for links to the heading behind it; so does what is empty."""
_PLAIN = frozenset(
    {"p", "li", "em", "strong", "b", "i", "u", "s", "small", "del", "ins", "mark", "cite", "abbr",
     "kbd", "samp", "var", "sub", "sup", "tr", "th", "tbody", "thead", "dd", "dt", "hr"}
)  # fmt: skip
"""Most elements. Without attributes they do nothing but stand apart, so they need no judgement."""


_QUOTES = ("‘’", "“”")
"""What browsers put around a q, and around one in it."""


_BACK_SIGN = "↩\ufe0e"
"""What Pandoc links back with. Quarto leaves the links out of its feeds, but not the sign."""


class Walk:
    """The one pass over a tree, with a stack of its own: feeds nest 20,000 deep."""

    def __init__(self, footers: Footers, url: str | None = None, title: str | None = None) -> None:
        self.footers = footers
        self.title = title
        self.pages = pages_of(url)
        self.writer = TextWriter()
        self.spots: list[OpenSpot] = []
        self.outline = Outline(self.writer, self.spots)
        self.muted = self.footer = self.lines = self.apart = self.lists = self.quotes = 0
        self.notes = 0
        self.noscript: Element | None = None
        self.stack: list[Element | str | Gap | OpenSpot | OpenHeading | Callable[[], None]] = []

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
            elif isinstance(node, OpenHeading):
                self.outline.close(node)
            else:
                node()

    def text(self) -> str:
        """All the text; called once, when all is read, because a teaser's end mark is cut off."""
        text = self.writer.text()
        end = teaser_mark(text, self.title)
        kept = [heading.end for heading in self.outline.headings[-1:]]
        kept += [spot.end for spot in self.spots if spot.listing]
        if end == len(text) or max(kept, default=0) > end:
            return text
        for spot in self.spots:
            spot.start, spot.end = min(spot.start, end), min(spot.end, end)
        return text[:end]

    def _write(self, text: str) -> None:
        if self.lines:
            self.writer.write_lines(text)
        elif self.notes:
            self.writer.write(text.removesuffix(_BACK_SIGN))
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
        if id(element) in self.footers.elements:
            return False
        listing = read_listing(element) if element.name == "p" and not self.outline.open else None
        if listing is not None:
            self._add_listing(element, listing)
            return True
        self._open_block(element)
        self._push_children(element)
        return True

    def _open_any(self, element: Element) -> None:
        name = element.name
        if name == "br":
            if not self.muted:
                self.writer.break_line()
            return
        listing = None if self.outline.open else read_listing(element)
        if listing is not None:
            self._add_listing(element, listing)
            return
        sight = self._sight(element)
        self._open_block(element)
        self._hide(element, sight)
        if is_spot(element):
            self._open_spot(element)
            if not element.children and not self.muted:
                self.writer.write(words_of_spot(element))
        if sight is GONE or name == "math":
            self._write_formula(element)
            return
        if not self.muted:
            self._note(element)
        self._push_children(element)

    def _sight(self, element: Element) -> Sight:
        if id(element) in self.footers.elements:
            return FOOTER
        if self._is_furniture(element):
            return MUTED
        sight = sight_of(element)
        if sight is MUTED and "class" in element.attributes and self._says_a_title(element):
            return SHOWN
        return sight

    def _says_a_title(self, element: Element) -> bool:
        """Of what is muted by its class: headings, and a permalink around all of a heading.

        "Footnotes" for screen readers only is a heading all the same.
        """
        if self.outline.open and element.name == "a":
            return not has_words_beside(element, self.outline.open)
        return level_of(element) > 0

    def _is_furniture(self, element: Element) -> bool:
        """Links that lead about in the article and say nothing, and numbers of lines."""
        heading = self.outline.open
        if heading and element.name == "span" and "tag" in element.classes:
            return True  # Org writes a heading's tags behind it
        if element.name == "div":
            return numbers_listing(element)
        if element.name == "a":
            if heading and (is_permalink(element) or leads_home(element, heading)):
                return True
            return is_back_link(element, named=not heading) or (
                not self.muted and self.outline.is_led_to_by(element)
            )
        return element.name in _LISTS and not self.lists and is_contents(element, self.pages)

    def _add_listing(self, element: Element, listing: Listing) -> None:
        for link in links_of_caption(element):
            self._add_spot(link)
        spot = self._add_spot(element)
        spot.listing = listing
        if not self.muted:
            self.writer.write_listing(listing.code)
            spot.close(self.writer)

    def _open_spot(self, element: Element) -> None:
        self.stack.append(self._add_spot(element))

    def _add_spot(self, element: Element) -> OpenSpot:
        spot = OpenSpot(element, len(self.outline.headings), self.writer)
        spot.footer, spot.noscript = self.footer > 0, self.noscript
        self.spots.append(spot)
        return spot

    def _write_formula(self, element: Element) -> None:
        text = None if self.muted else formula_text(element)
        if text:
            self.writer.write(text.strip())  # blanks at the edges of MathML are not shown

    def _open_block(self, element: Element) -> None:
        gap = GAP_OF.get(element.name)
        if gap is None:
            if not stands_as_block(element):
                return
            gap = LINE
        if gap is BLANK and element.parent is not None and element.parent.name in ITEMS:
            if len(element.parent.children) == 1:
                return  # the only paragraph of a list item or a table cell
            gap = LINE
        if gap is CELL and not self.muted:
            self.writer.part_cell()
        else:
            self._part(gap)
        self.stack.append(gap)

    def _hide(self, element: Element, sight: Sight) -> None:
        if element.name == "noscript" and self.noscript is None:
            self.noscript = element
            self.stack.append(self._leave_noscript)
        if sight is MUTED:
            if element.name in _MAY_BE_CONTENTS and not self.muted:
                self.outline.drop_contents_title()
            self.muted += 1
            self.stack.append(self._unmute)
        elif sight is FOOTER:
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
        elif stands_apart(element):
            self.apart += 1
            self.stack.append(self._leave_apart)
        elif name in _LISTS:
            self.lists += 1
            self.stack.append(self._leave_list)
        elif name in {"rt", "q"}:
            self._open_signs(name)
        elif name in _MARKS or not element.children or "section" in element.classes:
            self._part_note(element)
            anchor = element.attribute("id") or element.attribute("name")
            if anchor:
                self.outline.anchor = (self.writer.size, anchor)
        elif not self.apart and (heading := self.outline.open_heading(element)):
            self.stack.append(heading)

    def _part_note(self, element: Element) -> None:
        """Keep the number of a note, and a note amid a sentence, off the word before it."""
        if element.name == "a" and is_raised_mark(element):
            if not self.writer.ends_in("[("):  # Asciidoctor's brackets stand around the link
                self.writer.part(SPACE)
        elif element.name == _NOTE or (element.name == "span" and is_inline_note(element)):
            self.writer.part(SPACE)
            self.stack.append(SPACE)
        elif element.name == "section" and "footnotes" in element.classes:
            self.notes += 1
            self.stack.append(self._leave_notes)

    def _leave_notes(self) -> None:
        self.notes -= 1

    def _leave_lines(self) -> None:
        self.lines -= 1

    def _leave_apart(self) -> None:
        self.apart -= 1

    def _leave_list(self) -> None:
        self.lists -= 1

    def _open_signs(self, name: str) -> None:
        """Write what browsers show around a quotation, and what parts a word from its reading."""
        self.quotes += name == "q"
        self.writer.write(_QUOTES[self.quotes % 2][0] if name == "q" else "(")
        self.stack.append(self._close_quote if name == "q" else self._close_ruby)

    def _close_quote(self) -> None:
        self.writer.write(_QUOTES[self.quotes % 2][1])
        self.quotes -= 1

    def _close_ruby(self) -> None:
        self.writer.write(")")
