"""Texts that hold several languages, of which a page shows one: `[:en]Cat[:de]Katze[:]`.

qTranslate and its heirs keep the languages of a WordPress site so, and some feeds give them so.
Older ones write `<!--:en-->Cat<!--:-->`.
"""

import re

_BRACKETED = re.compile(r"\[:([a-z]{2})?\]")
_COMMENTED = re.compile(r"<!--:([a-z]{2})?-->")
_BEGINNING = re.compile(r"(?:\s|<[^<>]{1,1000}>)*+\[:[a-z]{2}\](?! )")
"""Such a text begins with a mark: `params[:id]`, `words[:lo]` and `[:li "one"]` are code."""


def in_one_language(text: str, language: str | None) -> str:
    """What stands for a language, the feed's or else the first, and what stands for all."""
    if "<!--:" in text:
        mark = _COMMENTED
    elif "[:" in text and _BEGINNING.match(text):
        mark = _BRACKETED
    else:
        return text
    parts = _parts(text, mark)
    spoken = [tag for tag, _ in parts if tag]
    if len(parts) < 3 or not spoken:
        return text
    wanted = (language or "")[:2].lower()
    chosen = wanted if wanted in spoken else spoken[0]
    return "".join(words for tag, words in parts if tag in {"", chosen})


def _parts(text: str, mark: re.Pattern[str]) -> list[tuple[str, str]]:
    """The text cut at its marks, each part with its language; '' for all languages."""
    parts, tag, position = [], "", 0
    for found in mark.finditer(text):
        parts.append((tag, text[position : found.start()]))
        tag, position = found[1] or "", found.end()
    return [*parts, (tag, text[position:])]
