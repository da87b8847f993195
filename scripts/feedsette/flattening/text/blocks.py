"""Which elements stand apart from the text around them, and by how much."""

import re

from feedsette.flattening.text.writers import Gap
from feedsette.markup import Element

TYPED = "typed-lines"
"""The box that typewriting.py puts lines of code into; no feed has such an element."""

_NAMES = {
    Gap.BLANK: "p blockquote ul ol dl table pre figure section article aside header footer main hr "
    "h1 h2 h3 h4 h5 h6 details fieldset form center address listing xmp",
    Gap.ROW: "tr",
    Gap.LINE: "div li dt dd figcaption caption summary legend thead tbody tfoot hgroup dir menu "
    f"nav noscript iframe video audio object search {TYPED}",
    Gap.CELL: "td th",
}
GAP_OF = {name: gap for gap, names in _NAMES.items() for name in names.split()}
"""The gap before and after an element; whatever is not here is inline."""

ITEMS = frozenset({"li", "td", "th", "dd", "dt", "ul", "ol", "figcaption", "summary"})
"""What already parts its content; paragraphs and lists in them need no blank line."""

PARTING = frozenset((*GAP_OF, "br"))
"""What stands between two words, where all stands on one line."""


_BLOCK = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid)\b", re.IGNORECASE)


def stands_as_block(element: Element) -> bool:
    """Whether a style makes a block of what is none by its name.

    Words flow around what floats: the first letter of a story, a picture.
    """
    style = element.attributes.get("style")
    return style is not None and bool(_BLOCK.search(style)) and "float" not in style.lower()


def words_of(element: Element, most: int) -> str:
    """The words among the first nodes inside, on one line; blocks and breaks part them."""
    words: list[str] = []
    stack: list[Element | str] = element.children[::-1]
    for _ in range(most):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            words.append(node)
            continue
        if node.name in PARTING:
            words.append(" ")
            stack.append(" ")
        stack.extend(reversed(node.children))
    return " ".join("".join(words).split())
