"""What an element's name, classes and attributes say about its part in a listing.

Classes are judged by word (gutter, copy, lang, title …), not by platform, and each distinct class
attribute only once: a listing has thousands of spans with a dozen of them.
"""

import re
from itertools import islice
from typing import NamedTuple

from feedsette.flattening.caches import remember
from feedsette.flattening.listings.captions import is_file_name
from feedsette.flattening.listings.languages import is_no_language, label_name, words
from feedsette.markup import Element

LOOK = 80
"""How many nodes a look that may end in "no" sees at most."""

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
_COUNT_CLASS = re.compile(r"(?:.*[-_])?nums?(?:[-_].*)?")
"""On a span it is rather a number of the program: highlight's `hl num`, HsColour's `hs-num`."""
UNSELECTABLE = re.compile(
    r"user-select\s*:\s*none|margin-right\s*:\s*0?\.4em|padding-left: 5px; padding-right: 5px"
)
"""Styles of line numbers: CSS of many, Chroma's, Pygments'."""
HIDDEN = re.compile(r"display\s*:\s*none")
_FURNITURE = re.compile(
    r"copy|copied|clipboard|tooltip|popup|sr-only|visually-hidden|screen-reader|expand-button"
)
_POPUP = re.compile(r"twoslash-(?:popup|meta)|codemirror-measure")
_UNSEEN = frozenset({"boring", "ttc"})
"""mdBook's lines and Doxygen's explanations."""
_PERMALINK = re.compile(r"anchor|headerlink|hash-link|permalink")
_LABEL = re.compile(r"(?:.*[-_])?lang(?:uage)?(?:[-_]?(?:label|name|tag|text))?")
_HEADING = re.compile(
    r"title|caption|file-?_?name|header|toolbar|label|code-?_?info|code-lang|src-name|[-_]head\b|"
    r"\b(?:bar|tools)\b"
)
_FILE_NAME = re.compile(r"(?:^|[\s_-])file[-_]?name(?:$|[\s_-])", re.IGNORECASE)
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
        popup=_POPUP.search(lowered) is not None or not _UNSEEN.isdisjoint(tokens),
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
    hidden = HIDDEN.search(style) or UNSELECTABLE.search(style)
    return not hidden and read_signs(classes) == NO_SIGNS


def bounded_text(element: Element) -> str:
    """The text among the first nodes inside."""
    return "".join(node for node in islice(element.descendants(), LOOK) if isinstance(node, str))


def holds(element: Element, names: frozenset[str]) -> bool:
    """Whether there is an element of these names among the first nodes inside."""
    nodes = islice(element.descendants(), LOOK)
    return any(not isinstance(node, str) and node.name in names for node in nodes)


def label_of(element: Element) -> str | None:
    """The text of an element that shows the language's name beside the code, else None."""
    if not signs_of(element).label:
        return None
    text = bounded_text(element).strip().strip("[](): ")
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
