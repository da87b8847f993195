"""An entry's tags: in order, no doubles, nothing that cannot be stored."""

from collections.abc import Iterable

from feedsette.parsing.texts import title_text


def unique_tags(
    terms: Iterable[str], *, split: bool = False, keywords: Iterable[str] = ()
) -> tuple[str, ...]:
    """Terms in order, then keywords; doubles go whatever their case.

    With `split` a term is a list with commas. WordPress escapes terms that stand in CDATA; Jekyll
    splits a list at its blanks and leaves the commas (`udp,`).
    `Uncategorized` is kept: it is what the author's program said, and a query can leave it out.
    """
    pieces = [piece for term in terms for piece in (term.split(",") if split else [term])]
    found: dict[str, str] = {}
    for piece in (*pieces, *keywords):
        tag = (title_text(piece, literal="&" not in piece) or "").rstrip(", ")
        if tag:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())
