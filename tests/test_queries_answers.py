"""What the saved queries answer, on feeds small enough to know the answer."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from datasette.app import Datasette
from markupsafe import escape

from datasets import (
    QUERIES,
    build_dataset,
    document,
    earlier_sample,
    feed,
    item,
    open_site,
    read_rows,
    read_text,
    sample,
)
from feedsette.serving.functions import prepare
from feedsette.serving.pages.searching import MAX_RANKED
from feedsette.views import VIEWS

pytestmark = pytest.mark.asyncio(loop_scope="module")

MARK = "\ue000{}\ue001"

BLOG = feed(
    # the search word stands in the title here, and only in the text below
    item(
        "Caching explained",
        published="Tue, 03 Sep 2024 10:00:00 +0000",
        tags=["http", "performance"],
        authors=["Ada"],
        html="<p>Keep what you asked for this slow evening.</p>"
        "<h2 id='how'>How it works</h2><p>A validator is sent.</p>"
        "<pre><code class='language-python'>if cache-&gt;hit:\n    return page</code></pre>"
        "<p><a href='https://docs.example/http?utm_source=blog'>The manual</a></p>",
    ),
    item(
        "Slow pages",
        published="Mon, 05 Aug 2024 10:30:00 +0000",
        tags=["performance", "sql", "http"],
        authors=["Ada", "Grace"],
        html="<p>One evening, before you cached anything, look at "
        "<a href='https://docs.example/http'>the manual</a> and at <a href='https://blog.example/caching-explained'>caching</a>.</p>"
        "<pre><code class='language-sql'>select 1</code></pre>",
    ),
    item(
        "An old post",
        published="Sun, 05 Feb 2023 23:59:00 +0000",
        tags=["sql"],
        authors=["Grace"],
        html="<p>Nothing of an evening <a href='https://other.example/'>here</a>, nor in <a "
        "href='https://docs.example/sql'>the other manual</a>.</p>",
    ),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers")
    return build_dataset(folder / "content.db", document(BLOG))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(path: Path) -> AsyncIterator[Datasette]:
    async with open_site(path) as site:
        yield site


async def column(site: Datasette, query: str, name: str, **parameters: str) -> list[object]:
    return [row[name] for row in await read_rows(site, query, **parameters)]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("caching", ["Caching explained", "Slow pages"]),
        ("CACHED", ["Caching explained", "Slow pages"]),
        ("cach*", ["Caching explained", "Slow pages"]),
        ('"keep what"', ["Caching explained"]),
        ('"what keep"', []),
        ("caching anything", ["Slow pages"]),
        ("caching NOT anything", []),
        ("grace", ["Slow pages", "An old post"]),
        ("sql", ["Slow pages", "An old post"]),
        ("->", []),
        ("", ["Caching explained", "Slow pages", "An old post"]),
    ],
)
async def test_search_finds_stems_phrases_and_beginnings(
    site: Datasette, words: str, titles: list[str]
) -> None:
    found = await column(site, "search", "title", q=words)
    assert sorted(map(str, found)) == sorted(titles)


async def test_search_puts_a_hit_in_the_title_first(site: Datasette) -> None:
    rows = await read_rows(site, "search", q="slow")
    assert [row["title"] for row in rows] == ["Slow pages", "Caching explained"]
    assert MARK.format("slow") in rows[1]["snippet"]


async def test_hits_are_marked_on_the_page_and_the_rest_is_escaped(site: Datasette) -> None:
    page = await read_text(site, "/content/search", q="anything")
    assert "<mark>anything</mark>" in page
    assert "\ue000" not in page


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"tag": "http"}, ["Caching explained", "Slow pages"]),
        ({"tag": "HTTP", "author": "Grace"}, ["Slow pages"]),
        ({"author": "Ada"}, ["Caching explained", "Slow pages"]),
        ({"author": "Nobody"}, []),
        ({"feed": "A blog", "year": "2023"}, ["An old post"]),
        ({"feed": "1", "tag": "sql"}, ["Slow pages", "An old post"]),
        ({"feed": "2"}, []),
        ({"year": "2024", "size": "1"}, ["Caching explained"]),
        ({"year": "2024", "size": "1", "page": "2"}, ["Slow pages"]),
        ({"language": "de"}, []),
        ({"size": "2", "page": "9" * 40}, []),
    ],
)
async def test_filters_without_words(
    site: Datasette, filters: dict[str, str], titles: list[str]
) -> None:
    assert await column(site, "search", "title", **filters) == titles


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 3),
        ({"tag": "performance"}, 2),
        ({"author": "Grace"}, 2),
        ({"feed": "A blog"}, 3),
        ({"feed": "Another"}, 0),
        ({"year": "2024"}, 2),
        ({"year": "2024", "tag": "sql"}, 1),
        ({"size": "2"}, 2),
        ({"size": "2", "page": "2"}, 1),
        ({"size": "2", "page": "3"}, 0),
        ({"size": "-5"}, 1),
        ({"size": "many", "page": "none"}, 3),
    ],
)
async def test_filters_and_pages_with_words(
    site: Datasette, filters: dict[str, str], count: int
) -> None:
    assert len(await read_rows(site, "search", q="evening", **filters)) == count


async def test_sections_are_found_with_their_address(site: Datasette) -> None:
    (row,) = await read_rows(site, "search_sections", q="validators sent")
    assert (row["section"], row["url"]) == (
        "How it works",
        "https://blog.example/caching-explained#how",
    )
    assert MARK.format("validator") in row["snippet"]
    assert await column(site, "search_sections", "section", q="validator", author="Grace") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("cache->hit", ["if cache->hit:\n    return page"]),
        ("CHE->H", ["if cache->hit:\n    return page"]),
        ("->", ["if cache->hit:\n    return page"]),
        ("1", ["select 1"]),
        ("return", ["if cache->hit:\n    return page"]),
        ("cache hit", []),
        ('"', []),
        ("", ["select 1", "if cache->hit:\n    return page"]),
    ],
)
async def test_code_is_found_inside_words_and_by_punctuation(
    site: Datasette, text: str, codes: list[str]
) -> None:
    found = await column(site, "search_code", "code", q=text)
    assert sorted(map(str, found)) == sorted(codes)


async def test_code_can_be_narrowed_and_is_marked(site: Datasette) -> None:
    assert await column(site, "search_code", "language", language="SQL") == ["sql"]
    (row,) = await read_rows(site, "search_code", q="hit:", tag="http")
    assert MARK.format("hit:") in row["snippet"]


async def test_tags_that_go_together(site: Datasette) -> None:
    rows = await read_rows(site, "tag_pairs")
    assert [(r["tag"], r["other_tag"], r["articles"], r["together"]) for r in rows] == [
        ("http", "performance", 2, 100.0),
        ("http", "sql", 1, 50.0),
        ("performance", "sql", 1, 50.0),
    ]
    rows = await read_rows(site, "tag_pairs", tag="sql")
    assert [(r["tag"], r["other_tag"]) for r in rows] == [("sql", "http"), ("sql", "performance")]


async def test_articles_by_tag_takes_the_most_used_tag_by_itself(site: Datasette) -> None:
    assert await column(site, "articles_by_tag", "title") == ["Caching explained", "Slow pages"]
    assert await column(site, "articles_by_tag", "title", tag="sql") == [
        "Slow pages",
        "An old post",
    ]
    assert await column(site, "articles_by_tag", "title", tag="nonsense") == []


async def test_a_tag_of_very_many_articles_is_answered_in_another_way(tmp_path: Path) -> None:
    """The query goes by tags.article_count, so the count alone is raised here."""
    path = build_dataset(tmp_path / "content.db", document(BLOG))
    with sqlite3.connect(path) as database:
        database.execute("update tags set article_count = 1000000 where slug = 'sql'")
    database.close()
    async with open_site(path) as site:
        assert await column(site, "articles_by_tag", "title") == ["Slow pages", "An old post"]
        assert await column(site, "articles_by_tag", "title", size="1") == ["Slow pages"]


async def test_months_and_hours(site: Datasette) -> None:
    assert await read_rows(site, "publishing_calendar") == [
        {"month": "2024-09", "articles": 1, "days": 1, "most_on_one_day": 1},
        {"month": "2024-08", "articles": 1, "days": 1, "most_on_one_day": 1},
        {"month": "2023-02", "articles": 1, "days": 1, "most_on_one_day": 1},
    ]
    assert await read_rows(site, "weekday_and_hour") == [
        {"weekday": "0 Sun", "hour": "23", "articles": 1},
        {"weekday": "1 Mon", "hour": "10", "articles": 1},
        {"weekday": "2 Tue", "hour": "10", "articles": 1},
    ]
    months = await read_rows(site, "tags_by_month", tag="sql")
    assert [(row["month"], row["articles"]) for row in months] == [("2024-08", 1), ("2023-02", 1)]


async def test_tracking_does_not_make_two_pages_of_one(site: Datasette) -> None:
    rows = await read_rows(site, "most_cited_links", size="1")
    assert [(row["clean_url"], row["articles"]) for row in rows] == [
        ("https://docs.example/http", 2)
    ]
    assert await column(site, "most_cited_links", "clean_url", domain="other.example") == [
        "https://other.example/"
    ]


async def test_sites_by_links(site: Datasette) -> None:
    assert await read_rows(site, "top_domains") == [
        {"domain": "docs.example", "links": 3, "articles": 3},
        {"domain": "other.example", "links": 1, "articles": 1},
    ]


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ("", ["The manual", "the manual", "the other manual"]),
        ("docs.example", ["The manual", "the manual", "the other manual"]),
        ("DOCS.example", ["The manual", "the manual", "the other manual"]),
        ("https://docs.example/http", ["The manual", "the manual"]),
        ("https://docs.example/", ["The manual", "the manual", "the other manual"]),
        ("https://docs.example/h_tp", []),
        ("docs", []),
    ],
)
async def test_who_links_to_a_site_or_page(site: Datasette, wanted: str, texts: list[str]) -> None:
    assert sorted(map(str, await column(site, "who_links_to", "text", url=wanted))) == texts


async def test_which_article_cites_which(site: Datasette) -> None:
    (row,) = await read_rows(site, "internal_links")
    assert (row["cites"], row["is_cited"]) == ("Slow pages", "Caching explained")
    number = str(row["target_article_id"])
    assert await read_rows(site, "internal_links", article=number) == [row]
    assert await read_rows(site, "internal_links", article="999") == []


async def test_code_by_language(site: Datasette) -> None:
    rows = await read_rows(site, "code_by_language")
    assert [(row["language"], row["code_blocks"], row["lines"]) for row in rows] == [
        ("python", 1, 2),
        ("sql", 1, 1),
    ]


async def test_edits_that_were_seen_and_edits_that_the_feed_declares(tmp_path: Path) -> None:
    async with open_site(build_dataset(tmp_path / "content.db", sample())) as site:
        (row,) = await read_rows(site, "edited_articles")
    assert (row["change"], row["versions"], row["edited"]) == (
        "declared",
        0,
        "2025-04-02T09:15:00+00:00",
    )
    path = build_dataset(tmp_path / "later.db", earlier_sample(), sample())
    async with open_site(path.replace(tmp_path / "content.db")) as site:
        (row,) = await read_rows(site, "edited_articles")
        (edit,) = await read_rows(site, "newest_edits")
    assert (row["change"], row["versions"], row["revision_id"]) == ("text", 1, 700_001)
    assert edit["atom_title"] == "Edited: Backups: the restore is the product"


async def test_problems_by_kind(tmp_path: Path) -> None:
    async with open_site(build_dataset(tmp_path / "content.db", sample())) as site:
        malformed = await read_rows(site, "problems_by_kind", kind="malformed link")
        without_alt = await read_rows(site, "problems_by_kind", kind="no alt text")
    assert [row["title"] for row in malformed] == ["Health checks that tell the truth"]
    assert "Slow pages are usually one query" in [row["title"] for row in without_alt]


async def test_health_of_feeds(site: Datasette) -> None:
    (row,) = await read_rows(site, "feed_health")
    assert (row["feed"], row["health"], row["article_count"], row["days_silent"]) == (
        "A blog",
        "silent",
        3,
        393,
    )


async def test_health_tells_what_is_silent_and_what_is_flawed(tmp_path: Path) -> None:
    now = "Tue, 30 Sep 2025 10:00:00 +0000"
    long_ago = "Mon, 30 Sep 2024 10:00:00 +0000"  # 366 days before the load
    documents = {
        "well": feed(item("New", published=now), site="https://a.example"),
        "silent": feed(item("Old", published=long_ago), site="https://b.example"),
        "flawed": feed(item("Cut", published=now), site="https://c.example")[:-12],
    }
    path = build_dataset(
        tmp_path / "content.db", *(document(text, f"{k}.xml") for k, text in documents.items())
    )
    async with open_site(path) as site:
        rows = await read_rows(site, "feed_health")
        pages = {n: await read_text(site, f"/content/feeds/{n}") for n in (1, 2, 3)}
    assert [(row["feed_id"], row["health"]) for row in rows] == [
        (3, "flawed"), (2, "silent"), (1, "well"),
    ]  # fmt: skip
    assert rows[0]["flaw"]
    assert [row["flaw"] for row in rows[1:]] == [None, None]
    assert 'class="state good">loaded' in pages[1]
    assert 'class="state bad">loaded, 1 new: ' in pages[3]
    assert escape(rows[0]["flaw"][:40]) in pages[3]


async def test_problems_are_as_many_as_their_description_says(tmp_path: Path) -> None:
    html = (
        "<p><a href='http://'>a</a> <a href='htp:/x'>b</a> <img src='a.png'><img src='b.png'></p>"
    )
    path = build_dataset(tmp_path / "content.db", document(feed(item("Bad", html=html))))
    async with open_site(path) as site:
        kinds = [row["kind"] for row in await read_rows(site, "problems")]
    assert sorted(kinds) == ["malformed link", "malformed link", "no alt text"]
    assert "one row for each malformed link, and for each article and other kind" in (
        next(view.description for view in VIEWS if view.name == "problems")
    )


async def test_newest_articles_of_a_feed(site: Datasette) -> None:
    titles = ["Caching explained", "Slow pages", "An old post"]
    assert await column(site, "recent_articles", "title") == titles
    assert await column(site, "recent_articles", "title", feed="A blog", size="2") == titles[:2]
    assert await column(site, "recent_articles", "title", feed="1") == titles
    assert await column(site, "recent_articles", "title", feed="B blog") == []
    assert await column(site, "newest", "atom_title", feed="1", tag="sql") == titles[1:]
    assert await column(site, "longest_articles", "title") == titles


async def test_newest_articles_as_atom(site: Datasette) -> None:
    text = await read_text(site, "/content/newest.atom", tag="http")
    assert text.count("<entry>") == 2
    assert "<title>Caching explained</title>" in text


@pytest.mark.parametrize(
    ("query", "table"), [("search", "articles"), ("search_sections", "sections")]
)
async def test_of_too_many_hits_those_loaded_last_are_ranked(
    path: Path, query: str, table: str
) -> None:
    """Tried with a limit of two: to load 20,000 articles would take two minutes."""
    sql = QUERIES[query]["sql"]
    assert f"offset {MAX_RANKED - 1})" in sql
    sql = sql.replace(f"offset {MAX_RANKED - 1})", "offset 1)")
    with closing(sqlite3.connect(path)) as connection:
        prepare(connection)
        asked = dict.fromkeys(QUERIES[query]["params"], "") | {"q": "evening"}
        found = [row[0] for row in connection.execute(sql, asked)]
        matching = f"select rowid from {table}_fts where {table}_fts match 'evening' order by 1"
        hits = [row_id for (row_id,) in connection.execute(matching)]
        assert (len(hits), sorted(found)) == (3, hits[1:])
        of_ada = connection.execute(sql, asked | {"author": "Ada"}).fetchall()
        assert sorted(row[0] for row in of_ada) == hits[:2]


async def test_search_says_how_much_it_found(site: Datasette) -> None:
    assert "3 articles, best matches first" in await read_text(site, "/content/search", q="evening")
    page = await read_text(site, "/content/search_sections", q="validator")
    assert "1 section, best matches first" in page
    narrowed = await read_text(site, "/content/search", q="evening", year="2024")
    assert "articles, best" not in narrowed
