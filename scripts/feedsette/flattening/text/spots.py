"""What the one walk over an article's HTML leaves for the extractors, one for each table."""

from typing import NamedTuple

from feedsette.flattening.text.texts import NO_WORDS, Words
from feedsette.flattening.text.writers import TextWriter
from feedsette.markup import Element
from feedsette.rows import Section


class Listing(NamedTuple):
    """One code listing as it was marked up."""

    code: str
    language: str | None
    """Canonical short name, or None."""
    language_raw: str | None
    """The marking as found."""
    caption: str | None


class Context(NamedTuple):
    """What an extractor must know of the article besides its HTML."""

    base_url: str | None
    """What relative addresses resolve against."""
    article_url: str | None
    own_hosts: frozenset[str]
    """Hosts (lower case, without www.) of the article, its feed and the feed's site."""


class Spot(NamedTuple):
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


class OpenSpot:
    """A Spot in the making."""

    __slots__ = ("element", "end", "footer", "listing", "noscript", "piece", "section", "start")

    def __init__(self, element: Element, section: int, writer: TextWriter) -> None:
        self.element = element
        self.footer = False
        self.noscript: Element | None = None
        self.listing: Listing | None = None
        self.place(section, writer)

    def place(self, section: int, writer: TextWriter) -> None:
        """Let it begin where the writer stands, in the section of this position."""
        self.section = section
        self.piece = len(writer.pieces)
        self.start = self.end = writer.size

    def close(self, writer: TextWriter) -> None:
        """Settle where its text stands: after the separator that came with its first word."""
        if writer.size > self.end:
            first = writer.pieces[self.piece]
            self.start += len(first) if first.isspace() else 0
            self.end = writer.size

    def frozen(self) -> Spot:
        """The finished record."""
        return Spot(self.element, self.section, self.start, self.end, self.footer, self.listing)


class Body(NamedTuple):
    """An article's HTML, read once (see bodies.py)."""

    text: str
    sections: tuple[Section, ...]
    spots: tuple[Spot, ...]
    """In document order: a with href, img, picture, video, audio, iframe, embed, object, script,
    blockquote, what placeholders.py knows, and the outermost element of each code listing (listing
    is set)."""
    tree: Element
    """To be dissolved when spots are done with."""
    canonical_url: str | None = None
    """The original's address, where a syndication footer names it (not yet resolved)."""
    words: Words = NO_WORDS
