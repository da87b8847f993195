"""Line numbers that no class gives away: they are known by counting."""

import re
from itertools import islice

from feedsette.flattening.listings.languages import words
from feedsette.flattening.listings.signs import LOOK, signs_of
from feedsette.markup import Element

_NUMBER = re.compile(r"\s*+(\d{1,6})\s*+[:.|)]?\s*+")
_OF_A_LIST = ".．、)）"
"""What follows the numbers of a list that stands in a listing, outside their elements."""
_LITERALS = words("number hljs-number mi mf m il mb mh mo nu0 hs-num hl")
"""Classes of the numbers that a program itself holds (Prism, highlight.js, Pygments, GeSHi …)."""
_LINE_STARTS = words("br div p li tr td pre ol table tbody")


def line_numbers(source: Element) -> frozenset[int]:
    """The ids of the elements that number a listing's lines: alike, first on each, n, n + 1 …

    So do Hugo's and Pygments' inline styles, GNU source-highlight's fonts, Torchlight's spans. A
    list of numbers, which would vanish whole, numbers nothing.
    """
    first = _first(source)
    return _Count(first).read(source) if first else frozenset()


def boxed_numbers(source: Element) -> frozenset[int]:
    """The ids of the boxes that number a listing whose every line is a box of two: number, code.

    So do Expressive Code's in feeds that Astro's themes have cleaned of all classes.
    """
    only = source.children[0] if len(source.children) == 1 else source
    box = only if isinstance(only, Element) and only.name == "code" else source
    numbers: list[Element] = []
    following: int | None = None
    for line in box.children:
        if isinstance(line, str) and line.isspace():
            continue
        beside = _beside_code(line)
        number = _number(beside) if beside else None
        if beside is None or number is None or following not in {None, number}:
            return frozenset()
        following = number + 1
        numbers.append(beside)
    return frozenset(map(id, numbers))


def numbers_listing(box: Element) -> bool:
    """Whether a box counts the lines of the listing before it, and both are all there is.

    So does VuePress's in feeds whose plugin has taken out all classes.
    """
    row = box.parent
    if row is None or len(row.children) > 3 or row.children[-1] is not box:
        return False
    listing = row.children[0]
    return not isinstance(listing, str) and listing.name == "pre" and _counts_from_one(box)


def _counts_from_one(box: Element) -> bool:
    count = 0
    for node in box.children:
        match node:
            case Element(name="span", children=[str(number)]) if number == str(count + 1):
                count += 1
            case Element(name="br"):
                pass
            case str(blank) if blank.isspace():
                pass
            case _:
                return False
    return count > 0


def _beside_code(line: Element | str) -> Element | None:
    match line:
        case Element(
            name="div",
            children=[
                Element(name="div", children=[Element(name="div") as number]),
                Element(name="div"),
            ],
        ):
            return number
    return None


def _first(source: Element) -> Element | None:
    """The element with the first text of a listing, if it is a number."""
    for node in islice(source.descendants(), LOOK):
        if isinstance(node, str):
            if node.strip():
                return None
        elif _number(node) is not None:
            return node if _may_number(node) else None
    return None


def _may_number(element: Element) -> bool:
    """Padding is for numbers of lines, not for those of a program."""
    padded = any(isinstance(part, str) and part != part.strip() for part in element.children)
    return bool(element.attributes) and (padded or _LITERALS.isdisjoint(element.classes))


def _number(element: Element) -> int | None:
    """The number that is all there is in an element, beside empty anchors."""
    if len(element.children) > 3:  # asked first: a listing has thousands
        return None
    texts = [part for part in element.children if isinstance(part, str) and part.strip()]
    if len(texts) != 1 or any(one.children for one in element.elements):
        return None
    match = _NUMBER.fullmatch(texts[0])
    return int(match[1]) if match else None


class _Count:
    """A count of the lines of a listing, which ends at the first without the next number."""

    def __init__(self, first: Element) -> None:
        self._look = _looks(first)
        self._numbers: list[Element] = []
        self._next: int | None = None
        self._at_start = True
        self._has_code = False
        self._after_number = False
        self._is_list = True

    def read(self, source: Element) -> frozenset[int]:
        nodes = source.descendants()
        for node in nodes:
            if isinstance(node, str):
                if not self._take_text(node):
                    return frozenset()
            elif node.name in _LINE_STARTS or signs_of(node).line:
                self._at_start = True
            elif self._at_start and _looks(node) == self._look:
                if not self._take_number(node):
                    return frozenset()
                for _ in node.children:
                    next(nodes)
        enough = len(self._numbers) > 1 and self._has_code and not self._is_list
        return frozenset(map(id, self._numbers)) if enough else frozenset()

    def _take_text(self, text: str) -> bool:
        first, *others = text.split("\n")
        if (self._at_start and first.strip()) or any(map(str.strip, others)):
            return False
        self._has_code = self._has_code or not text.isspace()
        if self._after_number:
            self._is_list = self._is_list and text.startswith(tuple(_OF_A_LIST))
            self._after_number = False
        self._at_start = self._at_start or bool(others)
        return True

    def _take_number(self, element: Element) -> bool:
        number = _number(element)
        if number is None or self._next not in {None, number}:
            return False
        self._next = number + 1
        self._numbers.append(element)
        self._at_start = False
        self._after_number = True
        return True


def _looks(element: Element) -> tuple[str | None, ...]:
    attributes = element.attributes
    return (element.name, *map(attributes.get, ("class", "style", "color")))
