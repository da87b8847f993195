"""What beside or inside code is only for show: buttons, tooltips, prompts, badges."""

import re
from itertools import islice

from feedsette.flattening.listings.languages import words
from feedsette.flattening.listings.signs import HIDDEN, LOOK, Signs, bounded_text, signs_of
from feedsette.markup import Element

NEVER_CODE = words(
    """
    button svg script style template noscript select input img picture iframe audio video
    """
)
_CHOICES = frozenset({"tab", "tablist", "tooltip"})
"""Roles of what is there to choose by or to explain.

A tab names what it opens, not the listing beside it.
"""
_PROMPT = re.compile(r"\s*+(?:In|Out)?\s*+\[[\d\s*]*+\]\s*+:?\s*+")
_SHOWY = frozenset({"data-clipboard-text", "download", "hidden"})
_SHORT = 40
_BYLINE = 120
_OWN = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "pre", "code", "blockquote", "ul", "ol"})
"""What makes a header more than a byline."""
_DATE = (
    r"\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?|\d{1,2}[-/.] ?\d{1,2}[-/.] ?\d{4}"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?,? (?:de )?\d{4}|[^\W\d_]{3,12}\.? \d{1,2},? \d{4}"
)
_WHEN = r"(?:(?:on|am|le|el|op) )?"
_WHO = r"(?:(?:by|von|par|por|de|di|door|av|af) [^,|·—]{3,40}[,|·—]? ?)?"
_CREDIT = re.compile(
    rf"(?!{_WHEN}(?:{_DATE})\.?\Z)"
    r"(?:(?:posted|published|written|(?:last )?updated|veröffentlicht|publié) )?"
    rf"{_WHO}{_WHEN}(?:{_DATE})(?: ?[,|·•—-] ?\d{{1,3}} min(?:utes?)?(?: read)?)?\.?",
    re.IGNORECASE,
)
"""A date with who wrote it before, or how long it takes to read behind.

A date alone may be a day of a diary, of a concert or of a release.
"""
_FAR = 6
"""Boxes in boxes that may begin with a byline."""
_MAY_BE_BADGE = frozenset({"td", "div"})
_BADGE = 3
"""Characters of a link that is no code: `cs`."""


def is_undisplayed(element: Element) -> bool:
    """Whether an attribute or its style hides an element."""
    attributes = element.attributes
    return "hidden" in attributes or bool(HIDDEN.search(attributes.get("style", "")))


def is_furniture(element: Element) -> bool:
    """Whether an element beside or inside the code is only for show: buttons, tooltips …"""
    if element.name in NEVER_CODE:
        return True
    attributes = element.attributes
    if not attributes or element.name in {"pre", "code", "textarea"}:
        return False
    if _is_choice(element) or not _SHOWY.isdisjoint(attributes):
        return True
    if HIDDEN.search(attributes.get("style", "")):
        return True
    if element.name in _MAY_BE_BADGE and _is_badge(element):
        return True
    return _is_furniture_by_class(element, signs_of(element))


def is_push_button(element: Element) -> bool:
    """Whether an element's role is a button's, and it holds no more than a button's words.

    Habr gives the role to the whole box of what a reader unfolds: its title, text and code.
    """
    if element.attributes.get("role") != "button":
        return False
    return element.name != "div" or _is_short(element)


def is_byline(header: Element) -> bool:
    """Whether a header says no more than who wrote and when, which the feed says itself.

    A date in a time element, and beside it a few words; or, before all else, nothing but a date and
    a credit. A heading is the article's own.
    """
    inside = list(islice(header.descendants(), LOOK))
    names = {node.name for node in inside if not isinstance(node, str)}
    if len(inside) == LOOK or not names.isdisjoint(_OWN):
        return False
    text = " ".join(" ".join(node for node in inside if isinstance(node, str)).split())
    if len(text) > _BYLINE:
        return False
    return "time" in names or (bool(_CREDIT.fullmatch(text)) and _comes_first(header))


def _comes_first(element: Element) -> bool:
    """Whether nothing stands before an element in the article: in its boxes, and they in theirs."""
    for _ in range(_FAR):
        box = element.parent
        if box is None:
            return True
        first = next((n for n in box.children if not isinstance(n, str) or n.strip()), None)
        if first is not element or box.name == "blockquote":
            return False
        element = box
    return False


def _is_choice(element: Element) -> bool:
    if element.attributes.get("role") in _CHOICES or is_push_button(element):
        return True
    return element.name == "ul" and any(token.endswith("tabs") for token in element.classes)


def _is_badge(box: Element) -> bool:
    """Whether a box is a sign of the highlighter's maker, as Color Scripter leaves two: `cs` in a
    cell, and its name below the lines.
    """
    if len(box.children) > 3 or any(one.name != "a" for one in box.elements):
        return False
    hrefs = [one.attributes.get("href", "") for one in box.elements]
    if box.name != "td":
        return any("//colorscripter.com/" in href for href in hrefs)
    linked = any(href.startswith("http") for href in hrefs)
    return linked and len(bounded_text(box).strip()) <= _BADGE


def _is_furniture_by_class(element: Element, signs: Signs) -> bool:
    if signs.popup:
        return True
    if signs.permalink and element.name == "a":
        return len(bounded_text(element).strip()) <= 1
    if signs.prompt and _PROMPT.fullmatch(bounded_text(element)):
        return True
    return signs.furniture and _is_short(element)


def _is_short(element: Element) -> bool:
    """Whether an element holds a few words on one line and no code."""
    nodes = list(islice(element.descendants(), LOOK))
    if any(not isinstance(node, str) and node.name in {"pre", "code"} for node in nodes):
        return False
    text = "".join(node for node in nodes if isinstance(node, str)).strip()
    return len(text) <= _SHORT and "\n" not in text
