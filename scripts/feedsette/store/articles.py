"""The rows of articles and of their revisions."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

from feedsette.rows import Article
from feedsette.schema import ARTICLES, CHILDREN, REVISIONS
from feedsette.store import statements
from feedsette.store.changes import MARKUP_REVISIONS, Held, Version
from feedsette.store.times import text_of

_HELD = ", ".join(Held.__slots__)
_BOOKKEEPING = (
    "id", "feed_id", "first_seen", "last_seen", "removed_at", "revision_count",
    "extractor_version", "load_id",
)  # fmt: skip
"""The columns of an article that only the store knows; all others come from rows.Article."""
_CONTENT = tuple(name for name in ARTICLES.column_names if name not in _BOOKKEEPING)
_read_content = attrgetter(*_CONTENT)


def read_held(connection: sqlite3.Connection, feed_id: int, keys: Sequence[str]) -> dict[str, Held]:
    """What is held of the items with these keys, by key."""
    rows = connection.execute(
        f"select {_HELD} from articles"  # noqa: S608
        " where feed_id = ? and item_key in (select value from json_each(?))",
        (feed_id, json.dumps(keys)),
    )
    return {row[1]: Held(*row) for row in rows}


def read_hashes(
    connection: sqlite3.Connection, feed_id: int, extractor_version: int
) -> tuple[frozenset[str], dict[str, str], dict[str, str | None]]:
    """All item keys of a feed; the hashes of content and details of what this extractor read."""
    rows = connection.execute(
        "select item_key, content_sha256, details_sha256, extractor_version from articles"
        " where feed_id = ?",
        (feed_id,),
    ).fetchall()
    trusted = [row for row in rows if row[3] == extractor_version]
    hashes = {key: content for key, content, _, _ in trusted}
    details = {key: details for key, _, details, _ in trusted}
    return frozenset(row[0] for row in rows), hashes, details


def read_version(connection: sqlite3.Connection, article_id: int) -> Version:
    """The content of an article as it is stored."""
    row = connection.execute("select title, text, html from articles where id = ?", (article_id,))
    return Version(*row.fetchone())


def read_urls(connection: sqlite3.Connection, ids: Iterable[int]) -> set[str]:
    """The addresses that links may use to lead to these articles."""
    rows = connection.execute(
        "select clean_url, canonical_url from articles"
        " where id in (select value from json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {url for row in rows for url in row if url}


def insert_articles(
    connection: sqlite3.Connection, articles: Sequence[Article], stored: dict[str, object]
) -> list[tuple[int, Article]]:
    """Add new articles in the order given; `stored` holds the columns that they have in common.

    Returns them with their ids.
    """
    (last,) = connection.execute("select coalesce(max(id), 0) from articles").fetchone()
    numbered = list(enumerate(articles, last + 1))
    names = ("id", *stored, *_CONTENT)
    places = [names.index(name) for name in ARTICLES.column_names]
    common = tuple(stored.values())
    rows = ((number, *common, *_values(article)) for number, article in numbered)
    connection.executemany(
        statements.insert(ARTICLES), (tuple([row[place] for place in places]) for row in rows)
    )
    return numbered


def rewrite_article(
    connection: sqlite3.Connection, held: Held, article: Article, stored: dict[str, object]
) -> None:
    """Write another version over an article; `stored` are the columns that the store knows.

    A date of publication that was known once is not forgotten.
    """
    values = dict(zip(_CONTENT, _values(article), strict=True)) | stored
    if values["published"] is None:
        del values["published"]
    sql = statements.update(ARTICLES, tuple(values))
    connection.execute(sql, [*values.values(), held.id])


def mark_seen(connection: sqlite3.Connection, rows: Iterable[Held], seen_at: str) -> None:
    """Note that articles stand in a document as they are; one that was removed is back."""
    connection.executemany(
        "update articles set first_seen = min(first_seen, ?), last_seen = ?, removed_at = ?"
        " where id = ?",
        [
            (seen_at, seen_at, still_removed(held, seen_at), held.id)
            for held in rows
            if held.last_seen != seen_at or held.removed_at
        ],
    )


def still_removed(held: Held, seen_at: str) -> str | None:
    """The date of removal, unless a document of that time or later has the article again."""
    return held.removed_at if held.removed_at and seen_at < held.removed_at else None


def move_first_seen(connection: sqlite3.Connection, rows: Iterable[Held], seen_at: str) -> None:
    """Note that articles stood in an older document already."""
    connection.executemany(
        "update articles set first_seen = ? where id = ?",
        [(seen_at, held.id) for held in rows if seen_at < held.first_seen],
    )


def mark_removed(
    connection: sqlite3.Connection, feed_id: int, window: tuple[str, str], present: set[int]
) -> int:
    """Mark the feed's articles as removed that are newer than the window's oldest entry.

    `window` is the date of that entry and when the document was seen; `present` the ids that the
    document holds. Returns how many were marked.
    """
    oldest, seen_at = window
    rows = connection.execute(
        "select id from articles where feed_id = ? and published > ?"
        " and removed_at is null and last_seen <= ?",
        (feed_id, oldest, seen_at),
    )
    missing = [(seen_at, row_id) for (row_id,) in rows if row_id not in present]
    connection.executemany("update articles set removed_at = ? where id = ?", missing)
    return len(missing)


def keep_revision(
    connection: sqlite3.Connection, held: Held, old: Version, change: str, seen_at: str
) -> bool:
    """Keep the version that is about to be replaced; False if there are enough of its kind."""
    number, of_markup = connection.execute(
        "select coalesce(max(number), 0) + 1, count(case change when 'markup' then 1 end)"
        " from revisions where article_id = ?",
        (held.id,),
    ).fetchone()
    if change == "markup" and of_markup >= MARKUP_REVISIONS:
        return False
    connection.execute(
        statements.insert(REVISIONS),
        (
            held.id * CHILDREN + number, held.id, number, seen_at, change,
            old.title, held.content_sha256, old.text, old.html,
        ),
    )  # fmt: skip
    return True


def count_revisions(connection: sqlite3.Connection, article_id: int) -> int:
    """How many earlier versions of an article are kept."""
    sql = "select count(*) from revisions where article_id = ?"
    return int(connection.execute(sql, (article_id,)).fetchone()[0])


def _values(article: Article) -> list[object]:
    return [
        text_of(value) if isinstance(value, datetime) else value for value in _read_content(article)
    ]
