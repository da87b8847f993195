"""Gutters: what holds nothing but the numbers of a listing's lines, by class, style or place."""

import re
from itertools import islice, pairwise

from feedsette.flattening.listings.signs import LOOK, UNSELECTABLE, bounded_text, signs_of
from feedsette.markup import Element

_NUMBER_ID = re.compile(r"lnum\d+")
"""Live Writer's, where a feed has lost the class."""
_NUMBERS = re.compile(r"[\s\d.:|+\-\u200b]*")


def is_gutter(element: Element) -> bool:
    """Whether an element inside a listing holds nothing but line numbers."""
    if _may_be_gutter(element):
        return _NUMBERS.fullmatch(bounded_text(element)) is not None
    return element.name == "td" and _starts_row(element) and _counts(element)


def _counts(cell: Element) -> bool:
    """Whether a cell holds nothing but line numbers, be each in a box of its own or all in one
    text: n, n + 1, n + 2 … or none at all.
    """
    texts = [node for node in islice(cell.descendants(), LOOK) if isinstance(node, str)]
    numbers = " ".join(texts).split()
    if not all(number.isdecimal() and len(number) < 7 for number in numbers):
        return False
    lines = [int(number) for number in numbers]
    return all(after == before + 1 for before, after in pairwise(lines))


def _may_be_gutter(element: Element) -> bool:
    attributes = element.attributes
    if not attributes:
        return False
    if "data-line-number" in attributes or _is_unselectable(element):
        return True
    if element.name == "a" and attributes.get("href", "").startswith("#"):
        return True
    signs = signs_of(element)
    if signs.gutter or (signs.counts and element.name != "span"):
        return True
    return "id" in attributes and _NUMBER_ID.fullmatch(attributes["id"]) is not None


def _is_unselectable(element: Element) -> bool:
    """Astro takes the signs of a diff out of the selection, too."""
    style = element.attributes.get("style")
    if not style or not UNSELECTABLE.search(style):
        return False
    return bounded_text(element).strip() not in {"+", "-"}


def _starts_row(cell: Element) -> bool:
    row = cell.parent
    if row is None or row.name != "tr":
        return False
    cells = list(islice(filter(_is_cell, row.elements), 2))
    return len(cells) == 2 and cells[0] is cell


def _is_cell(element: Element) -> bool:
    return element.name in {"td", "th"}
