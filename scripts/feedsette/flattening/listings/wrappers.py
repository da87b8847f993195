"""A bounded look into an element: which listings it holds, and what stands beside them."""

from dataclasses import dataclass, field
from itertools import zip_longest

from feedsette.flattening.listings.captions import is_file_name, is_no_caption
from feedsette.flattening.listings.furniture import is_furniture
from feedsette.flattening.listings.gutters import is_gutter
from feedsette.flattening.listings.languages import is_no_language, label_name, words
from feedsette.flattening.listings.refusals import is_refused
from feedsette.flattening.listings.signs import (
    LOOK,
    bounded_text,
    holds,
    is_heading,
    label_of,
)
from feedsette.flattening.text.blocks import GAP_OF
from feedsette.markup import Element

PRES = frozenset({"pre", "listing", "xmp"})
PROSE = words(
    """
    h1 h2 h3 h4 h5 h6 ul blockquote iframe video audio
    """
)
_BOXES = frozenset({"div", "dd", "figure", "section"})
_BLANK = " \t\r\n\u00a0\u3000\u200b\ufeff"

_SHORT = 20
CROWD = 2000
"""Elements among more siblings than this are not asked: finding one's place costs time."""
DEPTH = 20
"""How deep a look goes; real listings begin within a dozen levels, hostile ones nest 20,000."""


def has_text(element: Element) -> bool:
    """Whether code begins within the first nodes, so that reading it cannot be in vain."""
    stack: list[tuple[Element | str, int]] = [(child, 1) for child in element.children[::-1]]
    for _ in range(LOOK * 5):
        if not stack:
            return False
        node, depth = stack.pop()
        if isinstance(node, str):
            if node.strip(_BLANK):
                return True
        elif depth < DEPTH and not is_furniture(node) and not is_gutter(node):
            stack.extend((child, depth + 1) for child in node.children[::-1])
    return False


@dataclass(slots=True)
class Inside:
    """What a bounded look into a wrapper found."""

    sources: list[Element] = field(default_factory=list)
    titles: list[str | Element] = field(default_factory=list)
    """Texts and headings that name the listing; read only once there is one."""
    names: list[str] = field(default_factory=list)
    """Texts that are a file's name: captions of a listing beside them, else code or prose."""
    codes: list[Element] = field(default_factory=list)
    """Code elements that share no paragraph with words: div.code > code, dd > code."""
    is_prose: bool = False
    """It holds text that is neither code nor caption."""
    is_whole: bool = True

    @property
    def captions(self) -> list[str]:
        """What names the listing, in words."""
        return [
            text
            for title in self.titles
            for text in ([title] if isinstance(title, str) else read_heading(title))
        ]

    def note(self, text: str) -> None:
        """Take a text outside of elements made for one; names of languages, files are no prose."""
        if text and len(text) <= _SHORT and label_name(text):
            self.titles.append(text)
        elif text and is_file_name(text):
            self.names.append(text)
        elif text and not is_no_caption(text):
            self.is_prose = True


def look_inside(wrapper: Element) -> Inside:
    """See at most LOOK nodes outside of listings, so that nested wrappers stay cheap."""
    inside = Inside()
    stack: list[tuple[Element | str, int]] = [(child, 1) for child in wrapper.children[::-1]]
    for _ in range(LOOK):
        if not stack:
            return inside
        node, depth = stack.pop()
        if isinstance(node, str):
            inside.note(node.strip())
        elif depth == DEPTH:
            break
        elif not _is_taken(node, inside):
            inside.is_prose = inside.is_prose or node.name in PROSE
            stack.extend((child, depth + 1) for child in node.children[::-1])
    inside.is_whole = False
    return inside


def _is_taken(node: Element, inside: Inside) -> bool:
    """Whether what is inside the node is accounted for: code, caption or furniture."""
    if node.name in PRES or node.name == "textarea":
        if not is_refused(node) and has_text(node):
            inside.sources.append(node)
        return True
    if is_furniture(node) or is_gutter(node):
        return True
    if node.name == "code" and node.parent is not None and node.parent.name in _BOXES:
        inside.codes.append(node)
        return True
    label = label_of(node)
    is_title = node.name == "dt" or is_heading(node)
    if label is None and is_title and not holds(node, PRES):
        inside.titles.append(node)
        return True
    if label is not None:
        inside.titles.append(label)
    return label is not None


def read_heading(heading: Element) -> list[str]:
    """The texts of a heading: its caption, and apart from it the language's name on a badge."""
    parts = [part for part in heading.children if not isinstance(part, str) or part.strip()]
    if len(parts) < 2 or len(parts) > LOOK or any(isinstance(part, str) for part in parts):
        return [_caption(heading)]
    texts = [text for part in parts if (text := _caption(part).strip())]
    badges = [text for text in texts if label_name(text) or is_no_language(text)]
    if len(badges) == len(texts):
        return badges
    return [*badges, " ".join(text for text in texts if text not in badges)]


def _caption(element: Element | str) -> str:
    """The visible text of a heading, without its buttons and links such as "view raw"."""
    words_found: list[str] = []
    stack: list[Element | str] = [element]
    for _ in range(LOOK):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            words_found.append(node)
        elif not is_furniture(node) and not (
            node.name == "a" and is_no_caption(bounded_text(node))
        ):
            for child, after in zip_longest(node.children[::-1], node.children[-2::-1]):
                stack.append(child)
                if isinstance(child, Element) and isinstance(after, Element):
                    stack.append(" ")
    return "".join(words_found)


def stands_alone(code: Element, siblings: list[Element | str]) -> bool:
    """Whether an element shares its line with nothing, between the blocks around it."""
    if len(siblings) > CROWD:
        return False
    place = next(n for n, sibling in enumerate(siblings) if sibling is code)
    before, after = siblings[:place][::-1], siblings[place + 1 :]
    return all(map(_is_bounded, (before, after)))


def _is_bounded(siblings: list[Element | str]) -> bool:
    for sibling in siblings:
        if isinstance(sibling, Element):
            return sibling.name in GAP_OF or sibling.name == "br"
        if sibling.strip():
            return False
    return True
