"""Kinds of values that feedparser works with as with its own, which take it most of its time."""

import re
from typing import Any, Self

from feedsette.parsing.xml.elements import Raw

_C1 = re.compile("[\x80-\x9f]")
_NAMES = {
    "copyright": "rights",
    "copyright_detail": "rights_detail",
    "date": "updated",
    "description": "summary",
    "description_detail": "summary_detail",
    "guid": "id",
    "issued": "published",
    "modified": "updated",
    "tagline": "subtitle",
    "tagline_detail": "subtitle_detail",
    "url": "href",
}
"""What elder names mean (feedparser.FeedParserDict.keymap)."""
_KINDS: dict[str, type] = {
    **dict.fromkeys(
        ("authors", "content", "keywords", "links", "media_content", "media_thumbnail", "pictures",
         "tags"),
        list,
    ),
    **dict.fromkeys(
        ("dc_description_detail", "generator_detail", "image", "itunes_summary_detail",
         "media_description_detail", "source", "subtitle_detail", "summary_detail", "textinput",
         "title_detail", "wp_names"),
        dict,
    ),
}  # fmt: skip
"""Of what is no text."""


class RawText(str):
    """A text that feedparser's passes for mistaken encodings spare if nothing is to be mended.

    They cost a third of the whole parse of a feed that holds one typographic quote.
    """

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> Any:
        """As Latin-1, to be read as UTF-8; ASCII, which is the same in both, stays what it is."""
        return self if self.isascii() else super().encode(encoding, errors)

    def decode(self, _: str) -> Self:
        """What encode gave."""
        return self

    def translate(self, table: Any) -> str:
        """Map C1 controls to what their authors meant; as plain str."""
        return str(self) if self.isascii() or not _C1.search(self) else super().translate(table)


class RawItem(Raw):
    """What a feed or an item says.

    As feedparser's dictionary it takes elder names for those that they mean, but it is asked for no
    elder ones. And no element can put its text where a list is kept: `<links>`.
    """

    def __setitem__(self, name: str, value: Any) -> None:
        name = _NAMES.get(name, name)
        if isinstance(value, _KINDS.get(name, object)):
            super().__setitem__(name, value)

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


class RawParams(Raw):
    """What there is to know of a text. feedparser copies it deeply, though it holds only texts."""

    def __deepcopy__(self, _: Any) -> Raw:
        return dict(self)
