"""Rows as Parquet without a database: the same rows, keyed by feed and item."""

from pathlib import Path

import pytest
from click.testing import CliRunner

parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")

from datasets import SAMPLE, build_dataset, sample
from feedsette.cli import main
from tables import ask

TABLES = ("feeds", "articles", "sections", "links", "code_blocks", "images", "embeds", "enclosures")


def flatten(*words: object) -> int:
    return CliRunner().invoke(main, ["flatten", *map(str, words)]).exit_code


def test_every_row_is_written(tmp_path: Path):
    assert flatten(SAMPLE, "--parquet", tmp_path / "pq", "--no-detect") == 0
    database = build_dataset(tmp_path / "content.db", sample())
    for table in TABLES:
        (part,) = (tmp_path / "pq" / table).iterdir()
        assert (
            parquet.read_table(part).num_rows
            == ask(database, f"select count(*) from {table}")[0][0]
        )
    (part,) = (tmp_path / "pq" / "links").iterdir()
    first = parquet.read_table(part).to_pylist()[0]
    assert first["feed_key"] == "https://smallhours.example.org/feed.xml"
    assert (first["position"], first["kind"]) == (0, "anchor")


def test_a_feed_and_its_tags_have_the_types_of_an_export(tmp_path: Path):
    assert flatten(SAMPLE, "--parquet", tmp_path) == 0
    (feed,) = parquet.read_table(tmp_path / "feeds").to_pylist()
    assert feed["title"].startswith("Small Hours")
    assert feed["format"] == "rss20"
    articles = parquet.read_table(tmp_path / "articles").to_pylist()
    assert all(isinstance(article["tags"], list) for article in articles)
    assert {tag for article in articles for tag in article["tags"]} > {"python", "sqlite"}


def test_writing_twice_gives_the_same_files(tmp_path: Path):
    flatten(SAMPLE, "--parquet", tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}
    flatten(SAMPLE, "--parquet", tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")} == before


def test_a_failing_source_costs_itself_only(tmp_path: Path):
    (tmp_path / "bad.xml").write_text("<svg/>")
    words = ["flatten", str(tmp_path / "bad.xml"), "no-such.xml", str(SAMPLE)]
    result = CliRunner().invoke(main, [*words, "--parquet", str(tmp_path / "pq")])
    assert result.exit_code == 1
    named = {line.partition(": ")[0] for line in result.stderr.splitlines()}
    assert named == {str(tmp_path / "bad.xml"), "no-such.xml"}
    assert "13 articles" in result.stdout
