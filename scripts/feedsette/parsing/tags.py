"""An entry's tags: in order, no doubles, nothing that cannot be stored."""

from collections.abc import Iterable
from typing import Any

from feedsette.parsing.texts import title_text

LABEL_FIRST = ("label", "term")
"""A category's label is meant to be shown (RFC 4287 §4.2.2.3)."""


def unique_tags(
    terms: Iterable[str], *, split: bool = False, keywords: Iterable[str] = ()
) -> tuple[str, ...]:
    """Terms in order, then keywords; doubles go whatever their case.

    With `split` a term is a list with commas. WordPress escapes terms that stand in CDATA; Jekyll
    splits a list at its blanks and leaves the commas (`udp,`).
    Quotes around all of it come from lists that were meant for another program than read them.
    `Uncategorized` is kept: it is what the author's program said, and a query can leave it out.
    """
    pieces = [piece for term in terms for piece in (term.split(",") if split else [term])]
    found: dict[str, str] = {}
    for piece in (*pieces, *keywords):
        tag = (title_text(piece, literal="&" not in piece) or "").rstrip(", ")
        if tag[:1] == tag[-1:] == '"' and tag.count('"') == 2:
            tag = tag[1:-1].strip()
        if tag:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def naming_parts(entries: Iterable[dict[str, Any]]) -> tuple[str, str]:
    """Which part of the feed's categories is their name, and which stands in for it.

    One term of two labels and one label of two terms are kinds and values, of which the value is
    the tag: `<category label="Magnitude" term="Magnitude 2"/>`, as the USGS writes them.
    """
    pairs = {
        (tag["label"], tag.get("term"))
        for entry in entries
        for tag in entry.get("tags") or ()
        if tag.get("label")
    }
    labels, terms = {label for label, _ in pairs}, {term for _, term in pairs}
    return ("term", "label") if len(pairs) > max(len(labels), len(terms)) else LABEL_FIRST
