"""Where inside a pre the code stands, apart from the labels and titles that some put into it."""

from itertools import islice

from feedsette.flattening.listings.captions import is_no_caption
from feedsette.flattening.listings.furniture import is_furniture
from feedsette.flattening.listings.languages import label_name
from feedsette.flattening.listings.lines import plain_text
from feedsette.flattening.listings.signs import LOOK, bounded_text, file_label, is_heading, label_of
from feedsette.flattening.listings.wrappers import read_heading
from feedsette.markup import Element


def find_core(pre: Element, codes: list[Element]) -> tuple[Element, list[str]]:
    """Where in a pre the code stands, and the labels beside it.

    That is its one code element, if only labels stand beside it.
    """
    return _find_among_parts(pre, codes) if plain_text(pre) is None else (pre, [])


def _find_among_parts(pre: Element, codes: list[Element]) -> tuple[Element, list[str]]:
    only = codes[0] if len(codes) == 1 else None
    labels: list[str] = []
    words: list[str] = []
    name = file_label(pre)
    stack: list[Element | str] = pre.children[::-1]
    for _ in range(LOOK):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            words += [node] if node.strip() else []
        elif label := label_of(node):
            labels.append(label)
        elif node is name or (_is_beside(node, only, pre) and is_heading(node)):
            labels += read_heading(node)
        elif node is not only and not is_furniture(node):
            stack.extend(reversed(node.children))
    if only is None or only.parent is pre or stack:
        return _alone_in(only) or _code_alone(only, pre) or pre, labels
    are_labels = all(label_name(text) or is_no_caption(text) for text in words)
    return (only, [*labels, *words]) if are_labels else (pre, labels)


def _code_alone(code: Element | None, pre: Element) -> Element | None:
    """The code element, if white space before it only lays out the page, or a link says "Run"."""
    if code is None or code.parent is not pre or not 1 < len(pre.children) < 6:
        return None
    others = [one for one in pre.children if one is not code]
    if not all(one.isspace() if isinstance(one, str) else _is_button(one) for one in others):
        return None
    laid_out = isinstance(pre.children[0], str)
    return code if laid_out or any(isinstance(one, Element) for one in others) else None


def _is_button(element: Element) -> bool:
    text = bounded_text(element)
    return is_no_caption(text) and any(map(str.isalpha, text))


def _alone_in(code: Element | None) -> Element | None:
    """The xmp that is all there is in a code element: Elementor lays out what is around it."""
    if code is None or len(code.children) > 3:
        return None
    parts = [part for part in code.children if not isinstance(part, str) or part.strip()]
    alone = parts[0] if len(parts) == 1 else ""
    return alone if isinstance(alone, Element) and alone.name == "xmp" else None


def _is_beside(node: Element, only: Element | None, pre: Element) -> bool:
    """Whether it stands in the pre as the one code element does, or as the box around that."""
    if only is None or node.parent is not pre:
        return False
    return node is not only and not any(box is node for box in islice(only.ancestors(), LOOK))
