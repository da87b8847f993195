"""What a load says of a document that was not as it should be: one line, whatever was wrong.

Flaws of an item are told when it is written (new, or changed), so that a nightly refresh does not
repeat them; those of the document, and what was left out of it, whenever it is read.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from feedsette.rows import KEY_SEPARATOR, Article, FlatFeed
from feedsette.wording import quoted

NAMED = 10
"""How many skipped items, and how many shortened ones, are named; the rest is counted."""


def describe_flaws(flat: FlatFeed, written: Sequence[Article], repeated: int = 0) -> str | None:
    """All that was wrong with a document, and what was done about it; None if all was well.

    written: the articles that are new or have changed; repeated: how many items had the key of
    one before them.
    """
    lines = [flat.message] if flat.message else []
    lines += _left_out(flat.left_out)
    lines += _named(flat.skipped, "skipped")
    lines += _named(flat.shortened, "shortened")
    lines += [*_unusable_dates(written), *_repeated_guids(flat, written), *_nameless(written)]
    if repeated:
        lines.append(f"{repeated} items had the key of an earlier one")
    return "; ".join(lines) or None


def _left_out(words: Sequence[str]) -> Iterator[str]:
    """Count them: the title of a draft is its author's business."""
    if len(words) == 1:
        yield f"1 item is no published article and was left out ({words[0]})"
    elif words:
        counted = Counter(words).most_common(NAMED)  # feeds may invent any number of words
        what = ", ".join(f"{count} {word}" for word, count in counted)
        yield f"{len(words)} items are no published articles and were left out ({what})"


def _named(lines: tuple[str, ...], what: str) -> list[str]:
    more = len(lines) - NAMED
    return [*lines[:NAMED], *([f"{more} more were {what}"] if more > 0 else [])]


def _unusable_dates(written: Sequence[Article]) -> Iterator[str]:
    undated = [article for article in written if article.published_raw is not None]
    if undated:
        first = f"{_label(undated[0])}: {quoted(undated[0].published_raw or '')}"
        yield (
            f"1 date is unusable ({first}): it is kept in published_raw"
            if len(undated) == 1
            else f"{len(undated)} dates are unusable (first {first}): "
            "they are kept in published_raw"
        )


def _repeated_guids(flat: FlatFeed, written: Sequence[Article]) -> Iterator[str]:
    """Guids that tell no items apart; keys begin with them."""
    counts = Counter(map(_first_part, {article.item_key for article in flat.articles}))
    guids = {
        article.guid: count
        for article in written
        if article.guid and (count := counts[_first_part(article.item_key)]) > 1
    }
    if guids:
        guid, count = next(iter(guids.items()))
        first = f"{quoted(guid)} on {count} items"
        yield (
            f"a guid is repeated ({first})"
            if len(guids) == 1
            else f"{len(guids)} guids are repeated (first {first})"
        ) + ": the items are kept, told apart by link, date or content"


def _first_part(item_key: str) -> str:
    return item_key.partition(KEY_SEPARATOR)[0]


def _nameless(written: Sequence[Article]) -> Iterator[str]:
    found = [one for one in written if not (one.guid or one.url or one.title)]
    if found:
        first = _label(found[0])
        yield (
            f"1 item has no guid, link or title ({first}): it is kept, but an edit of it will "
            "look like a new item"
            if len(found) == 1
            else f"{len(found)} items have no guid, link or title (first {first}): they are kept, "
            "but an edit of one will look like a new item"
        )


def _label(article: Article) -> str:
    name = article.title or article.url or article.guid or article.text
    return quoted(name) if name else "without text"
