"""Files that cannot be used, each with its one line, and files of other versions."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Migrations
from store_rows import article, day, document, dump, feed, rows

from feedsette.errors import StoreError
from feedsette.schema import TABLES
from feedsette.store import connections, open_database, open_dry_run, versions
from feedsette.store.migrations import MIGRATIONS, _align, upgrade
from feedsette.views import VIEWS


def text_file(path: Path) -> None:
    path.write_bytes(b"this is no database " * 100)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table recipes (name text)")


def newer(path: Path) -> None:
    open_database(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name) values ('feedsette', 'm999_far')"
        )
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma journal_mode = delete")  # as a snapshot's is


def damaged(path: Path) -> None:
    open_database(path).close()
    content = bytearray(path.read_bytes())
    content[100:200] = b"\xff" * 100
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (text_file, "is not a SQLite database"),
        (foreign, "is a SQLite database of something else; name another file with -d"),
        (
            newer,
            "was made by a newer feedsette (it has the schema m999_far); "
            "upgrade feedsette to use it",
        ),
        (damaged, f"is damaged; {connections.MENDING}"),
        (Path.mkdir, "cannot be opened: no such folder, or the folder is read-only"),
    ],
)
def test_a_file_that_is_no_database_of_ours(
    path: Path, make: Callable[[Path], None], reason: str
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as caught:
        open_database(path)
    assert str(caught.value) == f"{path}: {reason}"
    assert before is None or path.read_bytes() == before


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened: no such folder"):
        open_database(tmp_path / "none" / "content.db")


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    with open_database(path) as db:
        assert rows(db, "select count(*) from articles") == [(0,)]


@pytest.mark.skipif(sys.platform != "linux", reason="chattr and tmpfs are Linux's")
def test_a_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    open_database(folder / "old.db").close()
    folder.chmod(0o555)
    # root may write whatever the mode says, but not to what is immutable
    made = subprocess.run(["chattr", "+i", folder], capture_output=True, check=False)
    if os.geteuid() == 0 and made.returncode:
        pytest.skip("this file system knows no immutable folders")
    try:
        with pytest.raises(StoreError, match="the folder is read-only"):
            open_database(folder / "content.db")
        with pytest.raises(StoreError, match="no way to write beside it"):
            open_database(folder / "old.db", read_only=True)
    finally:
        subprocess.run(["chattr", "-i", folder], capture_output=True, check=False)
        folder.chmod(0o755)


def test_a_second_writer_waits_and_then_says_so(path: Path) -> None:
    with open_database(path) as first, open_database(path, busy_seconds=0.1) as second:
        first.connection.execute("begin immediate")
        with pytest.raises(StoreError) as caught:
            second.save(document(), feed(article("a")))
        assert str(caught.value) == (
            f"{path}: is locked by another process; try again when that is done"
        )
        first.connection.execute("commit")
        assert second.save(document(), feed(article("a"))).new == 1


def test_a_reader_sees_the_state_before_while_a_writer_writes(path: Path) -> None:
    with open_database(path) as writer, open_database(path, read_only=True) as reader:
        writer.connection.execute("begin immediate")
        writer.connection.execute("insert into tags (slug) values ('x')")
        assert rows(reader, "select count(*) from tags") == [(0,)]
        writer.connection.execute("commit")
        assert rows(reader, "select count(*) from tags") == [(1,)]


def test_a_copy_of_the_file_alone_is_whole_while_a_server_has_it_open(
    path: Path, tmp_path: Path
) -> None:
    with open_database(path) as database:
        database.save(document("one", 10), feed(article("a")))
    with closing(sqlite3.connect(path)) as server:
        server.execute("select count(*) from articles").fetchone()
        with open_database(path) as database:
            database.save(document("two", 11), feed(article("a"), article("b")))
        copy = tmp_path / "copy.db"
        copy.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("select count(*) from articles").fetchone() == (2,)


def test_a_full_disk_loses_nothing(path: Path) -> None:
    with open_database(path) as db:
        db.save(document("one", 10), feed(article("a")))
        before = dump(db)
        (pages,) = db.connection.execute("pragma page_count").fetchone()
        db.connection.execute(f"pragma max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="the disk is full; nothing of this document was sav"):
            db.save(document("two", 11), feed(article("b", html="x" * 100_000)))
        assert dump(db) == before
        db.connection.execute(f"pragma max_page_count = {pages + 1000}")
        db.save(document("two", 11), feed(article("b", html="x" * 100_000)))
        assert db.check() == []


def test_a_bug_keeps_its_traceback() -> None:
    with (
        closing(connections.connect(":memory:")) as connection,
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        connections.named_errors("content.db"),
    ):
        connection.execute("select * from nowhere")


def test_reading_only_makes_no_file(path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        open_database(path, read_only=True)
    assert not path.exists()


def test_a_dry_run_writes_nothing(path: Path) -> None:
    with open_dry_run(path) as db:
        assert db.save(document(), feed(article("a"))).new == 1
    assert not path.exists()
    with open_database(path) as db:
        db.save(document(), feed(article("a")))
    before = path.read_bytes()
    with open_dry_run(path) as db:
        load = db.save(document("two", 11), feed(article("a", title="New"), article("b")))
    assert (load.new, load.changed) == (1, 1)
    assert path.read_bytes() == before


def test_every_table_index_and_view_is_there(path: Path) -> None:
    with open_database(path, clock=lambda: day(3)) as db:
        for table in TABLES:
            described = db.connection.execute(f"select * from {table.name}").description
            assert tuple(column[0] for column in described) == table.column_names
        for view in VIEWS:
            described = db.connection.execute(f"select * from {view.name}").description
            assert [column[0] for column in described] == [c.name for c in view.columns]
        leading = {
            (table.name, info[2])
            for table in TABLES
            for index in rows(db, f"pragma index_list({table.name})")
            for info in rows(db, f"pragma index_info('{index[1]}')")
            if info[0] == 0
        }
        wanted = {(t.name, c.name) for t in TABLES for c in t.columns if c.references or c.facet}
        assert wanted <= leading
        assert rows(db, "select distinct applied_at from _sqlite_migrations") == [
            ("2024-03-04T00:00:00+00:00",)
        ]


def test_an_older_database_is_upgraded_in_place(path: Path) -> None:
    with open_database(path, clock=lambda: day(3)) as db:
        db.save(document(), feed(article("a")))
        before = dump(db)
        # as a feedsette would have left it that knew no sources of code and no cross-posts
        for view in VIEWS:
            db.connection.execute(f"drop view {view.name}")
        for index in rows(
            db,
            "select name from sqlite_master where type = 'index' and tbl_name = 'code_blocks'"
            " and sql like '%language_source%'",
        ):
            db.connection.execute(f"drop index {index[0]}")
        db.connection.execute("alter table code_blocks drop column language_source")
        db.connection.execute("create view problems as select 1 as article_id")

        later = Migrations("feedsette")
        later._migrations.extend(MIGRATIONS._migrations)
        later(name="m900_sources")(_align)
        with connections.transaction(db.connection):
            upgrade(db.connection, day(4), later)

        columns = db.connection.execute("select * from code_blocks").description
        assert "language_source" in {column[0] for column in columns}
        assert rows(db, "select * from cross_posts") == []
        assert db.connection.execute("select * from problems").description[2][0] == "kind"
        assert {n: r for n, r in dump(db).items() if n != "code_blocks"} == {
            n: r for n, r in before.items() if n != "code_blocks"
        }
        assert rows(db, "select name, applied_at from _sqlite_migrations order by id") == [
            ("m001_create", "2024-03-04T00:00:00+00:00"),
            ("m002_count_from_indexes", "2024-03-04T00:00:00+00:00"),
            ("m003_tallies", "2024-03-04T00:00:00+00:00"),
            ("m004_problems", "2024-03-04T00:00:00+00:00"),
            ("m005_details", "2024-03-04T00:00:00+00:00"),
            ("m006_bigrams", "2024-03-04T00:00:00+00:00"),
            ("m900_sources", "2024-03-05T00:00:00+00:00"),
        ]


def test_views_of_another_version_are_replaced_on_opening(path: Path) -> None:
    with open_database(path) as db:
        db.connection.execute("drop view domains")
        db.connection.execute("create view domains as select 1 as one")
    with open_database(path) as db:
        assert db.connection.execute("select * from domains").description[0][0] == "domain"


WRITER = """
import sys
sys.path[:0] = sys.argv[2:]
from store_rows import article, day, document, feed
from feedsette.store import open_database
with open_database(sys.argv[1], clock=lambda: day(100)) as db:
    print("ready", flush=True)
    for number in range(100_000):
        url = f"https://{number}.example/"
        made = article(str(number), html="<p>x</p>" * 2000)
        db.save(document("x", location=url), feed(made, feed_key=url))
"""


@pytest.mark.parametrize("milliseconds", [3, 20, 70])
def test_a_killed_writer_leaves_whole_documents(path: Path, milliseconds: int) -> None:
    import feedsette

    folders = [str(Path(__file__).parent), str(Path(feedsette.__file__).parent.parent)]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), *folders], stdout=subprocess.PIPE
    )
    assert writer.stdout
    assert writer.stdout.readline() == b"ready\n"
    time.sleep(milliseconds / 1000)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    with open_database(path) as db:
        assert [finding for finding in db.check() if finding.severity == "error"] == []
        counts = {rows(db, f"select count(*) from {t}")[0] for t in ("feeds", "articles", "loads")}
        assert len(counts) == 1
        assert rows(db, "select count(*) from loads where status <> 'loaded'") == [(0,)]


def test_the_names_told_without_sqlite_utils_are_those_of_the_migrations() -> None:
    names = {migration.name for migration in MIGRATIONS._migrations}
    assert (MIGRATIONS.name, names) == (versions.MIGRATION_SET, versions.MIGRATION_NAMES)
