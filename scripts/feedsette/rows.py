"""What crosses the wall between flattening and the store: one record per row of a table.

Attributes are named after their columns (schema.py describes them). `section` is the position of
the section that a child stands in; the store turns it into section_id. Keys that only the database
knows (id, article_id, feed_id, target_article_id) are not here.

They are named tuples and no dataclasses: an article has dozens, and a frozen dataclass takes twice
as long to make, and five times as long to travel from a worker's process.
"""

from datetime import datetime
from typing import NamedTuple

from feedsette.records import Author

EXTRACTOR_VERSION = 10
"""Raised whenever the same feed gives other rows, so that what is stored is extracted again."""


KEY_SEPARATOR = " | "
"""Between the parts of an item_key: guid or link first; no part holds it."""


class Section(NamedTuple):
    """The text between one heading and the next; position 0 stands before the first heading."""

    position: int
    level: int
    title: str | None
    path: str | None
    anchor: str | None
    word_count: int
    text: str | None


class Link(NamedTuple):
    """One hyperlink of an article's body."""

    position: int
    section: int
    url: str | None
    clean_url: str | None
    domain: str | None
    text: str | None
    kind: str
    internal: bool
    footer: bool = False
    rel: str | None = None
    problem: str | None = None
    reference: int | None = None
    reference_title: str | None = None


class CodeBlock(NamedTuple):
    """One listing."""

    position: int
    section: int
    language: str | None
    language_source: str | None
    language_raw: str | None
    confidence: float | None
    line_count: int
    caption: str | None
    code: str


class Image(NamedTuple):
    """One picture, its address freed from resizing proxies."""

    position: int
    section: int | None
    url: str
    src: str
    alt: str | None
    title: str | None
    caption: str | None
    width: int | None
    height: int | None
    link_url: str | None


class Embed(NamedTuple):
    """One player, gist or post of another site that is shown inside the article."""

    position: int
    section: int
    provider: str
    url: str
    title: str | None


class Enclosure(NamedTuple):
    """One attached file."""

    position: int
    url: str
    media_type: str | None
    length_bytes: int | None
    duration_seconds: int | None


class Bigrams(NamedTuple):
    """An article in a script that does not part its words, as an index of words can find it."""

    position: int
    title: str | None
    tags: str | None
    author: str | None
    text: str | None


class Tag(NamedTuple):
    """A tag: slug is the key (folded case, hyphens for white space), name is as written."""

    slug: str
    name: str


class Article(NamedTuple):
    """One item, flattened: its own row and the rows of its children."""

    item_key: str
    key_source: str
    content_sha256: str
    details_sha256: str
    guid: str | None
    url: str | None
    clean_url: str | None
    canonical_url: str | None
    title: str | None
    author: str | None
    published: datetime | None
    updated: datetime | None
    published_raw: str | None
    language: str | None
    word_count: int
    reading_minutes: int
    code_block_count: int
    link_count: int
    image_count: int
    tags: str
    summary: str | None
    text: str | None
    html: str | None
    author_rows: tuple[Author, ...] = ()
    tag_rows: tuple[Tag, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    code_blocks: tuple[CodeBlock, ...] = ()
    images: tuple[Image, ...] = ()
    embeds: tuple[Embed, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    bigrams: tuple[Bigrams, ...] = ()


class UnchangedArticle(NamedTuple):
    """An item whose content is what the database holds already; its HTML was not looked at.

    Its date still counts: the oldest entry of a document decides what was removed.
    """

    item_key: str
    content_sha256: str
    details_sha256: str
    published: datetime | None


class FlatFeed(NamedTuple):
    """A whole document, flattened."""

    feed_key: str
    format: str
    title: str | None
    site_url: str | None
    feed_url: str | None
    description: str | None
    language: str | None
    generator: str | None
    image_url: str | None
    updated: datetime | None
    key_policy: str
    articles: tuple[Article | UnchangedArticle, ...]
    skipped: tuple[str, ...] = ()
    """A line for every item that became no row of its own: byte-identical twins and the like."""
    left_out: tuple[str, ...] = ()
    """A word for every item that is no published article: `draft`."""
    shortened: tuple[str, ...] = ()
    """A line for everything beyond a limit that was left out of an item which is a row."""
    complete: bool = True
    cut_off: bool = False
    message: str | None = None
    ttl_seconds: int | None = None
    next_url: str | None = None

    @property
    def skipped_count(self) -> int:
        """How many items became no row."""
        return len(self.skipped) + len(self.left_out)
