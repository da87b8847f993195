"""Texts that hold several languages, of which a page shows one: `[:en]Cat[:de]Katze[:]`.

qTranslate and its heirs keep the languages of a WordPress site so, and some feeds give them so.
Older ones write `<!--:en-->Cat<!--:-->`.
"""

import re

_MARK = re.compile(r"\[:([a-z]{2})?\]|<!--:([a-z]{2})?-->")


def in_one_language(text: str, language: str | None) -> str:
    """What stands for a language, the feed's or else the first, and what stands for all."""
    if "[:" not in text and "<!--:" not in text:
        return text
    parts = _parts(text)
    spoken = [tag for tag, _ in parts if tag]
    if len(parts) < 3 or not spoken:
        return text
    wanted = (language or "")[:2].lower()
    chosen = wanted if wanted in spoken else spoken[0]
    return "".join(words for tag, words in parts if tag in {"", chosen})


def _parts(text: str) -> list[tuple[str, str]]:
    """The text cut at its marks, each part with its language; '' for all languages."""
    parts, tag, position = [], "", 0
    for mark in _MARK.finditer(text):
        parts.append((tag, text[position : mark.start()]))
        tag, position = mark[1] or mark[2] or "", mark.end()
    return [*parts, (tag, text[position:])]
