"""Notes and entries of lists: the box that a reference means, and what it is called."""

import re
from itertools import islice

from feedsette.flattening.body.anchors import is_back_link
from feedsette.flattening.text.blocks import PARTING
from feedsette.markup import Element

LONGEST_TITLE = 300
"""Characters of an entry's title."""
# markdown-it numbers the second citation of a note 2:1
BRACKETED = re.compile(r"\s*[\[［]\s*(\d{1,3})(?::\d{1,2})?\s*[\]］]\s*")
BARE = re.compile(r"\s*+[(\[*※]?\s*+(\d{1,3})\s*+[)\].]?\s*+")
LINE_START = re.compile(
    r"\s*(?:[-*•·]\s*)?(?:[\[［](\d{1,3})[\]］]|\((\d{1,3})\)|(\d{1,3})[.):])\s*"
)
_STARRED = re.compile(r"[*※]\s?\d{1,3}\s*[:：.)]?\s*")
_BACK_SIGNS = r"[\s↩↵⤴⏎^︎️\u2191\u21a9]"
_BACK = re.compile(rf"(?<!{_BACK_SIGNS}){_BACK_SIGNS}++$")
NOTE_NAMES = (
    "li", "p", "div", "dd", "dt", "td", "tr", "table", "a", "span", "sup", "aside", "cite", "small",
)  # fmt: skip
"""Elements that bear the id of a note."""
_NOTE_BOXES = frozenset({"li", "p", "div", "dd", "td", "tr", "table", "aside"})


def note_of(element: Element) -> Element:
    """The box of a note whose target is only an anchor at its beginning, or its label."""
    box = element
    if element.name not in _NOTE_BOXES and element.name != "dt":
        box = next((e for e in islice(element.ancestors(), 3) if e.name in _NOTE_BOXES), element)
    parent = box.parent
    if parent is None or box.name not in {"dt", "td"}:
        return box
    if box.name == "td":
        return parent
    siblings = list(islice(parent.elements, 200))
    place = next((n for n, one in enumerate(siblings) if one is box), len(siblings))
    return next((one for one in siblings[place + 1 :] if one.name == "dd"), box)


def note_text(note: Element) -> str:
    """A note's words without its back links and its own number, be that in an element or not."""
    words: list[str] = []
    length = 0
    stack: list[Element | str] = [note]
    while stack and length < 4 * LONGEST_TITLE:
        node = stack.pop()
        if isinstance(node, str):
            words.append(node)
            length += len(node)
        elif not (node.name == "a" and _leads_back(node)) and (length or not _is_label(node)):
            if node.name in PARTING:
                words.append(" ")
                stack.append(" ")
            stack.extend(reversed(node.children))
    text = " ".join("".join(words).split())
    match = LINE_START.match(text) or _STARRED.match(text)
    return text[match.end() :] if match else text


def _is_label(element: Element) -> bool:
    """`<sup>1</sup>` or `<span>1</span>`, with nothing else in it."""
    match element.children:
        case [str(text)]:
            return element.name in {"sup", "span", "b"} and bool(BARE.fullmatch(text))
    return False


def _leads_back(link: Element) -> bool:
    if not link.attributes.get("href", "").strip().startswith("#"):
        return False
    if is_back_link(link):
        return True
    text = link.raw_text().strip()
    return len(text) <= 3 or bool(BRACKETED.fullmatch(text)) or not _BACK.sub("", text)


def entry_title(text: str) -> str | None:
    """A text as the title of an entry: without arrows and the stops around it, cut at a length."""
    text = _BACK.sub("", " ".join(text.split())).strip(" :–—-,;[(<").lstrip(".)]：、 ")
    if len(text) > LONGEST_TITLE:
        text = text[: LONGEST_TITLE - 1].rstrip() + "…"
    return text or None


def number_items(items: Element) -> dict[int, int]:
    """The number of each item of an ordered list, by id() of its element."""
    start = items.attribute("start") or "1"
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    rows = [child for child in items.elements if child.name == "li"]
    return {id(item): first + place for place, item in enumerate(rows)}
