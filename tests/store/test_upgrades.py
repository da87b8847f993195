"""Databases of earlier versions, kept as SQL in tests/data/upgrades, are brought to this one."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Migrations
from upgrades import FIRST_DAY, FOLDER, GARDEN, history, load, present, restore

from feedsette.errors import StoreError
from feedsette.schema import TABLES
from feedsette.store import connections, open_database
from feedsette.store.migrations import MIGRATIONS, upgrade
from feedsette.store.versions import MIGRATION_NAMES, OLDER
from feedsette.views import VIEWS

DUMPS = sorted(FOLDER.glob("*.sql"))
REPLACED: dict[str, str] = {}
"""Columns that later versions do not hold: what gives the same values now, by rowid."""
NOT_COMPARED = {"_sqlite_migrations", "sqlite_stat1", "sqlite_sequence"}
every_version = pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"pragma table_info({table})")]


def values_of(connection: sqlite3.Connection) -> dict[str, dict[int, object]]:
    """Every value of every ordinary table, by `table.column` and rowid."""
    shown = "select name from sqlite_master where type = 'table' and name not like '%_fts%'"
    names = [name for (name,) in connection.execute(shown) if name not in NOT_COMPARED]
    return {
        f"{table}.{column}": dict(connection.execute(f'select rowid, "{column}" from "{table}"'))
        for table in names
        for column in columns_of(connection, table)
    }


def tables_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table.name: connection.execute(
                f"select {', '.join(table.column_names)} from {table.name}"
                f" order by {'id' if table.has_id else table.key[0]}, 2"
            ).fetchall()
            for table in TABLES
            if table.name not in ("loads", "fetches")
        }


def test_the_past_is_kept() -> None:
    """Before a migration is added, `python tests/store/upgrades.py` keeps the version before."""
    *earlier, _ = sorted(MIGRATION_NAMES)
    assert {path.stem for path in DUMPS} >= {"m001_create", *earlier}


@every_version
def test_nothing_is_lost(dump: Path, tmp_path: Path) -> None:
    path = restore(dump, tmp_path / "content.db")
    with closing(sqlite3.connect(path)) as connection:
        before = values_of(connection)
    assert len(before["articles.id"]) == 8
    with open_database(path) as database:
        connection = database.connection
        after = values_of(connection)
        after |= {name: dict(connection.execute(sql)) for name, sql in REPLACED.items()}
        assert [one for one in database.check() if one.severity == "error"] == []
    assert set(before) <= set(after)
    assert {name: after[name] for name in before} == before


@every_version
def test_everything_of_this_version_is_there(dump: Path, tmp_path: Path) -> None:
    path = restore(dump, tmp_path / "content.db")
    with open_database(path) as database, open_database(":memory:") as new:
        for table in TABLES:
            assert set(columns_of(database.connection, table.name)) == set(table.column_names)
        for view in VIEWS:
            shown = database.connection.execute(f"select * from {view.name}").description
            assert [column[0] for column in shown] == [column.name for column in view.columns]
        parts = "select type, name from sqlite_master where name not like '%_fts_%' order by 1, 2"
        assert (
            database.connection.execute(parts).fetchall()
            == new.connection.execute(parts).fetchall()
        )


@every_version
def test_words_are_found_and_the_feeds_go_on(dump: Path, tmp_path: Path) -> None:
    path = restore(dump, tmp_path / "content.db")
    now = FIRST_DAY.replace(day=10)
    with open_database(path, clock=lambda: now) as database:
        found = "select rowid from articles_fts where articles_fts match 'relais'"
        assert (4,) in database.connection.execute(found).fetchall()
        states = database.fetch_states()
        assert (states[GARDEN].etag, states[GARDEN].gone) == ('"2"', False)
        assert "failed" not in load(database, *present())
        assert [one for one in database.check() if one.severity == "error"] == []


@every_version
def test_loaded_again_it_equals_a_new_one(dump: Path, tmp_path: Path) -> None:
    old, new = restore(dump, tmp_path / "content.db"), tmp_path / "new.db"
    day = FIRST_DAY.replace(day=9)
    with open_database(old, clock=lambda: day) as database:
        load(database, *present())
    with open_database(new, clock=lambda: day) as database:
        load(database, *history())
        load(database, *present())
    assert without_loads(tables_of(old)) == without_loads(tables_of(new))


def without_loads(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, object]:
    """Which load and which extractor wrote an article depends on when it was loaded; what rolled
    off before there was a hash of details has none.
    """
    names = next(table.column_names for table in TABLES if table.name == "articles")
    left_out = {"load_id", "extractor_version", "details_sha256"}
    shown: dict[str, object] = dict(tables)
    shown["articles"] = [
        {name: value for name, value in zip(names, row, strict=True) if name not in left_out}
        for row in tables["articles"]
    ]
    return shown


@every_version
def test_opening_twice_changes_nothing(dump: Path, tmp_path: Path) -> None:
    path = restore(dump, tmp_path / "content.db")
    open_database(path).close()
    before = path.read_bytes()
    with open_database(path) as database:
        assert database.connection.total_changes == 0
    assert path.read_bytes() == before


@every_version
def test_an_upgrade_that_fails_leaves_the_file_as_it_was(dump: Path, tmp_path: Path) -> None:
    path = restore(dump, tmp_path / "content.db")
    open_database(path).close()
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    later = Migrations("feedsette")
    later._migrations.extend(MIGRATIONS._migrations)

    @later(name="m999_half")
    def half(db: object) -> None:
        db.execute("drop table links")  # type: ignore[attr-defined]
        raise sqlite3.OperationalError("disk I/O error")

    with (
        closing(connections.connect(path)) as connection,
        pytest.raises(sqlite3.OperationalError),
        connections.transaction(connection),
    ):
        upgrade(connection, FIRST_DAY, later)
    with closing(sqlite3.connect(path)) as connection:
        assert list(connection.iterdump()) == before


def newer(path: Path) -> Path:
    with open_database(path) as database:
        load(database, *history())
        database.connection.execute(
            "insert into _sqlite_migrations (migration_set, name) values ('feedsette', 'm999_far')"
        )
    return path


COMMANDS = {
    "check": ("check", "-d", "content.db"),
    "snapshot": ("snapshot", "out.db", "-d", "content.db"),
    "export": ("export", "out", "-d", "content.db"),
    "load": ("load", str(FOLDER / "notes.json"), "-d", "content.db"),
    "refresh": ("refresh", "-d", "content.db"),
    "dry run": ("load", str(FOLDER / "notes.json"), "--dry-run", "-d", "content.db"),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_every_command_refuses_a_newer_database(tmp_path: Path, words: tuple[str, ...]) -> None:
    path = newer(tmp_path / "content.db")
    before = path.read_bytes()
    result = subprocess.run(
        [sys.executable, "-m", "feedsette", *words],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        "content.db: was made by a newer feedsette (it has the schema m999_far); "
        "upgrade feedsette to use it\n"
    )
    assert path.read_bytes() == before
    assert [found for found in tmp_path.rglob("out*") if found.is_file()] == []


def test_what_is_only_read_is_not_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = restore(DUMPS[0], tmp_path / "content.db")
    before = path.read_bytes()
    later = MIGRATION_NAMES | {"m999_later"}
    monkeypatch.setattr("feedsette.store.versions.MIGRATION_NAMES", later)
    with pytest.raises(StoreError) as caught:
        open_database(path, read_only=True)
    assert str(caught.value) == f"{path}: {OLDER}"
    assert path.read_bytes() == before


def test_what_is_there_can_be_searched_by_pairs(tmp_path: Path) -> None:
    path = restore(FOLDER / "m005_details.sql", tmp_path / "content.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            """update articles set title = '猫頭鷹', tags = '["鳥類"]' where id = 3"""
        )
    found = """
select article_id, trim(title), trim(tags) from bigrams
where id in (select rowid from bigrams_fts where bigrams_fts match '"頭鷹" "類"')
"""
    with open_database(path) as database:
        hits = database.connection.execute(found).fetchall()
        assert hits == [(3, "猫頭 頭鷹 鷹", "鳥類 類")]
