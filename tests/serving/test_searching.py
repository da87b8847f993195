"""Searching where an index of words is not enough: scripts without spaces, and `C++`."""

import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st

from datasets import build_dataset, document, feed, item, open_site, read_rows, read_text
from feedsette.bigrams import bigram_rows, spread
from feedsette.schema import BIGRAMS
from feedsette.serving.asking.questions import (
    AROUND,
    MAX_HELD,
    bigram_excerpt,
    bigram_holds,
    bigram_query,
    fts_ignored,
    fts_query,
    fts_signs,
    text_holds,
)
from feedsette.serving.showing.cells import MARKS

OWL = "<p>夜裡的猫頭鷹飛過森林，用Python寫的。</p><h2>森林の話</h2><p>鳥が歌う。</p>"
OWLS = feed(
    item("猫頭鷹入門", html=OWL, tags=["鳥類観察"], authors=["山田太郎"]),
    item("기계학습을 배우다", html="<p>재미있다</p>"),
    item("กินข้าว", html="<p>วันนี้ฉันกินข้าวที่บ้าน</p>"),
    item("Owls", html="<p>They eat “mice” and caching.</p>"),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_dataset(tmp_path_factory.mktemp("owls") / "content.db", document(OWLS))


@pytest.fixture
async def site(path: Path) -> AsyncIterator[Datasette]:
    async with open_site(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    tokenize = BIGRAMS.full_text.tokenize.replace("'", "''")
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"create virtual table found using fts5(text, tokenize='{tokenize}')")
        yield database


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("机器学习", "机器 器学 学习 习"),
        ("茶", "茶"),
        ("我们使用Python。", "我们 们使 使用 用 Python。"),
        ("喝茶, tea", "喝茶 茶 , tea"),
        ("ｶﾀｶﾅ", "カタ タカ カナ ナ"),
        ("기계 학습", "기계 계 학습 습"),
        ("กิน", "กิ ิน น"),
        ("plain “words”", "plain “words”"),
    ],
)
def test_pairs(text: str, words: str) -> None:
    assert spread(text).split() == words.split()


def test_only_articles_that_need_it_have_a_row() -> None:
    assert bigram_rows("鳥", [], None, "")[0][2:] == (None, None, None)
    assert bigram_rows("Owls", ["birds"], None, "They “eat” mice — naïvely, Ελληνικά") == ()
    (row,) = bigram_rows("Owls", ["birds", "鳥類"], None, "They")
    assert (row.title, row.tags.split(), row.author, row.text) == (
        "Owls", ["birds", "鳥類", "類"], None, "They",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        (None, None),
        ("caching", None),
        ("->", None),
        ("机器学习", '" 机器 器学 学习"'),
        ("机器*", '" 机器"'),
        ("茶", '" 茶"*'),
        ("机器学习。", '" 机器 器学 学习"'),
        ("Python 茶", '"Python" " 茶"*'),
        ("cach* 学习", '"cach"* " 学习"'),
        ("学 习 -> ", '" 学"* " 习"*'),
    ],
)
def test_query(typed: str | None, query: str | None) -> None:
    assert bigram_query(typed) == query


SIGNS = st.text(alphabet="机器学习茶カナ기계กิน้ab1 ,。\"*'", min_size=1, max_size=40)


@given(SIGNS, st.data())
def test_every_part_of_a_text_is_found(
    index: sqlite3.Connection, text: str, data: st.DataObject
) -> None:
    """What begins and ends within a run, or where a word of Latin letters does."""
    runs = st.sampled_from([(n, m) for n in range(len(text)) for m in range(n + 1, len(text) + 1)])
    begin, end = data.draw(runs)
    part = text[begin:end]
    around = (text[begin - 1 : begin] + part[0], part[-1] + text[end : end + 1])
    whole = not any(pair.isascii() and pair.isalnum() and len(pair) == 2 for pair in around)
    query = bigram_query(f'"{part.replace(chr(34), " ")}"')
    if not whole or query is None:
        return
    index.execute("delete from found")
    index.execute("insert into found values (?)", [spread(text)])
    sql = "select count(*) from found where found match ?"
    assert index.execute(sql, [query]).fetchone() == (1,), (text, part, query)


@given(st.text() | SIGNS)
def test_no_text_is_an_error(index: sqlite3.Connection, text: str) -> None:
    index.execute("select count(*) from found where found match ?", [bigram_query(text) or '""'])
    assert text_holds(text, text) in (0, 1)
    assert bigram_excerpt(text, text) is not None


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("頭鷹飛", ["猫頭鷹入門"]),
        ("入門", ["猫頭鷹入門"]),
        ("類観", ["猫頭鷹入門"]),
        ("太郎", ["猫頭鷹入門"]),
        ("鷹", ["猫頭鷹入門"]),
        ("歌", ["猫頭鷹入門"]),
        ("用Python", ["猫頭鷹入門"]),
        ("python 森林", ["猫頭鷹入門"]),
        ("python", ["猫頭鷹入門"]),
        ("森\u200b林", ["猫頭鷹入門"]),
        ("森林 恐竜", []),
        ("학습", ["기계학습을 배우다"]),
        ("ข้าว", ["กินข้าว"]),
        ("cached", ["Owls"]),
    ],
)
async def test_what_is_found(site: Datasette, typed: str, titles: list[str]) -> None:
    for query, name in (("search", "title"), ("newest", "atom_title")):
        assert [row[name] for row in await read_rows(site, query, q=typed)] == titles
    listed = await read_rows(site, "articles", _search=typed, _col="title")
    assert [row["title"] for row in listed] == titles


@pytest.mark.parametrize("typed", [" ", '"', '""', "\0", "->"])
async def test_nothing_to_look_for_finds_nothing(site: Datasette, typed: str) -> None:
    for table in ("articles", "sections", "code_blocks"):
        assert await read_rows(site, table, _search=typed) == []
    assert await read_rows(site, "articles", _search_title=typed) == []


async def test_signs_that_no_index_keeps_must_be_there(tmp_path: Path) -> None:
    made = feed(
        item("C++ in a day", html="<p>templates</p>"),
        item("A C program", html="<h2>Of c# and f#</h2><p>pointers</p>"),
        item("Vitamins", html="<p>vitamin c</p>", tags=["C++"]),
        item("编程", html="<p>用C++编程</p>"),
        item("编程二", html="<p>用C编程</p>"),
    )
    path = build_dataset(tmp_path / "content.db", document(made))
    expected = {
        "c++": {"C++ in a day", "Vitamins", "编程"},
        "C# F#": {"A C program"},
        "C": {"C++ in a day", "A C program", "Vitamins", "编程", "编程二"},
        "c++ 编程": {"编程"},
        '"C++" templates': {"C++ in a day"},
    }
    async with open_site(path) as site:
        for typed, titles in expected.items():
            for query, name in (("search", "title"), ("newest", "atom_title")):
                found = await read_rows(site, query, q=typed)
                assert {row[name] for row in found} == titles, (typed, query)
        (section,) = await read_rows(site, "search_sections", q="c#")
        assert section["section"] == "Of c# and f#"
        html = await read_text(site, "/content/search", q="c++")
        assert "Best matches first" in html  # how many is not known


@pytest.mark.parametrize(
    ("typed", "signs"),
    [
        (None, None),
        ("c", None),
        ("C++ tips", "C++"),
        ("c# F#", "c# F#"),
        ("++", None),
        ("node.js x+y", None),
        ("1+", None),
    ],
)
def test_signed_words(typed: str | None, signs: str | None) -> None:
    assert fts_signs(typed) == signs


async def test_filters_and_pages_hold(site: Datasette) -> None:
    async def found(**asked: str | int) -> list[str]:
        return [row["title"] for row in await read_rows(site, "search", **asked)]

    assert await found(q="森林", tag="鳥類観察", author="山田太郎", year="2024") == ["猫頭鷹入門"]
    assert await found(q="森林", tag="other") == []
    assert await found(q="森林", year="2023") == []
    assert await found(q="森林", page=2) == []


async def test_sections_are_found(site: Datasette) -> None:
    found = await read_rows(site, "search_sections", q="森林")
    assert [row["section_id"] % 100_000 for row in found] == [0, 1]
    assert found[0]["snippet"] == f"夜裡的猫頭鷹飛過{'森林'.join(MARKS)}，用Python寫的。"
    assert [row["section"] for row in await read_rows(site, "search_sections", q="鳥が")] == [
        "森林の話"
    ]
    assert len(await read_rows(site, "sections", _search="森林")) == 2
    assert len(await read_rows(site, "sections", _search_title="森林")) == 1


async def test_words_within_such_a_script_are_found_beside_others(tmp_path: Path) -> None:
    made = feed(
        item("Python", html="<p>snakes</p>"),
        item(
            "数据库", html="<p>我们使用Python和SQL。</p><h2>用Ｐｙｔｈｏｎ</h2><p>cached 数据</p>"
        ),
        item("编程", html="<p>Python 编程</p>"),
    )
    path = build_dataset(tmp_path / "content.db", document(made))
    async with open_site(path) as site:
        for query, name in (("search", "title"), ("newest", "atom_title")):
            found = await read_rows(site, query, q="python")
            assert sorted(row[name] for row in found) == ["Python", "数据库", "编程"]
        found = await read_rows(site, "articles", _search="python", _col="title")
        assert sorted(row["title"] for row in found) == ["Python", "数据库", "编程"]
        html = await read_text(site, "/content/search", q="python")
        assert "3 articles, best matches first" in html
        for words, count in (("python", 3), ("caching 数据", 1), ("SQL", 1)):
            assert len(await read_rows(site, "search_sections", q=words)) == count, words
        assert len(await read_rows(site, "sections", _search="python")) == 3


async def test_the_page_shows_where(site: Datasette) -> None:
    html = await read_text(site, "/content/search", q="森林")
    assert "飛過<mark>森林</mark>" in html
    assert "1 article, best matches first" in html
    assert "1 article" not in await read_text(site, "/content/search_sections", q="森林")


def test_an_excerpt_is_short_and_marks_what_is_found() -> None:
    text = "一" * 300 + "茶Tea" + "二" * 300
    cut = bigram_excerpt(text, "茶tea")
    assert cut == "…" + "一" * AROUND + "茶Tea".join(MARKS) + "二" * (2 * AROUND - 4) + "…"
    assert bigram_excerpt("猫", "犬") == "猫"
    assert bigram_excerpt(None, "犬") is None
    assert bigram_excerpt("猫", "") == "猫"


def test_long_texts_and_long_searches_end_soon() -> None:
    assert not text_holds("猫" * MAX_HELD + "犬", "犬")
    assert not bigram_holds("猫" * MAX_HELD + "犬", "犬")
    long = "a" * 10_000_000
    started = time.process_time()
    for asked in (long, long + "b", "a " * 5_000_000, '"' * 10_000_000, "猫" * 10_000_000):
        for function in (fts_query, fts_ignored, fts_signs, bigram_query):
            function(asked)
        for function in (text_holds, bigram_holds, bigram_excerpt):
            function(long, asked)
            function(long, " ".join([asked[:60] + "b"] * 20))
    assert time.process_time() - started < 10  # a second, and many minutes without limits


def test_every_word_counts_up_to_a_limit() -> None:
    many = " ".join(chain(["猫"], map(str, range(100))))
    assert bigram_query(many).count('"') == 64
    assert len(bigram_query("猫" * 10_000)) < 500
