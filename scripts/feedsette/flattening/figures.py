"""The captions of pictures: what a figure, or a box that is one by its class, says beneath."""

import re
from itertools import islice, pairwise

from feedsette.flattening.blocks import words_of
from feedsette.flattening.candidates import NEAR
from feedsette.markup import Element

INSIDE = 250
"""How many nodes of a figure are looked at for its caption."""
_WORDS = 60
"""How many nodes of a caption are read: each of thousands of nested ones holds the rest."""
_BOXES = frozenset(
    {"wp-caption", "tr-caption-container", "figure", "imageblock", "gallery-item", "image-package",
     "thumbnail"}
)  # fmt: skip
_CAPTIONS = frozenset(
    {"wp-caption-text", "tr-caption", "caption", "image-caption", "figure-caption", "title"}
)
"""WordPress, Blogger, pandoc and docutils, Bootstrap, themes; AsciiDoctor calls it the title of
the block."""
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:fig)?caption(?:$|[\s_-])|"
    r"(?:^|[\s_-])(?:img|image|photo|pic|picture)[_-]?(?:title|text|desc(?:ription)?)(?=$|\s)",
    re.IGNORECASE,
)
"""What themes call a line of their own beneath a picture: `img-title`, `post-image-caption`."""
_AROUND = frozenset({"a", "picture", "span"})
"""What may wrap a picture on its line."""
_SLANTED = frozenset({"em", "i", "small", "sub", "sup", "cite"})
_LINES = frozenset({"p", "div", "center", "td"})
_LONGEST = 500
_FEW = 8
"""So many nodes has a block of a picture and its caption at most: a hostile one holds thousands."""


class Captions:
    """Captions, read once for each figure: a hostile one holds thousands of pictures."""

    def __init__(self) -> None:
        self._known: dict[int, str | None] = {}

    def of(self, element: Element) -> str | None:
        """The caption of the nearest figure around the element."""
        for box in islice(element.ancestors(), NEAR):
            if box.name == "figure" or not _BOXES.isdisjoint(box.classes):
                if id(box) not in self._known:
                    self._known[id(box)] = _caption(box)
                return self._known[id(box)]
        return _beneath(element)


def _caption(box: Element) -> str | None:
    stack: list[Element | str] = box.children[::-1]
    for _ in range(INSIDE):
        if not stack:
            break
        node = stack.pop()
        # a figure inside has a caption of its own
        if isinstance(node, str) or node.name == "figure":
            continue
        stack.extend(reversed(node.children))
        if node.name == "figcaption" or not _CAPTIONS.isdisjoint(node.classes):
            return words_of(node, _WORDS) or None
        if "figure-number" in node.classes and node.parent is not None:  # Org
            return words_of(node.parent, _WORDS)
    return _bare_words(box) if box.name == "figure" else None


def _bare_words(figure: Element) -> str | None:
    """What stands in a figure behind its picture, outside of any element that says what it is."""
    parts = _parts(figure)
    if len(parts) != 2 or isinstance(parts[0], str) or not isinstance(parts[1], str):
        return None
    words = " ".join(parts[1].split())
    return words if len(words) <= _LONGEST else None


def _beneath(picture: Element) -> str | None:
    """What stands in slanted letters on the line below, where the block holds nothing else:
    Markdown has no captions, so `<p><img><br><em>Our owl</em></p>` is how people write them.
    Or what is called a caption there, and a figcaption whose figure was forgotten.
    """
    part = picture
    while part.parent is not None and part.parent.name in _AROUND and _parts(part.parent) == [part]:
        part = part.parent
    box = part.parent
    if box is None:
        return None
    parts = _parts(box)
    for one, after in pairwise(parts):
        if one is part and isinstance(after, Element) and after.name == "figcaption":
            return words_of(after, _WORDS) or None
    if box.name not in _LINES:
        return None
    if len(parts) < 2 or parts[0] is not part or not isinstance(parts[-1], Element):
        return None
    breaks = [node for node in parts[1:-1] if isinstance(node, Element) and node.name == "br"]
    called = _CALLED.search(parts[-1].attributes.get("class", "")) is not None
    if len(breaks) != len(parts) - 2 or not (called or parts[-1].name in _SLANTED):
        return None
    between = box.children[1:-1]
    below = called or breaks or any(isinstance(node, str) and "\n" in node for node in between)
    words = words_of(parts[-1], _WORDS) if below else ""
    return words if 0 < len(words) <= _LONGEST else None


def _parts(box: Element) -> list[Element | str]:
    """What a box holds but white space; nothing of one that holds much."""
    if len(box.children) > _FEW:
        return []
    return [node for node in box.children if not isinstance(node, str) or node.strip()]
