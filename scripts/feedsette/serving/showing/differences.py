"""What an edit changed: two texts → paragraphs with the words that went and came."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from markupsafe import Markup

from feedsette.serving.memory import kept

MAX_WORK = 3_000_000
"""Steps of difflib for one edit, as `_work` bounds them: a quarter of a second.

Its time is cubic in what repeats: 600 times `a`, and then `a b`, took five seconds, and a feed may
hold a thousand such paragraphs, for which every visitor of the site would wait.
"""
MAX_KEPT = 2_000_000
"""Bytes of differences that are kept, ready to show."""

_DELETED = Markup("<del>{}</del>")
_INSERTED = Markup("<ins>{}</ins>")


@kept(MAX_KEPT)
def difference(before: str | None, after: str | None) -> Markup:
    """Show the paragraphs that differ, each with its words in `<del>` and `<ins>`, escaped."""
    old, new = _paragraphs(before), _paragraphs(after)
    if _work(old, new) > MAX_WORK:
        return Markup("<p>{}</p>").format("Too long to be compared.")
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in _changed(old, new))


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """Bound the steps that comparing takes: for every block found, all pairs of equals."""
    counts = Counter(new)
    return (len(old) + sum(counts[one] for one in old)) * min(len(old), len(new))


def _paragraphs(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Markup]:
    left = MAX_WORK
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if tag == "replace" and j - i == m - k:
            for before, after in zip(old[i:j], new[k:m], strict=True):
                words = before.split(), after.split()
                work = _work(*words)
                if work <= left:
                    left -= work
                    yield _words(*words)
                else:
                    yield Markup(" ").join((_DELETED.format(before), _INSERTED.format(after)))
            continue
        yield from (_DELETED.format(line) for line in old[i:j])
        yield from (_INSERTED.format(line) for line in new[k:m])


def _words(old: Sequence[str], new: Sequence[str]) -> Markup:
    parts: list[Markup | str] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(_shortened(old[i:j]))
            continue
        if j > i:
            parts.append(_DELETED.format(" ".join(old[i:j])))
        if m > k:
            parts.append(_INSERTED.format(" ".join(new[k:m])))
    return Markup(" ").join(parts)


def _shortened(words: Sequence[str]) -> str:
    if len(words) <= 24:
        return " ".join(words)
    return f"{' '.join(words[:12])} … {' '.join(words[-12:])}"
