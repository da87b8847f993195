"""metadata.yml: everything is described, and what it names exists."""

import re
import sqlite3
import textwrap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from datasets import METADATA, QUERIES, ROOT, build_dataset, sample
from feedsette.describing import tables_yaml
from feedsette.schema import TABLES
from feedsette.views import VIEWS

TABLE_METADATA: dict[str, dict[str, Any]] = METADATA["databases"]["content"]["tables"]
NAMES = [table.name for table in TABLES] + [view.name for view in VIEWS]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = build_dataset(tmp_path_factory.mktemp("metadata") / "content.db", sample())
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def columns_of(database: sqlite3.Connection, name: str) -> list[str]:
    return [row[1] for row in database.execute(f"pragma table_info([{name}])")]


def test_every_table_and_view_of_the_database_is_described(database: sqlite3.Connection) -> None:
    found = {
        name
        for (name,) in database.execute(
            "select name from sqlite_master where type in ('table', 'view')"
        )
        if "_fts" not in name and not name.startswith("sqlite_")
    }
    assert found == set(TABLE_METADATA)
    assert all(TABLE_METADATA[name]["description"] for name in found)


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_described(database: sqlite3.Connection, name: str) -> None:
    described = TABLE_METADATA[name]["columns"]
    assert list(described) == columns_of(database, name)
    assert all(text.endswith((".", "…", "?")) for text in described.values())


@pytest.mark.parametrize("name", NAMES)
def test_columns_that_are_named_exist(database: sqlite3.Connection, name: str) -> None:
    metadata = TABLE_METADATA[name]
    facets = [
        facet if isinstance(facet, str) else next(iter(facet.values()))
        for facet in metadata.get("facets", ())
    ]
    named = [metadata.get("label_column"), metadata.get("sort_desc"), *facets]
    assert {column for column in named if column} <= set(columns_of(database, name))


@pytest.mark.parametrize(
    ("table", "column"),
    [(table.name, column.name) for table in TABLES for column in table.columns if column.facet]
    + [(table.name, table.sort_desc) for table in TABLES if table.sort_desc],
)
def test_facets_and_order_have_an_index(
    database: sqlite3.Connection, table: str, column: str
) -> None:
    leading = {"id"} | {
        next(iter(database.execute(f"pragma index_info([{index[1]}])")))[2]
        for index in database.execute(f"pragma index_list([{table}])").fetchall()
    }
    assert column in leading


def test_only_what_is_hidden_in_the_schema_is_hidden() -> None:
    hidden = {name for name, metadata in TABLE_METADATA.items() if metadata.get("hidden")}
    assert hidden == {table.name for table in TABLES if table.hidden} | {"_sqlite_migrations"}


def test_what_cog_wrote_is_current() -> None:
    """`make docs` puts it right. Compared without cog, which not every environment has."""
    text = (ROOT / "metadata.yml").read_text("utf-8")
    written = text.split("# ]]]\n")[1].split("      # [[[end]]]")[0]
    assert written == textwrap.indent(tables_yaml(), " " * 6)


def test_root_and_database_say_the_same() -> None:
    """Datasette 1.0 does not fall back to the root's licence, source and about."""
    for key in ("license", "source", "about", "about_url", "description"):
        assert METADATA[key] == METADATA["databases"]["content"][key]


@pytest.mark.parametrize("name", QUERIES)
def test_queries_say_what_they_are_and_what_their_parameters_mean(name: str) -> None:
    query = QUERIES[name]
    assert query["title"]
    assert query["description"].endswith(".")
    assert len(query["description"]) <= 100
    explained = re.findall(r"<b>(\w+)</b>", query["description_html"])
    assert sorted(explained) == sorted(query["params"])


@pytest.mark.parametrize("name", QUERIES)
def test_parameters_are_those_of_the_sql_and_well_ordered(name: str) -> None:
    query = QUERIES[name]
    used = set(re.findall(r"(?<![\w:]):(\w+)", re.sub(r"'[^']*'", "''", query["sql"])))
    assert used == set(query["params"])


def test_no_query_hides_behind_a_table_or_view() -> None:
    """Datasette looks for a table first, so a query of the same name could not be opened."""
    assert not set(QUERIES) & set(TABLE_METADATA)


def test_robots_are_kept_from_endless_addresses() -> None:
    text = METADATA["plugins"]["datasette-block-robots"]["literal"]
    assert text.splitlines()[:2] == ["User-agent: *", "Disallow: /*?"]


def test_sample_has_the_size_of_a_first_impression() -> None:
    text = (ROOT / "feeds" / "sample.xml").read_text("utf-8")
    assert 10 <= text.count("<item>") <= 14
    assert 8 <= len(set(re.findall(r"<category>(.*?)</category>", text))) <= 12
    assert Path(ROOT / "feeds" / "sample.xml").stat().st_size < 100_000
