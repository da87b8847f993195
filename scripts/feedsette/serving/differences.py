"""What an edit changed: two texts → paragraphs with the words that went and came."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from markupsafe import Markup

MAX_PARAGRAPHS = 800
MAX_WORDS = 600
"""difflib takes quadratic time; beyond these a paragraph is shown as replaced as a whole."""

_DELETED = Markup("<del>{}</del>")
_INSERTED = Markup("<ins>{}</ins>")


def difference(before: str | None, after: str | None) -> list[Markup]:
    """Show the paragraphs that differ, each with its words in `<del>` and `<ins>`, escaped."""
    old, new = _paragraphs(before), _paragraphs(after)
    if len(old) > MAX_PARAGRAPHS or len(new) > MAX_PARAGRAPHS:
        return [Markup("<p>{}</p>").format("Too long to be compared.")]
    return [Markup("<p>{}</p>").format(part) for part in _changed(old, new)]


def _paragraphs(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Markup]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if tag == "replace" and j - i == m - k:
            yield from (_words(a, b) for a, b in zip(old[i:j], new[k:m], strict=True))
            continue
        yield from (_DELETED.format(line) for line in old[i:j])
        yield from (_INSERTED.format(line) for line in new[k:m])


def _words(before: str, after: str) -> Markup:
    old, new = before.split(), after.split()
    if max(len(old), len(new)) > MAX_WORDS:
        return Markup(" ").join((_DELETED.format(before), _INSERTED.format(after)))
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
