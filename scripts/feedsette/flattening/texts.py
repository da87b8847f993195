"""Plain text: which characters stay, how white space folds, how words are counted."""

import re
from functools import lru_cache
from itertools import filterfalse
from math import ceil

_DROPPED = re.compile(
    # C0 and C1 controls but tab, line feed, form feed, carriage return and next line (white space);
    # soft hyphen; zero-width space, word joiner and BOM (Docusaurus puts them into headings); half
    # surrogates and non-characters, which SQLite and CSV cannot hold. U+200C and U+200D stay:
    # Persian and emoji need them.
    "[\x00-\x08\x0b\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]"
)
_CJK = re.compile(
    "[\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U000323af]"
)
_WORD = re.compile(r"\w")

WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""
CJK_PER_MINUTE = 500


def drop_controls(text: str) -> str:
    """Remove what is not text: control characters, zero-width marks, half surrogates."""
    return _DROPPED.sub("", text)


def fold(text: str | None) -> str | None:
    """Make one line of it: any white space becomes a space. None if nothing is left."""
    return " ".join(drop_controls(text).split()) or None if text else None


def comparable(text: str | None) -> str:
    """What two spellings of a title share: letters and digits, case folded."""
    return "".join(filter(str.isalnum, (text or "").casefold()))


def count_words(text: str | None) -> int:
    """Count words; Chinese and Japanese, which do not part them, count their characters.

    Korean parts its words by spaces. A token without letter or digit (a dash, `{`) is no word.
    """
    cjk, rest = _split_cjk(text or "")
    return cjk + rest


def reading_minutes(text: str | None) -> int:
    """Whole minutes, rounded up; 0 only where there is no word."""
    cjk, rest = _split_cjk(text or "")
    return ceil(cjk / CJK_PER_MINUTE + rest / WORDS_PER_MINUTE)


@lru_cache(maxsize=2)  # both functions are asked about the same text
def _split_cjk(text: str) -> tuple[int, int]:
    cjk = 0
    if not text.isascii():
        text, cjk = _CJK.subn(" ", text)
    tokens = text.split()
    # no loop of Python's own: these are all the words of all articles
    words = sum(map(str.isalnum, tokens))
    mixed = filterfalse(str.isalnum, tokens)
    return cjk, words + sum(map(bool, map(_WORD.search, mixed)))
