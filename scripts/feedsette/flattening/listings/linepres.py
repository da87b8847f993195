"""Listings of which every line is a pre: which pre elements belong to one."""

from itertools import islice

from feedsette.flattening.listings.forms import NESTING, is_wrapper
from feedsette.flattening.listings.gutters import is_gutter
from feedsette.markup import Element


def lines_of(wrapper: Element) -> list[Element]:
    """The pre elements that are a line of one listing each, or none.

    So do Visual Studio's div.csharpcode and some themes of Hexo (numbered or striped or in a cell),
    GeSHi in its lists and Rouge in its table of lines.
    """
    if not is_wrapper(wrapper):
        return []
    box = _innermost(wrapper)
    first = next(box.elements, None)
    if first is None or first.name not in {"pre", "li", "tr"}:
        return []
    children = [node for node in box.children if not _is_empty(node)]
    if len(children) < 2 or any(isinstance(child, str) for child in children):
        return []
    pres = _pres_alone([child for child in children if isinstance(child, Element)])
    if not pres or not (first.name != "pre" or _is_ruled(pres, wrapper)):
        return []
    return [] if any("\n" in pre.raw_text().strip() for pre in pres) else pres


def _is_empty(node: Element | str) -> bool:
    """White space between lines, also what editors make a paragraph of (Live Writer's CRLF)."""
    if isinstance(node, str):
        return not node.strip()
    if node.name not in {"p", "br"}:
        return False
    return all(isinstance(child, str) and not child.strip() for child in node.children)


def _innermost(wrapper: Element) -> Element:
    """The list or body of the table that is all there is in a wrapper, else the wrapper."""
    box = wrapper
    for _ in range(NESTING):
        only = _only_element(box)
        if only is None or only.name not in {"ol", "ul", "table", "tbody", "div"}:
            break
        box = only
    return box


def _pres_alone(lines: list[Element]) -> list[Element]:
    """Each line itself, if it is a pre, or the one pre that it holds beside its number; or none.

    The pres of lists are marked as lines, all alike: a list of steps has commands without a class.
    """
    if all(line.name == "pre" for line in lines):
        return lines
    pres = [pre for line in lines if (pre := _pre_in(line))]
    looks = {(pre.attributes.get("class"), pre.attributes.get("style")) for pre in pres}
    return pres if len(pres) == len(lines) and len(looks) == 1 else []


def _pre_in(line: Element) -> Element | None:
    """The pre that is all there is in an item or row but for its number."""
    cells = [line] if line.name == "li" else list(islice(line.elements, 3))
    if not cells or not all(map(is_gutter, cells[:-1])):
        return None
    inner: Element | None = cells[-1]
    for _ in range(NESTING):
        if inner is None or inner.name == "pre":
            break
        inner = _only_element(inner)
    if inner is None or inner.name != "pre":
        return None
    return inner if line.name == "tr" or inner.attributes else None


def _only_element(box: Element) -> Element | None:
    """The element that is all there is in another."""
    if len(box.children) > 5:  # an element, a caption, and blanks around them
        return None
    parts = [part for part in box.children if not _is_beside(part)]
    return parts[0] if len(parts) == 1 and isinstance(parts[0], Element) else None


def _is_beside(node: Element | str) -> bool:
    return not node.strip() if isinstance(node, str) else node.name == "figcaption"


def _is_ruled(pres: list[Element], wrapper: Element) -> bool:
    striped = any("alt" in pre.classes for pre in pres)
    return striped or wrapper.name == "td" or any(map(is_gutter, islice(pres[0].elements, 1)))
