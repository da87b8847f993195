"""Is the database sound, and is what it holds plausible?

Faults (severity error) are damage: restore a snapshot or load again. Doubts (severity warning) are
about the feeds: one Finding for each kind of the view `problems`, and the cross-posts.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from feedsette.schema import CHILD_TABLES, CHILDREN, TABLES, TALLIES, Table
from feedsette.store import tallies
from feedsette.store.connections import MENDING

REBUILDING = "run `sqlite-utils rebuild-fts` on it, or load the feeds again"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found: `severity` is error or warning, `count` how often."""

    kind: str
    severity: str
    count: int
    detail: str


def check_database(connection: sqlite3.Connection) -> list[Finding]:
    """All that is wrong or doubtful; damage ends the examination, since nothing else is certain."""
    damage = list(_damage(connection))
    if damage:
        return damage
    checks: tuple[Callable[[sqlite3.Connection], Iterator[Finding]], ...] = (
        _broken_references, _wrong_counts, _wrong_tallies, _wrong_ids, _problems, _cross_posts,
    )  # fmt: skip
    return [finding for check in checks for finding in check(connection)]


def _damage(connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        lines = [line for (line,) in connection.execute("pragma integrity_check(10)")]
    except sqlite3.DatabaseError as error:
        lines = [str(error)]
    if lines != ["ok"]:
        yield Finding("damaged", "error", len(lines), f"{'; '.join(lines[:3])}: {MENDING}")


def _broken_references(connection: sqlite3.Connection) -> Iterator[Finding]:
    rows = connection.execute("pragma foreign_key_check").fetchall()
    if rows:
        table, row_id, parent, _ = rows[0]
        detail = f"first {table} {row_id}, whose {parent} is missing: {MENDING}"
        yield Finding("broken reference", "error", len(rows), detail)


def check_indexes(connection: sqlite3.Connection) -> list[Finding]:
    """Compare the full-text indexes with what they index; needs a connection that may write."""
    return [finding for table in TABLES if table.full_text for finding in _index(connection, table)]


def _index(connection: sqlite3.Connection, table: Table) -> Iterator[Finding]:
    name = f"{table.name}_fts"
    try:
        # rank 1: with the content too (sqlite.org/fts5.html#the_integrity_check_command)
        connection.execute(f"insert into {name} ({name}, rank) values ('integrity-check', 1)")  # noqa: S608
    except sqlite3.OperationalError as error:
        # a medium that cannot be written, or a loader at work: not looked at, which is no damage
        if error.sqlite_errorname.split("_")[1] not in ("READONLY", "BUSY", "CANTOPEN"):
            raise
    except sqlite3.DatabaseError as error:
        yield Finding("search index", "error", 1, f"{name}: {error}: {REBUILDING}")


_COUNTS = {
    "feeds.article_count": (
        "select count(*) from feeds where article_count is not"
        " (select count(*) from articles where feed_id = feeds.id)"
    ),
    "tags.article_count": (
        "select count(*) from tags where article_count is not"
        " (select count(*) from article_tags where tag_id = tags.id)"
    ),
    "authors.article_count": (
        "select count(*) from authors where article_count is not"
        " (select count(*) from article_authors where author_id = authors.id)"
    ),
    "articles.revision_count": (
        "select count(*) from articles where revision_count is not"
        " (select count(*) from revisions where article_id = articles.id)"
    ),
}


def _wrong_counts(connection: sqlite3.Connection) -> Iterator[Finding]:
    for column, sql in _COUNTS.items():
        (count,) = connection.execute(sql).fetchone()
        if count:
            detail = f"{column} differs from the rows that it counts: {MENDING}"
            yield Finding("wrong count", "error", count, detail)


def _wrong_tallies(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table in TALLIES:
        count = tallies.differences(connection, table)
        if count:
            detail = f"{table.name} differs from the rows that it counts: {MENDING}"
            yield Finding("wrong count", "error", count, detail)


def _wrong_ids(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table in CHILD_TABLES:
        (count,) = connection.execute(
            f"select count(*) from {table.name} where id <> article_id * ? + position",  # noqa: S608
            (CHILDREN,),
        ).fetchone()
        if count:
            detail = f"{table.name}.id does not follow from article and position: {MENDING}"
            yield Finding("wrong id", "error", count, detail)


def _problems(connection: sqlite3.Connection) -> Iterator[Finding]:
    rows = connection.execute(
        "select kind, count(*), min(article_id) from problems group by kind order by kind"
    )
    for kind, count, article_id in rows:
        yield Finding(
            kind, "warning", count, f"first in article {article_id}; see the view problems"
        )


def _cross_posts(connection: sqlite3.Connection) -> Iterator[Finding]:
    (count,) = connection.execute("select count(*) from cross_posts").fetchone()
    if count:
        yield Finding("cross-post", "warning", count, "see the view cross_posts")
