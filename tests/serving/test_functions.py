"""What people type becomes a query that is never an error."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsette.serving.asking.questions import MAX_WORDS, fts_ignored, fts_query
from feedsette.serving.functions import prepare


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        prepare(database)
        database.execute("create virtual table words using fts5(text, tokenize='porter')")
        database.execute("create virtual table signs using fts5(text, tokenize='trigram')")
        for table in ("words", "signs"):
            database.execute(f"insert into {table} values ('caching in node.js and C++ AND more')")
        yield database


@pytest.mark.parametrize(
    ("text", "query"),
    [
        (None, '""'),
        ("", '""'),
        (" \t\n", '""'),
        ('"', '""'),
        ('""', '""'),
        ("->", '""'),
        ("*", '""'),
        ("one two", '"one" "two"'),
        ('"one two"', '"one two"'),
        ('"one two', '"one two"'),
        ('a"b c"d', '"a" "b c" "d"'),
        ("cach*", '"cach"*'),
        ('"data ba"*', '"data ba"*'),
        ("C++ node.js O'Reilly", '"C++" "node.js" "O\'Reilly"'),
        ("AND title:x NEAR(a b)", '"AND" "title:x" "NEAR(a" "b)"'),
        ("nul\0byte", '"nul" "byte"'),
        (42, '"42"'),
        ("-> arrow", '"arrow"'),
    ],
)
def test_query(text: object, query: str) -> None:
    assert fts_query(text) == query


@pytest.mark.parametrize(
    ("text", "ignored"),
    [(None, None), ("a b", None), ("a -> b &&", "-> &&"), ('"', None), ('"++" x', "++")],
)
def test_ignored(text: str | None, ignored: str | None) -> None:
    assert fts_ignored(text) == ignored


def test_words_beyond_the_limit_are_ignored() -> None:
    words = [f"w{number}" for number in range(MAX_WORDS + 2)]
    assert fts_query(" ".join(words)).count('"') == 2 * MAX_WORDS
    assert fts_ignored(" ".join(words)) == f"w{MAX_WORDS} w{MAX_WORDS + 1}"


@given(st.text() | st.text(alphabet='"*^:()+-{} \0ANDORNEAR'))
def test_no_text_is_an_error(connection: sqlite3.Connection, text: str) -> None:
    for table in ("words", "signs"):
        sql = f"select count(*) from {table} where {table} match fts_query(?)"
        assert connection.execute(sql, [text]).fetchone()[0] in (0, 1)


@pytest.mark.parametrize("text", ["cached", '"node.js and"', "C++", "cache", "mor*"])
def test_words_are_found(connection: sqlite3.Connection, text: str) -> None:
    sql = "select count(*) from words where words match fts_query(?)"
    assert connection.execute(sql, [text]).fetchone() == (1,)


@pytest.mark.parametrize(
    ("tag", "slug"),
    [("'Machine  LEARNING '", "machine-learning"), ("'ÉCLAIR'", "éclair"), ("'C++'", "c++"),
     ("7", "7"), ("''", ""), ("null", None)],
)  # fmt: skip
def test_slugs(connection: sqlite3.Connection, tag: str, slug: str | None) -> None:
    assert connection.execute(f"select tag_slug({tag})").fetchone() == (slug,)


@pytest.mark.parametrize(
    "sql",
    [
        "select length(randomblob(300000000))",
        "select replace(hex(zeroblob(9000000)), '0', 'aaaa')",
        "select 'a' like " + "'" + "%a" * 600 + "'",
        "select " + "(" * 900 + "1" + ")" * 900,
        "select " + "1," * 60_000 + "1",
    ],
)
def test_hostile_sql_is_refused(connection: sqlite3.Connection, sql: str) -> None:
    with pytest.raises((sqlite3.Error, OverflowError)):
        connection.execute(sql).fetchone()
