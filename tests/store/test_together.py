"""Many documents in one transaction: saved as they are one by one, and a faulty one costs itself."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest
from store_rows import article, document, feed, rows

from feedsette.errors import StoreError
from feedsette.rows import FlatFeed
from feedsette.store import Database, Load, open_database

KEYS = "select item_key from articles order by id"


def save_together(db: Database, *flats: FlatFeed) -> list[Load]:
    """Save each as what a location of its own gave, one day after the other."""
    savings = [
        partial(db.save, document(f"{number}", number, f"https://{number}.example/feed"), flat)
        for number, flat in enumerate(flats, 10)
    ]
    return list(db.together(savings))


def named(name: str, *texts: str) -> FlatFeed:
    """A feed whose articles have these texts."""
    made = (article(f"{name}{n}", text=text, html=text) for n, text in enumerate(texts))
    return feed(*made, feed_key=name)


def found(db: Database, word: str) -> list[int]:
    sql = "select rowid from articles_fts where articles_fts match ?"
    return [number for (number,) in rows(db, sql, word)]


def test_they_are_one_transaction(db: Database) -> None:
    statements: list[str] = []
    db.connection.set_trace_callback(statements.append)
    loads = save_together(db, named("a", "apple"), named("b", "pear"), named("c", "plum"))
    assert [load.new for load in loads] == [1, 1, 1]
    assert statements.count("commit") == 1
    assert sum("into articles_fts (rowid" in sql for sql in statements) == 1
    assert (found(db, "apple"), found(db, "plum")) == ([1], [3])
    assert db.check() == []


def test_an_article_may_come_and_change_within_them(db: Database) -> None:
    statements: list[str] = []
    db.connection.set_trace_callback(statements.append)
    loads = save_together(
        db, named("a", "apple pie", "fig"), named("b", "quince"), named("a", "pear", "fig")
    )
    assert [(load.new, load.changed, load.unchanged) for load in loads] == [
        (2, 0, 0), (1, 0, 0), (0, 1, 1),
    ]  # fmt: skip
    assert [found(db, word) for word in ("apple", "pear", "fig", "quince")] == [[], [1], [2], [3]]
    assert rows(db, "select text from revisions") == [("apple pie",)]
    assert statements.count("rollback") == 0
    assert db.check() == []


def test_halves_of_surrogate_pairs_cost_the_others_nothing(db: Database) -> None:
    loads = save_together(db, named("a", "apple"), named("b", "pear \ud83d"), named("c", "plum"))
    assert [load.new for load in loads] == [1, 1, 1]
    assert rows(db, "select text from articles") == [("apple",), ("pear \ufffd",), ("plum",)]
    assert found(db, "pear") == [2]
    assert db.check() == []


def test_one_that_cannot_be_saved_costs_the_ones_before_nothing(path: Path) -> None:
    with open_database(path) as db:
        db.connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 50_000)
        with pytest.raises(StoreError, match="cannot hold a text that long"):
            save_together(db, named("a", "apple"), named("b", "x" * 60_000), named("c", "plum"))
        assert rows(db, KEYS) == [("a0",)]
        assert rows(db, "select feed_key from feeds") == [("a",)]
        assert db.check() == []


def test_what_is_stopped_in_their_midst_leaves_nothing_of_them(path: Path) -> None:
    def interrupt() -> Load:
        raise KeyboardInterrupt

    with open_database(path) as db:
        list(db.together([partial(db.save, document(), named("a", "apple"))]))
        with pytest.raises(KeyboardInterrupt):
            list(db.together([partial(db.save, document("2"), named("b", "pear")), interrupt]))
        save_together(db, named("c", "plum"))
        assert rows(db, KEYS) == [("a0",), ("c0",)]
        assert found(db, "pear") == []
        assert db.check() == []
