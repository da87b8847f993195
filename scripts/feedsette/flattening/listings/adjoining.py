"""Listings that are several pre elements in a row: every line one, or a new one at a blank line.

Two such elements may be two listings (a command and what it prints), so they are joined only where
the second cannot stand alone. Those that hold a code element are left: generators make one a
listing.
"""

import re
from collections.abc import Iterable

from feedsette.flattening.listings.forms import is_wrapper
from feedsette.markup import Element

_ADJOINING = re.compile(r"</pre>\s*+<pre", re.IGNORECASE)
_CLOSING = frozenset("})];,")
_CLOSES = re.compile(r"^[ \t]*+[)\]]*+\}", re.MULTILINE)
"""A line that begins with a brace ends a block; amid a line it may be words on braces."""
_MANY = 3
"""So many lines in a row may be a listing; two are rather two commands."""
Node = Element | str


def join_adjoining(root: Element, html: str) -> None:
    """Join what belongs together in a fresh tree; `html` is what it was made of."""
    if not _ADJOINING.search(html):
        return
    for parent in {id(pre.parent): pre.parent for pre in root.find_all("pre")}.values():
        if parent is not None and not is_wrapper(parent):  # linepres.py knows the lines of a box
            parent.children = [node for run in _runs(parent.children) for node in _joined(run)]


def _runs(nodes: Iterable[Node]) -> list[list[Node]]:
    """The nodes, those pre elements together that nothing parts and that look alike."""
    runs: list[list[Node]] = []
    look: dict[str, str] | None = None
    """The attributes that a pre must have to belong to the last run."""
    for node in nodes:
        is_blank = isinstance(node, str) and not node.strip()
        attributes = None if isinstance(node, str) else _look_of(node)
        if look is not None and (is_blank or attributes == look):
            runs[-1].append(node)
        else:
            runs.append([node])
            look = attributes
    return runs


def _look_of(node: Element) -> dict[str, str] | None:
    """The attributes of a pre that holds no code element."""
    if node.name != "pre" or any(child.name == "code" for child in node.elements):
        return None
    return node.attributes


def _joined(run: list[Node]) -> list[Node]:
    pres = [node for node in run if isinstance(node, Element)]
    if len(pres) < 2:
        return run
    texts = [_text(pre) for pre in pres]
    if len(pres) >= _MANY and _are_lines(texts):
        _append(pres[0], pres[1:], "\n")
        return [pres[0]]
    done = [pres[0]]
    depth = _depth(texts[0])
    for pre, text in zip(pres[1:], texts[1:], strict=True):
        if depth > 0 > _depth(text) and _CLOSES.search(text):
            _append(done[-1], [pre], "\n\n")
            depth += _depth(text)
        else:
            done.append(pre)
            depth = _depth(text)
    return [*done]


def _are_lines(texts: list[str]) -> bool:
    """Whether all are one line, and one of them is no line to begin with: deeper or a bracket."""
    if any("\n" in text.strip() for text in texts):
        return False
    edge = _indent(texts[0])
    return any(_indent(text) > edge or (text and _CLOSING.issuperset(text)) for text in texts[1:])


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _depth(text: str) -> int:
    """How many braces are left open, or below zero closed that were not opened."""
    return text.count("{") - text.count("}")


def _append(pre: Element, others: Iterable[Element], gap: str) -> None:
    for other in others:
        for child in other.elements:
            child.parent = pre
        pre.children += [gap, *other.children]


def _text(pre: Element) -> str:
    nodes = pre.descendants()
    text = "".join(n if isinstance(n, str) else "\n" if n.name == "br" else "" for n in nodes)
    return text.strip("\r\n")
