"""The embedded default shows each habit of real feeds, and all of it is read."""

import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from datasets import SAMPLE, build_dataset, sample


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = build_dataset(tmp_path_factory.mktemp("sample") / "content.db", sample())
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_is_well_formed_and_has_both_kinds_of_full_text() -> None:
    items = ET.parse(SAMPLE).getroot().findall("channel/item")
    encoded = [item.find("{http://purl.org/rss/1.0/modules/content/}encoded") for item in items]
    assert {element is None for element in encoded} == {True, False}
    assert all(item.findtext("guid") == item.findtext("link") for item in items)


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("feeds", 1),
        ("articles", 13),
        ("authors", 2),
        ("tags", 12),
        ("article_tags", 36),
        ("code_blocks", 22),
        ("images", 8),
        ("embeds", 1),
        ("enclosures", 1),
        ("revisions", 0),
    ],
)
def test_rows(database: sqlite3.Connection, table: str, count: int) -> None:
    assert database.execute(f"select count(*) from {table}").fetchone() == (count,)


@pytest.mark.parametrize(
    ("what", "sql", "expected"),
    [
        ("two articles have two authors", "articles where author like '%, %'", 2),
        ("no-break spaces become spaces", "articles where title like '%\u00a0%'", 0),
        ("footers name the original", "articles where canonical_url <> clean_url", 9),
        ("one article was updated", "articles where updated > published", 1),
        ("proxies are unwrapped", "images where url like '%.example.%' and url <> src", 6),
        ("all pictures are the authors' own", "images where url not like '%.example.%'", 0),
        ("a picture leads to a page", "images where link_url like '%larder.example.net%'", 1),
        ("pictures wrapped in themselves", "links where kind = 'image'", 2),
        ("one link is malformed", "links where problem is not null", 1),
        ("tracking goes", "links where clean_url like '%utm_%' or clean_url like '%fbclid%'", 0),
        ("tracking was there", "links where url like '%utm_%' or url like '%fbclid%'", 5),
        ("own ref goes", "links where clean_url like '%ref=%'", 0),
        ("an address to write to", "links where kind = 'mailto'", 1),
        ("references have titles", "links where reference > 0 and reference_title is null", 0),
        ("articles cite each other", "links where target_article_id <> article_id", 19),
        ("plaintext is no language", "code_blocks where language_raw = 'plaintext'", 10),
        ("and neither is none", "code_blocks where language is null", 11),
        ("no markup in code", "code_blocks where code like '%<p>%' or code like '%<br%'", 0),
        ("headings without permalinks", "sections where title like '%¶%' or title like '%#%'", 0),
    ],
)  # fmt: skip
def test_habits(database: sqlite3.Connection, what: str, sql: str, expected: int) -> None:
    found = database.execute(f"select count(*) from {sql}").fetchone()
    assert found == (expected,), what


def test_languages_of_many_platforms(database: sqlite3.Connection) -> None:
    rows = database.execute("select distinct language from code_blocks order by 1").fetchall()
    assert [name for (name,) in rows] == [
        None, "bash", "http", "ini", "javascript", "nginx", "python", "sql",
    ]  # fmt: skip


def test_the_listing_made_of_paragraphs_and_breaks(database: sqlite3.Connection) -> None:
    (code,) = database.execute(
        "select code from code_blocks where code like 'def check%'"
    ).fetchone()
    lines = [line for line in code.split("\n") if line]
    assert lines[0] == "def check(database):"
    assert lines[1] == "    marker = secrets.token_hex(8)"
    assert lines[-1] == "    return found == marker"
    assert len(lines) == 11


def test_the_episode(database: sqlite3.Connection) -> None:
    assert database.execute(
        "select url, media_type, length_bytes, duration_seconds from enclosures"
    ).fetchall() == [
        (
            "https://audio.example.org/smallhours/003-who-carries-the-pager.mp3",
            "audio/mpeg",
            29_360_128,
            30 * 60 + 35,
        )
    ]
    assert database.execute("select provider, url from embeds").fetchall() == [
        ("youtube", "https://www.youtube.com/watch?v=SmallHours3")
    ]
