"""The headings of an article, noted while it is walked over: where each begins, ends and leads."""

from typing import NamedTuple

from feedsette.flattening.body.anchors import (
    anchor_of,
    announces_contents,
    is_lone_place,
    is_permalink,
    target_of,
)
from feedsette.flattening.body.headings import level_of, may_be_title
from feedsette.flattening.body.sections import Heading
from feedsette.flattening.text.spots import OpenSpot
from feedsette.flattening.text.writers import BLANK, SPACE, TextWriter
from feedsette.markup import Element
from feedsette.schema import CHILDREN

_LONGEST_TITLE = 500
_TRAILING_SIGNS = " ¶🔗"
"""Without #: a heading may speak of C#."""


class OpenHeading(NamedTuple):
    """A heading whose words are being written."""

    level: int
    anchor: str | None
    piece: int
    """Where it begins among the writer's pieces."""
    size: int
    """How much had been written before it."""
    spot: int
    """How many spots there were before it."""


class Outline:
    """The headings that a walk has come by; `spots` are all that it has opened, inside them too."""

    def __init__(self, writer: TextWriter, spots: list[OpenSpot]) -> None:
        self.headings: list[Heading] = []
        self.open: Element | None = None
        """The heading around all that is written just now."""
        self.anchor: tuple[int, str] | None = None
        """The latest id that stands for what follows it, and how much had been written then."""
        self._writer = writer
        self._spots = spots
        self._last_piece = 0
        """Where the last heading begins among the writer's pieces."""

    def open_heading(self, element: Element) -> OpenHeading | None:
        """Begin a heading, if the element is one."""
        level = level_of(element)
        if not level or self.open or len(self.headings) >= CHILDREN - 1:
            return None
        if not may_be_title(element):
            return None
        writer = self._writer
        before = self.anchor[1] if self.anchor and self.anchor[0] == writer.size else None
        writer.part(BLANK)
        writer.limit = SPACE
        self.open = element
        anchor = anchor_of(element) or before
        return OpenHeading(level, anchor, len(writer.pieces), writer.size, len(self._spots))

    def close(self, heading: OpenHeading) -> None:
        """Note a heading whose words are written; without any, or with too many, it is none."""
        writer = self._writer
        writer.trim(heading.piece, _TRAILING_SIGNS)
        writer.limit = BLANK
        self.open = None
        inside = self._spots[heading.spot :]
        for spot in inside:
            spot.start, spot.end = min(spot.start, writer.size), min(spot.end, writer.size)
        written = "".join(writer.pieces[heading.piece :])
        title = written.lstrip("\n")
        if title and len(title) <= _LONGEST_TITLE:
            start = heading.size + len(written) - len(title)
            self.headings.append(Heading(heading.level, title, heading.anchor, start, writer.size))
            self._last_piece = heading.piece
            for spot in inside:
                spot.section = len(self.headings)
        writer.part(BLANK)

    def is_led_to_by(self, link: Element) -> bool:
        """Whether a link right behind the last heading leads to it; it may be what has its id."""
        last = self._right_before()
        if last is None or not is_lone_place(link):
            return False
        if last.anchor is None and is_permalink(link):
            self.headings[-1] = last._replace(anchor=target_of(link) or None)
            return True
        return last.anchor == target_of(link)

    def drop_contents_title(self) -> None:
        """Take back a heading "Contents" whose table, which comes right behind it, is left out."""
        last = self._right_before()
        if last is None or not announces_contents(last.title):
            return
        self.headings.pop()
        self._writer.rewind(self._last_piece)
        for spot in reversed(self._spots):
            if spot.section <= len(self.headings):
                break
            spot.place(len(self.headings), self._writer)

    def _right_before(self) -> Heading | None:
        """The last heading, if nothing has been written since and none is open."""
        last = self.headings[-1] if self.headings and not self.open else None
        return last if last is not None and last.end == self._writer.size else None
