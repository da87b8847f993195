"""The title that stands just before a listing, in an element of its own.

gatsby-remark-code-titles, remark-code-titles and the like write `<div class="…code-title">` as the
listing's sibling. Words in bold before a listing are prose, and stay so.
"""

import re
from itertools import islice

from feedsette.flattening.listings.wrappers import CROWD, read_heading
from feedsette.markup import Element

_TITLE = re.compile(
    r"(?:\S*[-_])?(?:code|listing|snippet|fence)(?:-?block)?[-_]*"
    r"(?:title|file-?name|caption|header|label)(?:_\w{4,8})?"  # what CSS modules add
    r"|file-?name|codeblock-?label",
    re.IGNORECASE,
)
_HOLDERS = frozenset({"div", "p", "span", "figcaption", "h6"})


def title_before(listing: Element) -> list[str] | None:
    """The texts of the title before a listing, or before the wrappers that begin with it."""
    element = listing
    for _ in range(3):
        before = _before(element)
        if before is not None or element.parent is None or not element.parent.name:
            break
        element = element.parent
    if isinstance(before, Element) and _is_title(before):
        return read_heading(before)
    return None


def _before(element: Element) -> Element | str | None:
    """The sibling before an element; None if it is the first."""
    siblings = element.parent.children if element.parent else []
    if len(siblings) > CROWD:
        return ""
    found: Element | str | None = None
    for sibling in siblings:
        if sibling is element:
            return found
        if not isinstance(sibling, str) or sibling.strip():
            found = sibling
    return None


def _is_title(element: Element) -> bool:
    if element.name not in _HOLDERS:
        return False
    if any(map(_TITLE.fullmatch, element.classes)):
        return not any(not isinstance(n, str) and n.name == "pre" for n in _few(element))
    children = [child for child in element.children if not isinstance(child, str) or child.strip()]
    return len(children) == 1 and isinstance(children[0], Element) and _is_title_span(children[0])


def _is_title_span(element: Element) -> bool:
    return element.name == "span" and any(map(_TITLE.fullmatch, element.classes))


def _few(element: Element) -> list[Element | str]:
    return list(islice(element.descendants(), 20))
