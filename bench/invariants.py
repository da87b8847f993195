"""What every row promises, whatever the feed was: the rules that SQL and a look can test."""

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from feedsette.schema import ARTICLES, CHILD_TABLES, FEEDS, REVISIONS, Table

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
RAW = {"html", "code", "src", "language_raw", "published_raw"}
"""Columns that hold what was found, where only NUL would do harm."""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_WEB = re.compile(r"(?i:https?)://[^\s<>\"]+\Z")
_LINK = re.compile(r"(?:https?://|mailto:)\S+\Z")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+\Z")
URLS = {
    "site_url",
    "feed_url",
    "image_url",
    "canonical_url",
    "clean_url",
    "link_url",
    "url",
}
TIMES = {"published", "updated", "first_seen", "last_seen", "removed_at", "replaced_at"}
HELD = """select id from articles where load_id = ?"""


def broken_promises(connection: sqlite3.Connection, load_id: int) -> Iterator[str]:
    """Look at the feed and at every article that a load wrote, with their children."""
    feed = "select * from feeds where id in (select feed_id from loads where id = ?)"
    yield from _table(connection, FEEDS, feed, load_id)
    yield from _table(connection, ARTICLES, f"select * from articles where id in ({HELD})", load_id)
    for table in (*CHILD_TABLES, REVISIONS):
        sql = f"select * from {table.name} where article_id in ({HELD})"
        yield from _table(connection, table, sql, load_id)
    for name, sql in (("authors", "article_authors j on j.author_id = a.id"),
                      ("tags", "article_tags j on j.tag_id = a.id")):  # fmt: skip
        rows = f"select a.* from {name} a join {sql} where j.article_id in ({HELD})"
        for row in _dicts(connection, rows, load_id):
            yield from _values(name, row)
            # a tag that is an address is what its feed files an article under
            if name == "authors" and _MAIL.match(row["name"]):
                yield f"e-mail address published: {row['name']!r}"
    yield from _orphans(connection, load_id)


def _table(connection: sqlite3.Connection, table: Table, sql: str, load_id: int) -> Iterator[str]:
    for row in _dicts(connection, sql, load_id):
        yield from _values(table.name, row)
        if table is ARTICLES:
            yield from _article(connection, row)


def _dicts(connection: sqlite3.Connection, sql: str, load_id: int) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(sql, (load_id,))
    names = [column[0] for column in cursor.description]
    for values in cursor:
        yield dict(zip(names, values, strict=True))


def _values(table: str, row: dict[str, Any]) -> Iterator[str]:
    for name, value in row.items():
        if not isinstance(value, str):
            continue
        where = f"{table}.{name}"
        if not value.strip():
            yield f"{where} is blank: {value!r}"
        if "\0" in value or (name not in RAW and CONTROLS.search(value)):
            yield f"{where} holds a control character: {value[:80]!r}"
        if name in TIMES and not _TIME.fullmatch(value):
            yield f"{where} is no time: {value!r}"
        pattern = _LINK if where == "links.url" else _WEB
        if name in URLS and not pattern.match(value):
            yield f"{where} is no such URL: {value[:120]!r}"


def _article(connection: sqlite3.Connection, row: dict[str, Any]) -> Iterator[str]:
    tags = json.loads(row["tags"])
    if not all(isinstance(tag, str) and tag.strip() for tag in tags):
        yield f"articles.tags: {row['tags'][:80]}"
    for column, table, more in (
        ("code_block_count", "code_blocks", ""), ("image_count", "images", ""),
        ("link_count", "links", " and not footer"),
    ):  # fmt: skip
        sql = f"select count(*) from {table} where article_id = ?{more}"
        (count,) = connection.execute(sql, (row["id"],)).fetchone()
        if count != row[column]:
            yield f"articles.{column} is {row[column]}, counted {count}"


def _orphans(connection: sqlite3.Connection, load_id: int) -> Iterator[str]:
    for table in CHILD_TABLES:
        if "section_id" not in table.column_names:
            continue
        sql = (
            f"select count(*) from {table.name} t left join sections s on s.id = t.section_id where"
            f" t.article_id in ({HELD}) and t.section_id is not null"
            " and (s.id is null or s.article_id <> t.article_id)"
        )
        (count,) = connection.execute(sql, (load_id,)).fetchone()
        if count:
            yield f"{table.name}: {count} rows name a section that is not their article's"
