"""Plain text: which characters stay, how white space folds, how words are counted."""

import re
from itertools import filterfalse
from math import ceil
from typing import NamedTuple

from feedsette.bigrams import CJK

_DROPPED = re.compile(
    # C0 and C1 controls but tab, line feed, form feed, carriage return and next line (white space);
    # soft hyphen; zero-width space, word joiner and BOM (Docusaurus puts them into headings); what
    # Apple's editors leave where a picture stood (U+FFFC); half surrogates and non-characters,
    # which SQLite and CSV cannot hold. U+200C and U+200D stay: Persian and emoji need them.
    "[\x00-\x08\x0b\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffc\ufffe\uffff"
    r"\ud800-\udfff]"
)
_CJK = re.compile(f"[{CJK}]")
_WORD = re.compile(r"\w")
_FORMS = bytes([ord("a" if re.match(r"\w", chr(n)) else " ") for n in range(256)])
_SIGNS = bytes([n for n in range(128) if not re.match(r"[\w\s]", chr(n))])
"""Of ASCII, each a word's character or a blank; and what is neither, so that it goes."""

WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""
CJK_PER_MINUTE = 500


def drop_controls(text: str) -> str:
    """Remove what is not text: control characters, zero-width marks, half surrogates."""
    return _DROPPED.sub("", text)


def fold(text: str | None) -> str | None:
    """Make one line of it: any white space becomes a space. None if nothing is left."""
    if text and not text.isprintable():  # which a control character is not
        text = drop_controls(text)
    return " ".join(text.split()) or None if text else None


def comparable(text: str | None) -> str:
    """What two spellings of a title share: letters and digits, case folded."""
    return "".join(filter(str.isalnum, (text or "").casefold()))


class Words(NamedTuple):
    """How many words a text has; Words of its parts add up to it."""

    cjk: int
    """Characters of Chinese and Japanese, which do not part their words."""
    others: int
    """Words that white space parts, as Korean does. A dash or `{` is none."""

    def plus(self, more: "Words") -> "Words":
        """The words of both."""
        return Words(self.cjk + more.cjk, self.others + more.others)

    @property
    def total(self) -> int:
        """Both kinds."""
        return self.cjk + self.others

    @property
    def minutes(self) -> int:
        """Minutes it takes to read, rounded up; 0 only where there is no word."""
        return ceil(self.cjk / CJK_PER_MINUTE + self.others / WORDS_PER_MINUTE)


NO_WORDS = Words(0, 0)


def count_words(text: str | None) -> Words:
    """Count the words of a text."""
    if not text:
        return NO_WORDS
    # no loop of Python's own: these are all the words of all articles
    if text.isascii():
        return Words(0, (b" " + text.encode().translate(_FORMS, _SIGNS)).count(b" a"))
    text, cjk = _CJK.subn(" ", text)
    tokens = text.split()
    wordless = filterfalse(_WORD.search, filterfalse(str.isalnum, tokens))
    return Words(cjk, len(tokens) - len(list(wordless)))
