"""The rows of an article's sections, links, code blocks, images, embeds and enclosures."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Any

from feedsette.bigrams import bigram_rows
from feedsette.rows import Article
from feedsette.schema import BIGRAMS, CHILD_TABLES, CHILDREN, Table
from feedsette.store import statements

_BOOKKEEPING = ("id", "article_id", "section_id", "target_article_id")
"""The columns of a child that only the store knows; all others come from its record."""


def insert_children(
    connection: sqlite3.Connection,
    articles: Iterable[tuple[int, Article]],
    targets: Mapping[str, int],
) -> None:
    """Write the children of new articles, given with their ids, in the order of their own ids."""
    articles = list(articles)
    for table in CHILD_TABLES:
        rows = (
            row
            for article_id, article in articles
            for row in child_rows(table, article_id, article, targets)
        )
        connection.executemany(statements.insert(table), rows)


def replace_children(
    connection: sqlite3.Connection, article_id: int, article: Article, targets: Mapping[str, int]
) -> None:
    """Bring an article's children up to date: those that stay keep their ids."""
    for table in CHILD_TABLES:
        connection.executemany(
            statements.upsert(table), child_rows(table, article_id, article, targets)
        )
    first = article_id * CHILDREN
    # sections last: others refer to them
    for table in reversed(CHILD_TABLES):
        kept = [row[0] for row in child_rows(table, article_id, article, targets)]
        connection.execute(
            f"delete from {table.name} where id between ? and ?",  # noqa: S608
            (max(kept, default=first - 1) + 1, first + CHILDREN - 1),
        )


def fill_bigrams(connection: sqlite3.Connection) -> None:
    """Write the bigrams of all articles, for a database that has none yet."""
    texts = connection.execute("select id, title, tags, author, text from articles order by id")
    rows = (
        (article_id * CHILDREN, article_id, *row)
        for article_id, title, tags, author, text in texts
        for row in bigram_rows(title, json.loads(tags or "[]"), author, text)
    )
    connection.executemany(statements.insert(BIGRAMS), rows)


def child_rows(
    table: Table, article_id: int, article: Article, targets: Mapping[str, int]
) -> Iterator[tuple[Any, ...]]:
    """The rows of one table, columns in the order of the schema.

    `targets` are article ids by clean URL. Flattening keeps to the limit of CHILDREN and says what
    it left out; more would run into the next article's ids.
    """
    records = getattr(article, table.name)[:CHILDREN]
    if not records:
        return
    arrange = _arrangement(table, records[0]._fields)
    sections = {section.position for section in article.sections[:CHILDREN]}
    first = article_id * CHILDREN
    for record in records:
        section = getattr(record, "section", None)
        stored = (
            first + record.position,
            article_id,
            first + section if section in sections else None,
            targets.get(getattr(record, "clean_url", None) or ""),
        )
        yield arrange(stored + record)


@cache
def _arrangement(
    table: Table, fields: tuple[str, ...]
) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """A function that puts bookkeeping and a record's fields into the order of the schema."""
    order = _BOOKKEEPING + fields
    return itemgetter(*[order.index(name) for name in table.column_names])
