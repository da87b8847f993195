"""The captions of pictures: what a figure, or a box that is one by its class, says beneath."""

import re
from itertools import islice, takewhile

from feedsette.flattening.pictures.candidates import NEAR
from feedsette.flattening.text.blocks import GAP_OF, words_of
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
_LINES = frozenset({"", "p", "div", "center", "td", "section", "article", "main"})
_LONGEST = 500
_FEW = 8
"""So many nodes have a picture and its caption at most: a hostile block holds thousands."""


class Captions:
    """Captions, read once for each figure: a hostile one holds thousands of pictures."""

    def __init__(self) -> None:
        self._known: dict[int, str | None] = {}
        self._places: dict[int, dict[int, int]] = {}
        """By id() of a box: where in it each child stands."""

    def of(self, element: Element) -> str | None:
        """The caption of the nearest figure around the element."""
        for box in islice(element.ancestors(), NEAR):
            if box.name == "figure" or not _BOXES.isdisjoint(box.classes):
                if id(box) not in self._known:
                    self._known[id(box)] = _caption(box)
                return self._known[id(box)]
        return self._beneath(_alone_around(element))

    def _beneath(self, part: Element) -> str | None:
        """What stands in slanted letters on the line below, where nothing else stands between the
        blocks around: Markdown has no captions, so `<p><img><br><em>Our owl</em></p>` is how people
        write them. Or what is called a caption there, and a figcaption whose figure was forgotten.
        """
        box = part.parent
        if box is None:
            return None
        after = self._behind(part, box)
        if isinstance(after, Element) and after.name == "figcaption":
            return words_of(after, _WORDS) or None
        if box.name not in _LINES:
            return None
        run = self._run_from(part, box)
        if len(run) < 2 or not isinstance(run[-1], Element):
            return None
        between, caption = run[1:-1], run[-1]
        breaks = [node for node in between if _is_break(node)]
        called = _is_called_caption(caption)
        if len(breaks) != len(_seen(between)) or not (called or caption.name in _SLANTED):
            return None
        below = called or breaks or any(isinstance(n, str) and "\n" in n for n in between)
        words = words_of(caption, _WORDS) if below else ""
        return words if 0 < len(words) <= _LONGEST else None

    def _place(self, part: Element, box: Element) -> int:
        if id(box) not in self._places:
            self._places[id(box)] = {id(child): n for n, child in enumerate(box.children)}
        return self._places[id(box)][id(part)]

    def _behind(self, part: Element, box: Element) -> Element | str | None:
        """What comes next in a box."""
        place = self._place(part, box)
        return next(iter(_seen(box.children[place + 1 : place + 3])), None)

    def _run_from(self, part: Element, box: Element) -> list[Element | str]:
        """What stands from a part of a box to the next block, but for breaks at the end; nothing
        of much, or where words stand between the block before and it.
        """
        place = self._place(part, box)
        before = box.children[max(0, place - _FEW) : place][::-1]
        if not all(map(_is_nothing, takewhile(_is_inline, before))):
            return []
        after = box.children[place : place + _FEW + 1]
        run = list(takewhile(lambda node: _is_inline(node) or _is_called_caption(node), after))
        while run and _is_nothing(run[-1]):
            run.pop()
        return run if len(run) <= _FEW else []


def _alone_around(picture: Element) -> Element:
    """The picture, or the outermost of what wraps it and nothing else on its line."""
    part = picture
    while part.parent is not None and part.parent.name in _AROUND and _parts(part.parent) == [part]:
        part = part.parent
    return part


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


def _parts(box: Element) -> list[Element | str]:
    """What a box holds but white space; nothing of one that holds much."""
    return _seen(box.children) if len(box.children) <= _FEW else []


def _seen(nodes: list[Element | str]) -> list[Element | str]:
    """Without white space that only lays out the page."""
    return [node for node in nodes if not isinstance(node, str) or node.strip()]


def _is_called_caption(node: Element | str) -> bool:
    return isinstance(node, Element) and bool(_CALLED.search(node.attributes.get("class", "")))


def _is_inline(node: Element | str) -> bool:
    return isinstance(node, str) or node.name not in GAP_OF


def _is_break(node: Element | str) -> bool:
    return isinstance(node, Element) and node.name == "br"


def _is_nothing(node: Element | str) -> bool:
    return not node.strip() if isinstance(node, str) else node.name == "br"
