"""The full-text indexes: right after every kind of change, and left alone by a mere sighting."""

import pytest
from store_rows import article, document, feed, rows, tagged

from feedsette.rows import Bigrams, CodeBlock
from feedsette.schema import TABLES
from feedsette.store import Database


def coded(key: str, code: str, **changes: object) -> object:
    block = CodeBlock(0, 0, "python", "declared", "py", None, 1, None, code)
    return article(key, code_blocks=(block,), html=f"<pre>{code}</pre>", **changes)


def found(db: Database, table: str, words: str) -> list[int]:
    sql = f"select rowid from {table}_fts where {table}_fts match ? order by rowid"
    return [number for (number,) in rows(db, sql, f'"{words}"')]


def sizes(db: Database) -> list[tuple[object, ...]]:
    return [
        row
        for table in ("articles", "sections", "code_blocks")
        for row in rows(db, f"select id, length(block), block from {table}_fts_data order by id")
    ]


def test_new_articles_are_found(db: Database) -> None:
    db.save(document(), feed(coded("a", "put_item(x)"), coded("b", "y", **tagged("servers"))))
    assert found(db, "articles", "texts") == [1, 2]
    assert found(db, "articles", "server") == [2]
    assert found(db, "sections", "text a") == [100_000]
    assert found(db, "code_blocks", "t_ite") == [100_000]
    assert db.check() == []


def test_an_edit_moves_the_index_along(db: Database) -> None:
    db.save(document("one", 10), feed(coded("a", "old_name"), coded("b", "kept")))
    db.save(document("two", 11), feed(coded("a", "new_name", title="Fresh"), coded("b", "kept")))
    assert found(db, "code_blocks", "old_name") == []
    assert found(db, "code_blocks", "new_name") == [100_000]
    assert found(db, "articles", "fresh") == [1]
    bare = article("a", sections=(), html="<p>Text a</p>")
    db.save(document("three", 12), feed(bare, coded("b", "kept")))
    assert found(db, "code_blocks", "new_name") == []
    assert found(db, "sections", "text a") == []
    assert found(db, "code_blocks", "kept") == [200_000]
    assert db.check() == []


def test_a_sighting_leaves_the_index_alone(db: Database) -> None:
    db.save(document("one", 10), feed(coded("a", "put_item")))
    before = sizes(db)
    db.save(document("two", 11), feed(coded("a", "put_item")))
    db.connection.execute("update articles set last_seen = '2030-01-01', removed_at = 'x'")
    db.connection.execute("update sections set level = 3")
    assert sizes(db) == before


@pytest.mark.parametrize(
    ("change", "sought", "ids"),
    [
        ("update articles set title = 'Renamed' where id = 1", "renamed", [1]),
        ("insert into articles (feed_id, item_key, first_seen, last_seen, title)"
         " values (1, 'z', '', '', 'Added')", "added", [3]),
        ("delete from sections; delete from articles where id = 1", "text", [2]),
    ],
)  # fmt: skip
def test_other_tools_keep_the_index_right(
    db: Database, change: str, sought: str, ids: list[int]
) -> None:
    db.save(document(), feed(article("a"), article("b")))
    db.connection.executescript(change)
    assert found(db, "articles", sought) == ids
    errors = [f.kind for f in db.check() if f.severity == "error"]
    assert "search index" not in errors


def test_datasette_finds_the_indexes(db: Database) -> None:
    detect_fts = pytest.importorskip("datasette.utils").detect_fts
    for table in ("articles", "sections", "code_blocks"):
        assert detect_fts(db.connection, table) == f"{table}_fts"


def test_merges_are_rare_and_small(db: Database) -> None:
    for table in (one for one in TABLES if one.full_text):
        sql = f"select k, v from {table.name}_fts_config where k like '%merge' order by k"
        assert rows(db, sql) == [("automerge", 16), ("crisismerge", 64)], table.name


def test_pairs_of_characters_follow_an_edit(db: Database) -> None:
    owl = (Bigrams(0, "猫頭 頭鷹 鷹", None, None, "Text a"),)
    db.save(document("one", 10), feed(article("a", title="猫頭鷹", bigrams=owl), article("b")))
    assert found(db, "bigrams", "頭鷹") == [100_000]
    db.save(document("two", 11), feed(article("a", title="Owls"), article("b")))
    assert found(db, "bigrams", "頭鷹") == []
    assert rows(db, "select * from bigrams") == []
    assert db.check() == []
