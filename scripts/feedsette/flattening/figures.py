"""The captions of pictures: what a figure, or a box that is one by its class, says beneath."""

from itertools import islice

from feedsette.flattening.blocks import words_of
from feedsette.flattening.candidates import NEAR
from feedsette.markup import Element

INSIDE = 250
"""How many nodes of a figure are looked at for its caption."""
_WORDS = 60
"""How many nodes of a caption are read: each of thousands of nested ones holds the rest."""
_BOXES = frozenset(
    {"wp-caption", "tr-caption-container", "figure", "imageblock", "gallery-item", "image-package"}
)
_CAPTIONS = frozenset(
    {"wp-caption-text", "tr-caption", "caption", "image-caption", "figure-caption", "title"}
)
"""WordPress, Blogger, pandoc and docutils, themes; AsciiDoctor calls it the title of the block."""


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
        return None


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
    return None
