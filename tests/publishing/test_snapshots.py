"""The copy to publish: whole, compact, without what concerns nobody, and served as it is."""

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from bench.corpora import write_feeds

from datasets import build_dataset, document, feed, item, open_site, read_rows, sample
from feedsette.errors import StoreError
from feedsette.publishing import write_snapshot
from feedsette.store import open_database
from tables import ask, read_tables


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return build_dataset(tmp_path / "content.db", sample())


def test_a_snapshot_holds_everything_but_the_hidden(source: Path, tmp_path: Path):
    target = tmp_path / "public" / "content.db"
    write_snapshot(source, target)
    assert read_tables(target) == read_tables(source)
    assert ask(target, "select location from loads") == [("sample.xml",)]
    with pytest.raises(sqlite3.OperationalError, match="no such table: fetches"):
        ask(target, "select * from fetches")
    assert b"feeds/sample.xml" not in target.read_bytes()
    assert ask(target, "pragma journal_mode") == [("delete",)]
    assert sorted(path.name for path in target.parent.iterdir()) == [
        "content.db",
        "inspect-data.json",
    ]
    with open_database(target, read_only=True) as opened:
        assert [f for f in opened.check() if f.severity == "error"] == []


async def test_inspect_data_is_what_datasette_wants(source: Path, tmp_path: Path):
    target = tmp_path / "public" / "content.db"
    write_snapshot(source, target)
    inspected = json.loads((target.parent / "inspect-data.json").read_text())["content"]
    assert inspected["file"] == "content.db"
    assert inspected["size"] == target.stat().st_size
    assert inspected["tables"]["articles"] == {"count": 13}
    async with open_site(target) as site:
        assert site.get_database("content").hash == inspected["hash"]
        assert len(await read_rows(site, "articles", _size="max")) == 13


def test_a_snapshot_may_be_taken_while_a_load_goes_on(tmp_path: Path):
    source = tmp_path / "content.db"
    build_dataset(source, document(feed(item("First"))))
    stop = threading.Event()

    def load_on() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            build_dataset(source, document(feed(item(f"Later {number}")), f"{number}.xml"))

    loader = threading.Thread(target=load_on)
    loader.start()
    try:
        for number in range(5):
            target = tmp_path / f"snapshot-{number}.db"
            write_snapshot(source, target)
            with open_database(target, read_only=True) as opened:
                assert [f for f in opened.check() if f.severity == "error"] == []
    finally:
        stop.set()
        loader.join()


def test_a_second_snapshot_replaces_the_first(source: Path, tmp_path: Path):
    target = tmp_path / "snapshot.db"
    write_snapshot(source, target)
    with closing(sqlite3.connect(f"file:{target}?mode=ro&immutable=1", uri=True)) as reader:
        assert reader.execute("select count(*) from articles").fetchone() == (13,)
        build_dataset(source, document(feed(item("One more"))))
        write_snapshot(source, target)
        assert reader.execute("select count(*) from articles").fetchone() == (13,)
    assert ask(target, "select count(*) from articles") == [(14,)]


def test_the_database_itself_is_no_target(source: Path):
    with pytest.raises(StoreError, match="is the database itself"):
        write_snapshot(source, source)


def test_a_folder_that_cannot_be_written_is_one_line(source: Path, tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="the snapshot cannot be written"):
        write_snapshot(source, tmp_path / "file" / "content.db")


def test_snapshots_of_equal_sources_are_equal_in_rows(tmp_path: Path):
    paths = list(write_feeds(tmp_path / "feeds", 24, 12))
    documents = [document(path.read_bytes(), path.name) for path in paths]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build_dataset(tmp_path / name / "content.db", *documents)
        write_snapshot(tmp_path / name / "content.db", tmp_path / f"{name}.db")
    assert read_tables(tmp_path / "one.db") == read_tables(tmp_path / "two.db")


def test_a_snapshot_can_be_loaded_into_again(source: Path, tmp_path: Path):
    target = tmp_path / "snapshot.db"
    write_snapshot(source, target)
    build_dataset(target, sample(), document(feed(item("One more"))))
    assert ask(target, "select count(*) from articles") == [(14,)]
    assert ask(target, "select count(*) from feeds") == [(2,)]
