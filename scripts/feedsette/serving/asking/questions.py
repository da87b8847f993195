"""What people type into a search → queries of the full-text indexes that never are an error."""

import re
import unicodedata

from feedsette.bigrams import RUN, pairs, spread
from feedsette.flattening.text.texts import drop_controls
from feedsette.serving.showing.cells import MARKS

MAX_WORDS = 32
"""Words of a search that count; FTS5 would walk a thousand of them one by one."""
MAX_TYPED = 1_000
"""Characters of a search that count. SQL may hand over millions, and no limit of time ends us."""
MAX_RUN = 64
"""Characters of a word without spaces that count: each of them is a word of the index."""
MAX_HELD = 1_000_000
"""Characters of a text in which words are looked for."""
MAX_LOOKED = 100_000
"""Characters of which an excerpt is cut."""
MAX_MARKED = 8
"""Words that an excerpt marks."""
AROUND = 60
"""Characters of an excerpt before what was found; twice as many stand behind."""

_PIECE = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_SIGNED = re.compile(r"[A-Za-z]{1,2}[+#]{1,2}")
NOTHING = '""'
"""A query that finds nothing."""


def fts_query(text: object) -> str:
    """Turn what a person typed into an FTS5 query that never is an error.

    Every word must be found; "words in quotes" are a phrase, `cach*` is the start of a word, and
    everything else (AND, NEAR, C++, title:x) is taken literally. Nothing to look for gives `""`,
    which is valid and finds nothing (SQLite, FTS5 §3).
    """
    return _all_of([f'"{words}"' + ("*" if prefix else "") for words, prefix in _lettered(text)])


def fts_ignored(text: object) -> str | None:
    """Name the words of a search that no index holds (`->`, `&&`), or NULL."""
    ignored = [words for words, _ in _pieces(text) if words and not _has_letters(words)]
    ignored += [words for words, _ in _lettered(text)][MAX_WORDS:]
    return " ".join(ignored) or None


def fts_signs(text: object) -> str | None:
    """Name the words of a search of which an index keeps next to nothing (`C++` is `c` there), or
    NULL. What the index finds has to hold them as well: see text_holds.
    """
    found = [words for words, _ in _pieces(text)[:MAX_WORDS] if _SIGNED.fullmatch(words)]
    return " ".join(found) or None


def bigram_query(text: object) -> str | None:
    """Turn it into a query of bigrams_fts, if one of its words is in a script that does not part
    words by spaces (`机器学习` gives `"机器 器学 学习"`); NULL if none is: articles_fts knows it.
    """
    pieces = _lettered(text)
    if not any(RUN.search(words) for words, _ in pieces):
        return None
    return _all_of([_phrase(words, prefix) for words, prefix in pieces])


def text_holds(text: object, question: object) -> int:
    """Tell whether a text holds every word of a search just so, in any case and width, 1 or 0."""
    return _holds(text, [words for words, _ in _lettered(question)])


def bigram_holds(text: object, question: object) -> int:
    """Tell whether a text holds every word of a search that is in a script without spaces, or every
    word where none is, 1 or 0. Of others an index knows the stems, which a text need not hold.
    """
    words = [words for words, _ in _lettered(question)]
    return _holds(text, [word for word in words if RUN.search(word)] or words)


def bigram_excerpt(text: object, question: object) -> str | None:
    """Cut a text around the first word that it holds, with the marks of cells.py around each."""
    if text is None:
        return None
    whole = str(text)[:MAX_LOOKED]
    asked = [words[:MAX_RUN] for words, _ in _lettered(question)[:MAX_MARKED]]
    begin = max(_first_place(whole, asked) - AROUND, 0)
    finish = begin + 3 * AROUND
    found = re.compile("|".join(map(re.escape, asked)) or r"(?!)", re.IGNORECASE)
    marked = found.sub(lambda hit: hit[0].join(MARKS), whole[begin:finish])
    return ("…" if begin else "") + marked + ("…" if finish < len(whole) else "")


def _first_place(text: str, words: list[str]) -> int:
    lowered = text.lower()
    if len(lowered) != len(text):  # `İ` becomes two characters
        lowered = text
    places = [lowered.find(word.lower()) for word in words]
    return min((place for place in places if place >= 0), default=0)


def _holds(text: object, words: list[str]) -> int:
    held = _even(str(text or "")[:MAX_HELD])
    return int(bool(words) and all(_even(word) in held for word in words[:MAX_WORDS]))


def _all_of(terms: list[str]) -> str:
    return " ".join(terms[:MAX_WORDS]) or NOTHING


def _phrase(words: str, prefix: bool) -> str:
    words = unicodedata.normalize("NFKC", words).replace('"', " ")
    runs = list(RUN.finditer(words))
    if not runs or _has_letters(words[runs[-1].end() :]):
        return f'"{spread(words)}"' + ("*" if prefix else "")
    # what the text goes on with is not known, so the index may have another pair there
    last = runs[-1][0][:MAX_RUN]
    ends = " ".join(pairs(last)[:-1]) or last
    return f'"{spread(words[: runs[-1].start()])} {ends}"' + ("*" if len(last) == 1 else "")


def _even(text: str) -> str:
    """What spellings share that differ in width or case."""
    return unicodedata.normalize("NFKC", text).casefold()


def _lettered(text: object) -> list[tuple[str, bool]]:
    return [(words, prefix) for words, prefix in _pieces(text) if _has_letters(words)]


def _pieces(text: object) -> list[tuple[str, bool]]:
    """Split into (words, is it a prefix)."""
    if text is None:
        return []
    # SQLite would end the query at a NUL; zero-width spaces are in no text of ours
    plain = drop_controls(str(text)[:MAX_TYPED].replace("\0", " "))
    found: list[tuple[str, bool]] = []
    for phrase, star, word in _PIECE.findall(plain):
        if word:
            found.append((word.rstrip("*"), word.endswith("*")))
        else:
            found.append((phrase.strip(), bool(star)))
    return found


def _has_letters(words: str) -> bool:
    return any(character.isalnum() for character in words)


FUNCTIONS = (
    fts_query, fts_ignored, fts_signs, text_holds, bigram_query, bigram_holds, bigram_excerpt,
)  # fmt: skip
"""What SQL may call."""
