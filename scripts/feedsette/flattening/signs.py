"""What an element's name, classes and attributes say about its part in a listing.

Classes are judged by word (gutter, copy, lang, title …), not by platform, and each distinct class
attribute only once: a listing has thousands of spans with a dozen of them.
"""

import re
from itertools import islice, pairwise
from typing import NamedTuple

from feedsette.flattening.caches import remember
from feedsette.flattening.captions import is_file_name
from feedsette.flattening.languages import is_no_language, label_name, words
from feedsette.markup import Element

LOOK = 80
"""How many nodes a look that may end in "no" sees at most."""

NEVER_CODE = words(
    """
    button svg script style template noscript select input img picture iframe audio video
    """
)
_LINE_CLASSES = words(
    """
    line code-line token-line highlight-line ec-line view-line cm-line codemirror-line
    crayon-line xtra gatsby-highlight-code-line code-block-line hljs-ln-line ltx_listingline
    """
)
_NUMBER_CLASS = re.compile(
    r"(?:.*[-_])?(?:gutters?|gutterelement|gl|lineno|linenos|linenr|linenodiv|line[-_]?num(?:ber)?s?|line[-_]?numbers"
    r"[-_]rows|lnt|lin|ln|lnum|blob-num|ln-n|rowno)(?:[-_].*)?"
)
_NUMBER_ID = re.compile(r"lnum\d+")
"""Live Writer's, where a feed has lost the class."""
_COUNT_CLASS = re.compile(r"(?:.*[-_])?nums?(?:[-_].*)?")
"""On a span it is rather a number of the program: highlight's `hl num`, HsColour's `hs-num`."""
_NUMBERS = re.compile(r"[\s\d.:|+\-\u200b]*")
_UNSELECTABLE = re.compile(
    r"user-select\s*:\s*none|margin-right\s*:\s*0?\.4em|padding-left: 5px; padding-right: 5px"
)
"""Styles of line numbers: CSS of many, Chroma's, Pygments'."""
_HIDDEN = re.compile(r"display\s*:\s*none")
_FURNITURE = re.compile(
    r"copy|copied|clipboard|tooltip|popup|sr-only|visually-hidden|screen-reader|expand-button"
)
_PERMALINK = re.compile(r"anchor|headerlink|hash-link|permalink")
_LABEL = re.compile(r"(?:.*[-_])?lang(?:uage)?(?:[-_](?:label|name|tag|text))?")
_HEADING = re.compile(
    r"title|caption|file-?_?name|header|toolbar|label|code-?_?info|code-lang|src-name|[-_]head\b|"
    r"\b(?:bar|tools)\b"
)
_FILE_NAME = re.compile(r"(?:^|[\s_-])file[-_]?name(?:$|[\s_-])", re.IGNORECASE)
_CHOICES = frozenset({"button", "tab", "tablist"})
"""Roles of what is there to choose by; a tab names what it opens, not the listing beside it."""
_PROMPT = re.compile(r"\s*+(?:In|Out)?\s*+\[[\d\s*]*+\]\s*+:?\s*+")
_SHOWY = frozenset({"data-clipboard-text", "download", "hidden"})
_SHORT = 40
_BADGE = 3
"""Characters of a link that is no code: `cs`."""
_COLOURING = frozenset({"class", "style"})


class Signs(NamedTuple):
    """What the words of one class attribute hint at."""

    gutter: bool
    counts: bool
    furniture: bool
    permalink: bool
    popup: bool
    """Not shown at first: explanations, and the lines that mdBook hides as boring."""
    prompt: bool
    label: bool
    heading: bool
    line: bool


@remember
def read_signs(classes: str) -> Signs:
    """The hints of a class attribute."""
    lowered = classes.lower()
    tokens = lowered.split()
    line = not _LINE_CLASSES.isdisjoint(tokens) and "token" not in tokens
    return Signs(
        gutter=any(map(_NUMBER_CLASS.fullmatch, tokens)) and not line,
        counts=any(map(_COUNT_CLASS.fullmatch, tokens)) and not line,
        furniture=_FURNITURE.search(lowered) is not None,
        permalink=_PERMALINK.search(lowered) is not None,
        popup="twoslash-popup" in lowered or "codemirror-measure" in lowered or "boring" in tokens,
        prompt="prompt" in lowered,
        label=any(map(_LABEL.fullmatch, tokens)),
        heading=_HEADING.search(lowered) is not None,
        line=line,
    )


NO_SIGNS = read_signs("")


def signs_of(element: Element) -> Signs:
    """The hints of an element's class attribute."""
    classes = element.attributes.get("class")
    return read_signs(classes) if classes else NO_SIGNS


def is_token(element: Element) -> bool:
    """Whether an element is nothing but a piece of code in a colour, as most in a listing are."""
    if element.name != "span" or len(element.children) != 1:
        return False
    attributes = element.attributes
    if not isinstance(element.children[0], str) or not attributes.keys() <= _COLOURING:
        return False
    return _hint_at_nothing(attributes.get("class", ""), attributes.get("style", ""))


@remember
def _hint_at_nothing(classes: str, style: str) -> bool:
    hidden = _HIDDEN.search(style) or _UNSELECTABLE.search(style)
    return not hidden and read_signs(classes) == NO_SIGNS


def bounded_text(element: Element) -> str:
    """The text among the first nodes inside."""
    return "".join(node for node in islice(element.descendants(), LOOK) if isinstance(node, str))


def holds(element: Element, names: frozenset[str]) -> bool:
    """Whether there is an element of these names among the first nodes inside."""
    nodes = islice(element.descendants(), LOOK)
    return any(not isinstance(node, str) and node.name in names for node in nodes)


def is_gutter(element: Element) -> bool:
    """Whether an element inside a listing holds nothing but line numbers."""
    if _may_be_gutter(element):
        return _NUMBERS.fullmatch(bounded_text(element)) is not None
    return element.name == "td" and _starts_row(element) and _counts(bounded_text(element))


def _counts(text: str) -> bool:
    """Whether a text is nothing but line numbers: n, n + 1, n + 2 … or none at all."""
    numbers = text.split()
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
    return _NUMBER_ID.fullmatch(attributes.get("id", "")) is not None


def _is_unselectable(element: Element) -> bool:
    """Astro takes the signs of a diff out of the selection, too."""
    if not _UNSELECTABLE.search(element.attributes.get("style", "")):
        return False
    return bounded_text(element).strip() not in {"+", "-"}


def _starts_row(cell: Element) -> bool:
    row = cell.parent
    if row is None or row.name != "tr":
        return False
    cells = list(islice((child for child in row.elements if child.name in {"td", "th"}), 2))
    return len(cells) == 2 and cells[0] is cell


def is_undisplayed(element: Element) -> bool:
    """Whether an attribute or its style hides an element."""
    attributes = element.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))


def is_furniture(element: Element) -> bool:
    """Whether an element beside or inside the code is only for show: buttons, tooltips …"""
    if element.name in NEVER_CODE:
        return True
    attributes = element.attributes
    if not attributes or element.name in {"pre", "code", "textarea"}:
        return False
    if _is_choice(element) or not _SHOWY.isdisjoint(attributes):
        return True
    if _HIDDEN.search(attributes.get("style", "")):
        return True
    if element.name == "td" and _is_badge(element):
        return True
    return _is_furniture_by_class(element, signs_of(element))


def _is_choice(element: Element) -> bool:
    if element.attributes.get("role") in _CHOICES:
        return True
    return element.name == "ul" and any(token.endswith("tabs") for token in element.classes)


def _is_badge(cell: Element) -> bool:
    """Whether a cell is a sign of the highlighter's maker, as Color Scripter leaves one."""
    if len(cell.children) > 3 or any(one.name != "a" for one in cell.elements):
        return False
    linked = any(one.attributes.get("href", "").startswith("http") for one in cell.elements)
    return linked and len(bounded_text(cell).strip()) <= _BADGE


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


def label_of(element: Element) -> str | None:
    """The text of an element that shows the language's name beside the code, else None."""
    if not signs_of(element).label:
        return None
    text = bounded_text(element).strip().strip("[]() ")
    return text if not text or label_name(text) or is_no_language(text) else None


def is_heading(element: Element) -> bool:
    """Whether an element is made for the name of a listing."""
    return element.name in {"figcaption", "caption", "header"} or signs_of(element).heading


def file_label(pre: Element) -> Element | None:
    """The element that begins a pre and names the file shown in it, as Pygments writes one."""
    for child in islice(pre.children, LOOK):
        text = child if isinstance(child, str) else bounded_text(child)
        if not text.strip():
            continue
        if isinstance(child, str) or not _FILE_NAME.search(child.attributes.get("class", "")):
            return None
        return child if is_file_name(text.strip()) else None
    return None
