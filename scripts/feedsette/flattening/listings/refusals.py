"""Which pre elements show no code: poems, letters, games, gutters, copies and names of files."""

import re
import unicodedata
from itertools import chain, filterfalse, islice

from feedsette.flattening.listings.captions import is_file_name
from feedsette.flattening.listings.furniture import is_push_button, is_undisplayed
from feedsette.flattening.listings.gutters import is_gutter
from feedsette.flattening.listings.looks import reads_as_prose
from feedsette.flattening.listings.signs import LOOK, bounded_text, holds
from feedsette.markup import Element

_NOT_CODE = re.compile(
    r"(?:wp-block-)?(?:verse|poem|poetry|lyrics)|enlighter-origin", re.IGNORECASE
)
_MAYBE_CODE = frozenset({"wp-block-preformatted", "preformatted", "preformatted-block"})
"""WordPress offers its writers this block beside its own for code; of 21 real ones 17 held code.
Substack's is made for poems."""
_NORMAL = re.compile(r"white-space\s*:\s*normal")
"""Rustdoc's notes: a pre whose lines are none."""
_DRAWN = frozenset({"So", "Sk", "Mn", "Cf"})
"""Emoji and what modifies them."""
_FILE_BOX = re.compile(r".*file-?_?name(?:-file)?", re.IGNORECASE)
_CODES = frozenset({"code"})


def is_refused(pre: Element) -> bool:
    """Poems and preformatted text; gutters; what a highlighter has copied and hidden."""
    if pre.attributes and (any(map(_NOT_CODE.fullmatch, pre.classes)) or is_gutter(pre)):
        return True
    if _names_a_file(pre) or _is_prose(pre) or _is_drawing(pre):
        return True
    above = list(islice(pre.ancestors(), 3))
    if any(is_gutter(one) or is_push_button(one) for one in above):
        return True
    return bool(pre.attributes) and _is_hidden(pre) and _is_copy(pre)


def _is_prose(pre: Element) -> bool:
    """Whether preformatted text is words, as poets and letter writers use it, too."""
    if _NORMAL.search(pre.attributes.get("style", "")):
        if any(isinstance(child, str) and child.strip() for child in pre.children[:LOOK]):
            return holds(pre, _CODES) or reads_as_prose(_lines(pre))
        return False
    around = pre.parent.classes if pre.parent else []
    if _MAYBE_CODE.isdisjoint([*pre.classes, *around]) or holds(pre, _CODES):
        return False
    return reads_as_prose(_lines(pre))


def _lines(pre: Element) -> str:
    nodes = islice(pre.descendants(), LOOK)
    return "".join(n if isinstance(n, str) else "\n" if n.name == "br" else "" for n in nodes)


def _is_drawing(pre: Element) -> bool:
    """Whether a pre without code holds emoji and nothing else: the result of a game."""
    texts = [node for node in islice(pre.descendants(), LOOK) if isinstance(node, str)]
    shown = filterfalse(str.isspace, chain.from_iterable(texts))
    signs = map(unicodedata.category, shown)
    if next(signs, None) != "So" or holds(pre, _CODES):
        return False
    return all(sign in _DRAWN for sign in signs)


def _is_copy(pre: Element) -> bool:
    """Whether another pre beside it shows the same: it is there for a button to copy."""
    beside = islice(pre.parent.descendants(), LOOK) if pre.parent else iter(())
    pres = [one for one in beside if isinstance(one, Element) and one.name == "pre"]
    words = pre.raw_text().split()
    return any(
        one.raw_text().split() == words for one in pres if one is not pre and not _is_hidden(one)
    )


def _is_hidden(pre: Element) -> bool:
    return is_undisplayed(pre) or "hidden" in pre.classes


def _names_a_file(pre: Element) -> bool:
    """Quarto writes the name of a file into a pre of its own."""
    classes = pre.parent.attributes.get("class", "") if pre.parent else ""
    if "name" not in classes.lower() or not any(map(_FILE_BOX.fullmatch, classes.split())):
        return False
    return is_file_name(bounded_text(pre).strip())
