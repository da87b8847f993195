"""SQL functions for every connection of the site, and limits against hostile SQL."""

import re
import sqlite3

MAX_WORDS = 32
"""Words of a search that count; FTS5 would walk a thousand of them one by one."""

MAX_VALUE_BYTES = 16_000_000
"""No value and no row may be longer: `randomblob(300000000)` took 2.6 GB of memory without it.

Far above the longest article (its row holds text and HTML together).
"""

_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),  # matching is quadratic in its length
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 500),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)

_PIECE = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')


def prepare(connection: sqlite3.Connection) -> None:
    """Give a connection `fts_query` and `fts_ignored`, and the limits."""
    connection.create_function("fts_query", 1, fts_query, deterministic=True)
    connection.create_function("fts_ignored", 1, fts_ignored, deterministic=True)
    for limit, value in _LIMITS:
        connection.setlimit(limit, min(value, connection.getlimit(limit)))


def fts_query(text: object) -> str:
    """Turn what a person typed into an FTS5 query that never is an error.

    Every word must be found; "words in quotes" are a phrase, `cach*` is the start of a word, and
    everything else (AND, NEAR, C++, title:x) is taken literally. Nothing to look for gives `""`,
    which is valid and finds nothing (SQLite, FTS5 §3).
    """
    terms = [
        f'"{words}"' + ("*" if prefix else "")
        for words, prefix in _pieces(text)
        if _has_letters(words)
    ]
    return " ".join(terms[:MAX_WORDS]) or '""'


def fts_ignored(text: object) -> str | None:
    """Name the words of a search that no index holds (`->`, `&&`), or NULL."""
    pieces = _pieces(text)
    ignored = [words for words, _ in pieces if words and not _has_letters(words)]
    ignored += [words for words, _ in pieces if _has_letters(words)][MAX_WORDS:]
    return " ".join(ignored) or None


def _pieces(text: object) -> list[tuple[str, bool]]:
    """Split into (words, is it a prefix)."""
    if text is None:
        return []
    plain = str(text).replace("\0", " ")  # SQLite would end the query there
    found: list[tuple[str, bool]] = []
    for phrase, star, word in _PIECE.findall(plain):
        if word:
            found.append((word.rstrip("*"), word.endswith("*")))
        else:
            found.append((phrase.strip(), bool(star)))
    return found


def _has_letters(words: str) -> bool:
    return any(character.isalnum() for character in words)
