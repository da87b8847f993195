"""Boxes within the box of a rendered listing, and the title that stands above its lines."""

from feedsette.flattening.listings.captions import LONGEST
from feedsette.flattening.listings.furniture import is_furniture
from feedsette.flattening.listings.languages import label_name
from feedsette.flattening.listings.signs import LOOK
from feedsette.markup import Element


def innermost(wrapper: Element) -> tuple[Element, list[str]]:
    """The box in a wrapper's boxes, which may name the language, and the title above its lines."""
    box = wrapper
    titles: list[str] = []
    for _ in range(LOOK):
        shown = [child for child in box.children[:LOOK] if _is_shown(child)]
        if len(shown) == 2 and (title := _title_over(*shown)):
            titles.append(title)
            del shown[0]
        elif len(shown) == 2 and _is_label_over(*shown):
            del shown[0]
        if len(shown) != 1 or isinstance(shown[0], str) or shown[0].name not in {"div", "section"}:
            break
        box = shown[0]
    return box, titles


def _title_over(above: Element | str, lines: Element | str) -> str | None:
    """The text of a box above the box of a list of lines, as Live Writer's snippets have it."""
    if isinstance(above, str) or isinstance(lines, str) or above.name != "div":
        return None
    first = next(lines.elements, None)
    if first is None or first.name != "ol" or any(above.elements):
        return None
    title = above.raw_text().strip()
    return title if len(title) <= LONGEST and "\n" not in title else None


def _is_label_over(above: Element | str, lines: Element | str) -> bool:
    """Whether a span beside a box only names the language, which a wrapper's titles hold."""
    if isinstance(above, str) or isinstance(lines, str) or lines.name != "div":
        return False
    return above.name == "span" and not any(above.elements) and bool(label_name(above.raw_text()))


def _is_shown(node: Element | str) -> bool:
    if isinstance(node, str):
        return bool(node.strip())
    return bool(node.children) and not is_furniture(node)
