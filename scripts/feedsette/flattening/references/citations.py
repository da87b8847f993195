"""`text [3]`, footnotes and lists of references: which link cites what, and what it is called.

Citations are marks behind a link (`text [3]`), and links that are a mark themselves
(`<sup><a href="#fn1">1</a></sup>`, `<a>[1]</a>`); entries.py reads what they point to.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import islice, zip_longest
from typing import NamedTuple

from feedsette.flattening.references.entries import Entries, EntryReader, Linked
from feedsette.flattening.references.notes import BARE, BRACKETED
from feedsette.flattening.text.spots import Body, Spot
from feedsette.markup import Element
from feedsette.rows import Link

MOST_MARKS = 100
"""Marks without a link that are looked at."""

LONGEST_MARK = 20
"""Characters of a link's text that may be a mark."""

_RAISED_DIGIT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"[ .,;:)\"'”’]{0,3}([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_BEHIND = re.compile(r"([ .,;:)\"'”’…]{0,3})[\[［](\d{1,3})(?:[,\s–-]+\d{1,3})*[\]］]")
_PLAIN = re.compile(r"(?<![A-Za-z0-9_\])])[\[［](\d{1,3})[\]］]")
"""A mark in the text, and no index such as `a[1]`."""
_LATER = re.compile(r"[^.!?\n\[\]]{1,40}?\s[\[［](\d{1,3})[\]］]")
_NOTE_TARGET = re.compile(r"#.*(?:fn|foot-?note|note|ref|cite|bib|_ftn|sdfoot)", re.IGNORECASE)
_NOTE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:foot|end|side)-?note|fn-?ref|footref|noteref|citation|sdfootnote)",
    re.IGNORECASE,
)
_MAY_BE_MARK = re.compile(r"\s*[\[［(*※\d⁰¹²³⁴⁵⁶⁷⁸⁹]")
"""How BRACKETED and BARE begin."""
_STOPS = " .,;:!?)\"'”’…"


class Reference(NamedTuple):
    """The number that a link cites or bears, and the entry's title where there is one."""

    number: int
    title: str | None = None


def find_references(
    body: Body, spots: Sequence[Spot], links: Sequence[Link]
) -> Mapping[int, Reference]:
    """References by the position of the link that cites them or stands in their entry."""
    pairs = [(spot, link) for spot, link in zip(spots, links, strict=True) if not link.footer]
    if not pairs:
        return {}
    reader = EntryReader(body, pairs)
    entries = reader.entries
    citations = _CitationReader(body.text, pairs, entries)
    reader.read_lines()
    marks = citations.read_marks()
    reader.read_notes(marks)
    told = dict(entries.numbers)
    reader.read_lists()
    cited = {**citations.read_citations(marks), **marks}
    # a numbered list that nothing cites is a list, whatever it is called
    listed = cited or citations.are_cited_in_words()
    numbers = {**cited, **(entries.numbers if listed else told)}
    return {
        position: Reference(number, entries.titles.get(number))
        for position, number in numbers.items()
    }


class _CitationReader:
    def __init__(self, text: str, pairs: Sequence[Linked], entries: Entries) -> None:
        self.text = text
        self.pairs = pairs
        self.entries = entries
        self.has_brackets = "[" in text or "［" in text
        self.has_raised = not text.isascii() and bool(_RAISED_DIGIT.search(text))

    def read_marks(self) -> dict[int, int]:
        """Links that are a mark themselves, by position."""
        marks: dict[int, int] = {}
        for spot, link in self.pairs:
            number = self._mark(spot.element, link)
            if number is not None and link.position not in self.entries.numbers:
                marks[link.position] = number
        return marks

    def _mark(self, element: Element, link: Link) -> int | None:
        text = link.text or ""
        if len(text) > LONGEST_MARK or not _MAY_BE_MARK.match(text):
            return None
        text = text.translate(_SUPERSCRIPT)
        match = BRACKETED.fullmatch(text)
        if match:
            return int(match[1])
        match = BARE.fullmatch(text)
        if not match:
            return None
        number = int(match[1])
        raised = any(near.name == "sup" for near in islice(element.ancestors(), 2)) or any(
            inner.name == "sup" for inner in element.elements
        )
        noted = link.kind == "anchor" and _is_noted(element)
        # a bare number that leads nowhere is what Markdown makes of `[5](which is a good read)`
        mangled = link.problem is not None and number in self.entries.titles
        if (
            noted
            or mangled
            or (raised and (link.kind == "anchor" or number in self.entries.titles))
        ):
            return number
        return None

    def are_cited_in_words(self) -> bool:
        """Whether a mark that stands behind no link has the number of an entry."""
        marks = islice(_PLAIN.finditer(self.text), MOST_MARKS) if self.has_brackets else ()
        return any(int(mark[1]) in self.entries.titles for mark in marks)

    def read_citations(self, marks: Mapping[int, int]) -> dict[int, int]:
        """Links with a mark behind them, by position."""
        cited: dict[int, int] = {}
        for (spot, link), following in zip_longest(self.pairs, self.pairs[1:]):
            if link.position in marks or link.position in self.entries.numbers:
                continue
            number = self._number_behind(spot, link, following, marks)
            if number is not None:
                cited[link.position] = number
        return cited

    def _number_behind(
        self,
        spot: Spot,
        link: Link,
        following: Linked | None,
        marks: Mapping[int, int],
    ) -> int | None:
        if spot.start == spot.end:
            return None
        if following and following[1].position in marks:
            between = self.text[spot.end : following[0].start]
            if len(between) <= 2 and "\n" not in between:
                return marks[following[1].position]
        match = _BEHIND.match(self.text, spot.end) if self.has_brackets else None
        if match and (match[1] or int(match[2]) in self.entries.titles):
            return int(match[2])
        match = _RAISED.match(self.text, spot.end) if self.has_raised else None
        if match:
            return int(match[1].translate(_SUPERSCRIPT))
        number = _sup_behind(spot.element)
        if number is not None:
            return number if number in self.entries.titles else None
        return self._number_later(spot, link, following)

    def _number_later(self, spot: Spot, link: Link, following: Linked | None) -> int | None:
        """`<a>metric format</a> (EMF) [4]`: words between, but the entry leads to the same site."""
        if not self.has_brackets:
            return None
        end = following[0].start if following else len(self.text)
        match = _LATER.match(self.text, spot.end, max(end, spot.end))
        if not match:
            return None
        known = self.entries.urls.get(int(match[1]), set())
        same = link.clean_url in known or (link.domain is not None and link.domain in known)
        return int(match[1]) if same else None


def _is_noted(link: Element) -> bool:
    """Whether its address, role or class calls it the mark of a note, or that of a box around."""
    return bool(
        _NOTE_TARGET.match("#" + link.attributes["href"].partition("#")[2])
        or _NOTE_TARGET.match("#" + (link.attribute("name") or link.attribute("id") or ""))
        or link.attribute("role") in ("doc-noteref", "doc-biblioref")
        or _NOTE_CLASS.search(link.attributes.get("class", ""))
        or (link.parent is not None and _NOTE_CLASS.search(link.parent.attributes.get("class", "")))
    )


def _sup_behind(element: Element) -> int | None:
    """The n of `<a>text</a><sup>n</sup>`, perhaps with a comma between."""
    siblings = element.parent.children if element.parent else []
    if len(siblings) > 1000:  # a hostile paragraph of links would make this quadratic
        return None
    place = next(i for i, sibling in enumerate(siblings) if sibling is element)
    rest = siblings[place + 1 : place + 3]
    if rest and isinstance(rest[0], str) and not rest[0].strip(_STOPS):
        rest = rest[1:]
    following = rest[0] if rest else None
    if not isinstance(following, Element) or following.name != "sup":
        return None
    match = BARE.fullmatch(following.raw_text())
    return int(match[1]) if match else None
