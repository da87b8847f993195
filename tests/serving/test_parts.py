"""Cells, differences, charts and formats: the small parts of pages."""

import re
import time
from pathlib import Path

import pytest
from datasette.app import Datasette
from markupsafe import Markup
from pygments.token import STANDARD_TYPES

from feedsette.markup import parse_html
from feedsette.serving.ownership import note
from feedsette.serving.showing import cells
from feedsette.serving.showing.charts import Bar, draw, monthly_bars, scale
from feedsette.serving.showing.differences import difference
from feedsette.serving.showing.formats import (
    counted,
    day,
    duration,
    excerpt,
    label,
    number,
    title_direction,
    title_of,
    web,
)
from feedsette.serving.showing.highlighting import MAX_COLOURED, highlight

DATASETTE = Datasette(memory=True, settings={"base_url": "/prefix/"})
note(DATASETTE.get_database("_memory"), ours=True)
AWAY = '" rel="nofollow noopener noreferrer ugc" class="away">'


@pytest.mark.parametrize(
    ("value", "column", "table", "shown"),
    [
        (12, "article_id", None, '<a href="/prefix/_memory/articles/12">12</a>'),
        (7, "code_block_id", None, '<a href="/prefix/_memory/code_blocks/7">7</a>'),
        (7, "target_article_id", "link_list", '<a href="/prefix/_memory/articles/7">7</a>'),
        (7, "id", "code_list", '<a href="/prefix/_memory/code_blocks/7">7</a>'),
        (7, "id", "articles", None),
        (12, "article_id", "links", None),
        ({"value": 5, "label": None}, "section_id", "links",
         '<a href="/prefix/_memory/sections/5">section 5</a>'),
        ({"value": 5, "label": "Intro"}, "section_id", "links", None),
        (12, "words", None, None),
        (None, "article_id", None, None),
        ("12", "article_id", None, None),
        ("short", "title", None, None),
        ("javascript:alert(1)", "url", None, None),
        ("https://a.example/ x", "url", None, None),
        ("https://www.a.example/x", "url", None, f'<a href="https://www.a.example/x{AWAY}a.example/x</a>'),
        ('https://a.example/"><b>', "url", None, None),
        ("\ue000<b>\ue001&\ue001", "snippet", None, "<mark>&lt;b&gt;</mark>&amp;"),
        ("\ue000" + "x" * 5_000, "text", None,
         f'\ue000{"x" * 179}… <span class="more">5,001 characters</span>'),
        ('["a&b", 3]', "tags", None,
         '<a class="tag" href="/prefix/_memory/articles?tags__arraycontains=a%26b">a&amp;b</a>'),
        ("[broken", "tags", None, ""),
        ("{}", "tags", None, None),
        # templates of tables ask for those that they show
        ('["a"]', "tags", "articles", None),
        ("https://a.example/", "url", "links", None),
        ("<" * 300, "text", None, "&lt;" * 180 + '… <span class="more">300 characters</span>'),
    ],
)  # fmt: skip
def test_cell(value: object, column: str, table: str | None, shown: str | None) -> None:
    assert cells.render(value, column, table, "_memory", DATASETTE) == shown


FOREIGN = ("CodeMirror", "cm-editor", "filter-row", "radio-buttons", "vega-embed")
"""Classes of Datasette's editor and of datasette-vega."""
MADE = re.compile("(?:col|type|message|datasette-vega)-[a-z-]+|l[1-5]")
"""Those of which a template writes the half."""


def test_the_stylesheet_holds_nothing_that_no_page_has() -> None:
    folder = Path(cells.__file__).parents[1]
    files = [path for path in folder.rglob("*") if path.suffix in (".html", ".py")]
    words = {word for path in files for word in re.findall(r"[\w-]+", path.read_text("utf-8"))}
    styles = re.sub(r"/\*.*?\*/", "", (folder / "static" / "feedsette.css").read_text("utf-8"))
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)", styles))
    assert len(classes) > 100
    known = {*words, *STANDARD_TYPES.values(), *FOREIGN}
    assert sorted(name for name in classes - known if not MADE.fullmatch(name)) == []


def test_a_link_that_is_no_link_is_text() -> None:
    assert cells.web_link("javascript:x", "<b>") == Markup("&lt;b&gt;")
    assert "…" in cells.web_link("https://a.example/" + "x" * 100)


@pytest.mark.parametrize("value", [None, "", "{}", "nonsense", "[" * 100_000])
def test_tags_that_are_none(value: str | None) -> None:
    assert cells.tag_names(value) == []


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("same", "same", ""),
        (None, None, ""),
        ("one two", "one 2", "<p>one <del>two</del> <ins>2</ins></p>"),
        ("a\nb", "a", "<p><del>b</del></p>"),
        ("a", "a\n<b>", "<p><ins>&lt;b&gt;</ins></p>"),
        (
            "<i>x</i>",
            "<i>y</i>",
            "<p><del>&lt;i&gt;x&lt;/i&gt;</del> <ins>&lt;i&gt;y&lt;/i&gt;</ins></p>",
        ),
        ("w " * 601 + "a", "b", f"<p><del>{('w ' * 601 + 'a')}</del> <ins>b</ins></p>"),
        ("l\n" * 300, "l\nx\n" * 150, "<p>Too long to be compared.</p>"),
        ("a\nb", "c\nd", "<p><del>a</del> <ins>c</ins></p><p><del>b</del> <ins>d</ins></p>"),
    ],
)
def test_difference(before: str | None, after: str | None, shown: str) -> None:
    assert difference(before, after) == shown


def test_long_equal_parts_are_shortened() -> None:
    words = " ".join(f"w{n}" for n in range(40))
    shown = difference(f"{words} old", f"{words} new")
    assert "w11 … w28" in shown


def test_what_repeats_is_compared_for_a_quarter_of_a_second_at_most() -> None:
    before, after = "a " * 600 + "end", "a b " * 300 + "end"
    assert difference(before, after) == f"<p><del>{before}</del> <ins>{after}</ins></p>"
    # each pair is cheap, and all of them are not
    number = 400
    old = "\n".join("a " * 60 + str(n) for n in range(number))
    new = "\n".join("a b " * 30 + str(n) for n in range(number))
    whole = f"<p><del>{'a ' * 60}7</del>"
    shown = difference(f"{old}\nlast one", f"{new}\nlast two")
    assert whole not in shown
    assert f"<p><del>{'a ' * 60}{number - 1}</del>" in shown
    assert shown.endswith("<p>last <del>one</del> <ins>two</ins></p>")


def test_bars_have_no_gaps() -> None:
    bars = monthly_bars({"2023-11": 1, "2024-01": 2, "": 5, "garbage": 1})
    assert bars == [
        Bar("2023-11", 1, "2023-11", "2023-12"),
        Bar("2023-12", 0, "2023-12", "2024-01"),
        Bar("2024-01", 2, "2024-01", "2024-02"),
    ]
    assert monthly_bars({}) == []


def test_a_long_history_is_drawn_by_the_year() -> None:
    bars = monthly_bars({"2001-05": 2, "2001-06": 1, "2024-01": 4})
    assert bars[0] == Bar("2001", 3, "2001", "2002")
    assert len(bars) == 24


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [1, 0]),
        (1, [1, 0]),
        (4, [4, 3, 2, 1, 0]),
        (5, [6, 4, 2, 0]),
        (63, [80, 60, 40, 20, 0]),
        (12_345, [15_000, 10_000, 5_000, 0]),
    ],
)
def test_charts_are_measured_in_round_numbers(highest: int, ticks: list[int]) -> None:
    assert scale(highest) == ticks


def test_charts_name_what_divides_the_time_evenly() -> None:
    chart = draw(monthly_bars({"2024-01": 1, "2025-01": 3}), "/x")
    below = chart.partition('class="axis"')[2]
    names = re.findall(r"<span>(.*?)</span>", below)
    assert names == ["2024-01", "2024-04", "2024-07", "2024-10", "2025-01"]
    assert re.findall(r"<span>(.*?)</span>", chart.partition("<svg")[0]) == ["3", "2", "1", "0"]


def test_charts_of_twelve_years_name_four_of_them() -> None:
    chart = draw(monthly_bars({"2014-01": 1, "2025-01": 3}), "/x")
    names = re.findall(r"<span>(.*?)</span>", chart.partition('class="axis"')[2])
    assert names == ["2014", "2018", "2021", "2025"]
    short = draw(monthly_bars({"2014-01": 1, "2014-02": 3}), "/x")
    assert re.findall(r"<span>(\d{4}-.*?)</span>", short) == ["2014-01", "2014-02"]
    assert draw(monthly_bars({"2014-01": 1}), "/x").count("<span>2014-01</span>") == 1


@pytest.mark.parametrize(
    ("title", "text", "way"),
    [
        ("שלום", "שלום לכולם", "rtl"),
        ("SQLite ולמה", "מסד נתונים", "rtl"),  # it begins with a name in Latin letters
        ("SQLite", "מסד נתונים", "ltr"),
        ("Why שלום means hello", "It is a greeting.", "ltr"),
        ("שלום means hello", "It is a greeting.", "ltr"),
        ("שלום", None, "rtl"),
        ("2024", "מסד", "ltr"),
        (None, "מסד", "ltr"),
    ],
)
def test_a_title_runs_as_its_text(title: str | None, text: str | None, way: str) -> None:
    assert title_direction(title, text) == way


def test_chart() -> None:
    chart = draw(monthly_bars({"2024-01": 1, "2024-03": 2}), "/content/articles?feed_id=1")
    assert 'aria-label="3 articles from 2024-01 to 2024-03, at most 2 in a month"' in chart
    assert (
        "/content/articles?feed_id=1&amp;published__gte=2024-03&amp;published__lt=2024-04" in chart
    )
    assert chart.count("<a ") == 2
    assert "<title>2024-01: 1 article</title>" in chart
    assert draw([], "/") == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2024-09-03T01:32:48+00:00", "3 September 2024"),
        ("2024-13-03", "2024-13-03"),
        (None, ""),
        ("soon", "soon"),
    ],
)
def test_day(value: object, shown: str) -> None:
    assert day(value) == shown


def test_words() -> None:
    assert (number(1234567), number(None), number("x")) == ("1,234,567", "0", "x")
    assert (counted(1, "row"), counted(2000, "row")) == ("1 row", "2,000 rows")
    assert (title_of({"title": None}), title_of({"title": "a"})) == ("Untitled", "a")
    assert excerpt("  a  b ") == "a b"
    assert excerpt("one two, three", 10) == "one two…"
    assert excerpt(None) == ""
    assert excerpt("a b  c\n", 5) == "a b c"
    assert [excerpt(" a b", n) for n in (1, 2, 3)] == ["a…", "a…", "a b"]
    assert label(Markup('<a href="/x">T</a>&nbsp;<em>3</em>')) == '<a href="/x">T</a>'
    assert label("<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("url", ["javascript:x", "https://a.example/<b>", "mailto:a", None, "//x"])
def test_web_lets_nothing_else_pass(url: str | None) -> None:
    assert web(url) is None


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59, "0:59"), (3723, "1:02:03")])
def test_duration(seconds: int, shown: str) -> None:
    assert duration(seconds) == shown


def test_highlight() -> None:
    assert highlight("a < 1", "python") == (
        '<span class="n">a</span> <span class="o">&lt;</span> <span class="mi">1</span>'
    )
    assert highlight("<b>", "no such language") == "&lt;b&gt;"
    assert highlight("<" * (MAX_COLOURED + 1), "python") == "&lt;" * (MAX_COLOURED + 1)


@pytest.mark.parametrize("code", ["$ ls\n$ pwd", "a = 1 // x\nb", "\n  x\n\ty\n", "-- a\n"])
@pytest.mark.parametrize(
    "language",
    ["console", "pycon", "iex", "psql", "doscon", "pwsh-session", "rust", "diff", "robotframework"],
)
def test_colours_leave_all_of_the_code(language: str, code: str) -> None:
    shown = parse_html(f"<pre>.{highlight(code, language)}</pre>").raw_text()
    assert shown == f".{code}"


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("tnt", "[x]\na=b"),  # whose lexer never ends where the last line does not
        ("make", ("(" * 480 + "\n") * 40),
        ("c", "(" * 20_000),
        ("autoit", " " * 20_000),
        ("agda", "\n" * 19_000),
        ("java", ("a" * 490 + "\n") * 40),
        ("http", ("a" * 490 + "\n") * 40),
    ],
)
def test_no_listing_takes_long(language: str, code: str) -> None:
    started = time.thread_time()
    shown = parse_html(f"<pre>.{highlight(code, language)}</pre>").raw_text()
    assert time.thread_time() - started < 5  # a quarter of a second; up to minutes without limits
    assert shown == f".{code}"


def test_the_last_line_is_coloured_too() -> None:
    assert '<span class="c1">// done</span>' in highlight("x();\n// done", "java")
