"""Lists: what facets count and remember, how searches are answered, where their links lead."""

import copy
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from datasette.app import Datasette

from datasets import (
    IS_DATASETTE_1,
    METADATA,
    QUERIES,
    build_dataset,
    document,
    feed,
    item,
    open_site,
    read_rows,
    read_text,
)  # fmt: skip
from feedsette.markup import parse_html
from feedsette.serving.asking import hits
from feedsette.serving.showing.formats import here


def tagged(count: int, tag: str, year: int, word: str) -> list[str]:
    """Items of a tag and a year, each with a word of its own and one in common."""
    return [
        item(
            f"{word} {number}", tags=[tag], published=f"Tue, 03 Sep {year} 01:00:00 +0000",
            html=f"<p>common {word} text{number}</p>",
        )
        for number in range(count)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def many_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More articles than a search looks up one by one."""
    items = tagged(hits.MANY, "Often", 2022, "plenty") + tagged(3, "Seldom", 2024, "scarce")
    path = tmp_path_factory.mktemp("many") / "content.db"
    return build_dataset(path, document(feed(*items)))


@pytest.fixture
async def many(many_path: Path) -> AsyncIterator[Datasette]:
    async with open_site(many_path, suggest_facets=False) as site:
        yield site


async def read_facets(site: Datasette, path: str) -> dict[str, list[tuple[str, int, str]]]:
    """The facets of a page as they are shown: name → (value, count, query of its link)."""
    facets: dict[str, list[tuple[str, int, str]]] = {}
    tree = parse_html(await read_text(site, path))
    for section in tree.find_all("section"):
        above = next(section.ancestors())
        if above.attribute("id") != "facets":
            continue
        values = facets.setdefault(section.attribute("aria-label") or "", [])
        for row in section.find_all("li"):
            link = next(row.find_all("a"))
            number = next(row.find_all("span")).raw_text().split("chosen")[0]
            values.append(
                (link.raw_text(), int(number.replace(",", "")), link.attribute("href") or "")
            )
    return facets


async def test_facets_count_tags_and_years(many: Datasette) -> None:
    facets = await read_facets(many, "/content/articles")
    assert [value[:2] for value in facets["tags"]] == [("Often", hits.MANY), ("Seldom", 3)]
    assert [value[:2] for value in facets["published"]] == [("2024", 3), ("2022", hits.MANY)]
    assert facets["tags"][1][2] == "?tags__arraycontains=Seldom"
    assert facets["published"][0][2] == "?published__gte=2024&published__lt=2025"


@pytest.mark.parametrize(
    "page",
    [
        "/content/articles?tags__arraycontains=Seldom",
        "/content/articles?published__gte=2024&published__lt=2025",
        "/content/articles?_search=scarce",
        "/content/articles?_search=common&published__gte=2024",
    ],
)
async def test_facets_count_what_is_listed(many: Datasette, page: str) -> None:
    facets = await read_facets(many, page)
    assert [value[:2] for value in facets["tags"]] == [("Seldom", 3)]
    assert [value[:2] for value in facets["published"]] == [("2024", 3)]


async def test_a_chosen_value_leads_back(many: Datasette) -> None:
    page = "/content/articles?tags__arraycontains=Seldom&published__gte=2024&published__lt=2025"
    facets = await read_facets(many, page)
    assert facets["published"][0][2] == "?tags__arraycontains=Seldom"
    assert facets["tags"][0][2] == "?published__gte=2024&published__lt=2025"


@pytest.mark.parametrize(
    ("asked", "ours", "stock"),
    [
        ("?", [("tags", False)], []),
        ("?_facet_array=tags", [("tags", False)], [("tags", True)]),
        (
            "?_facet_array=tags&_facet_array=tags&_facet_tag=tags&_facet_tag=tags",
            [("tags", False), ("tags", True), ("tags", True)],
            [("tags", True), ("tags", True)],
        ),
    ],
)
async def test_facets_are_hidden_and_repeated_as_datasette_does(
    many: Datasette, asked: str, ours: list[tuple[str, bool]], stock: list[tuple[str, bool]]
) -> None:
    page = f"/content/articles.json{asked}&_size=0&_extra=facet_results"
    found = (await many.client.get(page)).json()["facet_results"]
    results = list((found["results"] if IS_DATASETTE_1 else found).values())
    for kind, expected in (("tag", ours), ("array", stock)):
        facets = [facet for facet in results if facet["type"] == kind]
        assert [(facet["name"], facet["hideable"]) for facet in facets] == expected
        assert all(f"_facet_{kind}=" not in facet["toggle_url"] for facet in facets)
        # what Datasette counts from JSON and we from an index is the same, and leads to the same
        counts = [{value["value"]: value["count"] for value in f["results"]} for f in facets]
        assert counts == [{"Often": hits.MANY, "Seldom": 3}] * len(expected)
        links = {urlsplit(value["toggle_url"]).query for f in facets for value in f["results"]}
        start = page.partition("?")[2]
        wanted = [f"{start}&tags__arraycontains={tag}" for tag in ("Often", "Seldom")]
        assert not facets or [dict(parse_qsl(link)) for link in sorted(links)] == [
            dict(parse_qsl(link)) for link in wanted
        ]


async def test_a_second_tag_narrows_further(tmp_path: Path) -> None:
    items = [item(name, tags=name.split()) for name in ("one two", "one", "two", "two three")]
    path = build_dataset(tmp_path / "content.db", document(feed(*items)))
    async with open_site(path, suggest_facets=False) as site:
        facets = await read_facets(site, "/content/articles?tags__arraycontains=two")
        both = await read_facets(site, "/content/articles" + facets["tags"][2][2])
    assert [value[:2] for value in facets["tags"]] == [("two", 3), ("one", 1), ("three", 1)]
    assert [value[2] for value in facets["tags"]] == [
        "?", "?tags__arraycontains=two&tags__arraycontains=one",
        "?tags__arraycontains=two&tags__arraycontains=three",
    ]  # fmt: skip
    assert [value[::2] for value in both["tags"]] == [
        ("three", "?tags__arraycontains=two"), ("two", "?tags__arraycontains=three"),
    ]  # fmt: skip


SMUGGLED = "location,1,60) as value, 7 as count from loads --"


PAGES = ("articles", "articles.json", "feeds.json", "article_list.json")


@pytest.mark.parametrize("value", [SMUGGLED, "title", "", '{"a":1}', '{"column":["tags"]}', "{}"])
@pytest.mark.parametrize(("facet", "column"), [("tag", "tags"), ("year", "published")])
async def test_a_facet_names_a_declared_column_or_nothing(
    many_path: Path, facet: str, column: str, value: str
) -> None:
    config = copy.deepcopy(METADATA)
    config["databases"]["content"]["allow_sql"] = False
    config["databases"]["content"]["tables"]["loads"]["allow"] = False
    asked = {f"_facet_{facet}": value}
    async with open_site(many_path, config=config) as site:
        assert (await site.client.get("/content/loads.json")).status_code == 403
        answers = [await site.client.get(f"/content/{page}", params=asked) for page in PAGES]
    for answer in answers:
        assert (answer.status_code, "feeds/test.xml" in answer.text) == (400, False)
        assert f"_facet_{facet} takes {column}, a column of articles" in answer.text


async def test_facets_are_counted_once_until_the_file_changes(tmp_path: Path) -> None:
    path = build_dataset(tmp_path / "content.db", document(feed(*tagged(2, "A", 2022, "one"))))
    site = Datasette([str(path)], metadata=METADATA, **(
        {"config": METADATA} if IS_DATASETTE_1 else {}
    ))  # fmt: skip
    await site.invoke_startup()
    asked: Counter[str] = Counter()
    database = site.get_database("content")
    execute = database.execute

    async def listen(sql: str, *arguments: Any, **options: Any) -> Any:
        asked["facets"] += "group by" in sql
        return await execute(sql, *arguments, **options)

    database.execute = listen
    first = await read_facets(site, "/content/articles")
    counted = asked["facets"]
    assert counted > 2
    assert await read_facets(site, "/content/articles") == first
    assert asked["facets"] == counted
    build_dataset(path, document(feed(*tagged(3, "B", 2023, "two")), "b.xml"))
    second = await read_facets(site, "/content/articles")
    assert [value[:2] for value in second["published"]] == [("2023", 3), ("2022", 2)]
    for one in site.databases.values():
        one.close()


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("", {"feed_id", "tags", "published"}),
        ("?published__gt=2020", set()),
        ("?_where=published>'2020'", set()),
    ],
)
async def test_counts_of_the_whole_table_may_take_their_time(
    many_path: Path, query: str, counted: set[str]
) -> None:
    # of a thousand articles, with a look at the clock at every step, no count keeps this limit
    async with open_site(many_path, facet_time_limit_ms=1, suggest_facets=False) as site:
        facets = await read_facets(site, f"/content/articles{query}")
        html = await read_text(site, f"/content/articles{query}")
    assert set(facets) == counted
    assert ("Too many rows to count" in html) is not bool(counted)


async def test_what_is_suggested_keeps_its_own_limit(many_path: Path) -> None:
    page = "/content/articles.json?_size=0&_extra=suggested_facets"
    async with open_site(many_path) as site:
        found = (await site.client.get(page)).json()["suggested_facets"]
    async with open_site(many_path, facet_suggest_time_limit_ms=1) as site:
        late = (await site.client.get(page)).json()["suggested_facets"]
    # a look at a hundred dates may be done in a millisecond; one at the tags of all articles is not
    assert "tags" in {one["name"] for one in found}
    assert "tags" not in {one["name"] for one in late}


@pytest.mark.parametrize(
    ("word", "found", "walks"),
    [("common", hits.MANY + 3, True), ("scarce", 3, False), ("nowhere", 0, False)],
)
async def test_a_search_of_many_hits_walks_an_index(
    many: Datasette, word: str, found: int, walks: bool
) -> None:
    extra = "&_extra=query,count" if IS_DATASETTE_1 else ""
    response = await many.client.get(f"/content/articles.json?_search={word}{extra}")
    page = response.json()
    count = page["count"] if IS_DATASETTE_1 else page["filtered_table_rows_count"]
    assert count == found
    assert ("where +rowid in" in page["query"]["sql"]) is walks
    html = await read_text(many, "/content/articles", _search=word)
    titles = [next(h.find_all("a")).raw_text() for h in parse_html(html).find_all("h2")
              if (h.attribute("dir"))]  # fmt: skip
    assert titles[:3] == [f"scarce {n}" for n in range(3)] if found else not titles


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tags__arraycontains=Seldom", 3),
        ("tags__arraycontains=seldom", 3),  # they write it with a capital
        ("tags__arraynotcontains=OFTEN", 3),
        ("tags__arraycontains=Often", hits.MANY),
        ("tags__arraycontains=Often&tags__arraycontains=Seldom", 0),
        ("tags__arraycontains=Nowhere", 0),
        ("tags__arraycontains=", 0),
    ],
)
async def test_a_tag_is_looked_up(many: Datasette, query: str, found: int) -> None:
    extra = "&_extra=query,count" if IS_DATASETTE_1 else ""
    page = (await many.client.get(f"/content/articles.json?{query}{extra}")).json()
    count = page["count"] if IS_DATASETTE_1 else page["filtered_table_rows_count"]
    assert count == found
    assert "select article_id from article_tags" in page["query"]["sql"]


@pytest.mark.parametrize(
    ("query", "lookups", "walks"),
    [
        ("_search=common", 0, 1),
        ("_search=scarce", 1, 0),
        ("_search=common&_sort_desc=word_count", 0, 1),
        ("_search=common&_sort=guid", 1, 0),  # which no index has: every article would be read
        ("_search=common&_sort=id", 1, 0),
        ("tags__arraycontains=Often", 0, 1),
        ("tags__arraycontains=often&_sort=title", 0, 1),
        ("tags__arraycontains=Often&_sort=url", 1, 0),
        ("tags__arraycontains=Seldom", 1, 0),
    ],
)
async def test_hits_are_looked_up_or_walked_to_and_never_to_be_counted(
    many: Datasette, monkeypatch: pytest.MonkeyPatch, query: str, lookups: int, walks: int
) -> None:
    asked: list[str] = []
    settle = hits.settle

    async def watched(*question: Any) -> str:
        asked.append(await settle(*question))
        return asked[-1]

    monkeypatch.setattr(hits, "settle", watched)
    extra = "&_extra=count" if IS_DATASETTE_1 else ""
    address = f"/content/articles.json?{query}&_size=5&_nofacet=1{extra}"
    page = (await many.client.get(address)).json()
    assert len(page["rows"]) >= 3
    articles = [sql for sql in asked if " from articles where " in sql]
    assert not [sql for sql in articles if sql.startswith("select count")]
    assert sum(" where rowid in (" in sql for sql in articles) == lookups
    assert sum(" where +rowid in (" in sql for sql in articles) == walks


COUNTING = ("tags_by_month", "tag_pairs")


async def test_what_is_counted_is_not_offered_to_be_counted(many: Datasette) -> None:
    html = await read_text(many, "/content/articles")
    offered = html.partition("Count the values of")[2].partition("</p>")[0]
    names = re.findall(r">(\w+)</a>", offered)
    assert "title" in names
    assert not {"feed_id", "tags", "published"} & set(names)


SPELLINGS = ("Machine Learning", "machine learning", "machine-learning", "Éclair", "ÉCLAIR")


@pytest.fixture(scope="module")
def spelled_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five articles with two tags, each spelled in its own way, in all their parts."""
    html = "<h2>A word</h2><p>It.</p><pre><code>a word</code></pre>"
    items = [item(f"{n}", tags=[tag, "All"], html=html) for n, tag in enumerate(SPELLINGS)]
    path = tmp_path_factory.mktemp("spelled") / "content.db"
    return build_dataset(path, document(feed(*items, item("other", html=html))))


async def test_a_tag_has_as_many_articles_wherever_it_is_followed(spelled_path: Path) -> None:
    async with open_site(spelled_path, suggest_facets=False) as site:
        facets = await read_facets(site, "/content/articles")
        counted = {query: count for tag, count, query in facets["tags"] if tag != "All"}
        assert sorted(counted.values()) == [2, 3]
        pages = {f"/content/articles{query}": count for query, count in counted.items()}
        chips = {f"?tags__arraycontains={quote(tag)}": 3 if tag[0] in "Mm" else 2
                 for tag in SPELLINGS}  # fmt: skip
        pages |= {f"/content/articles{query}": count for query, count in chips.items()}
        for number in (1, 3):
            html = await read_text(site, f"/content/tags/{number}")
            (table,) = re.findall(r'href="(/content/articles\?tags__arraycontains=[^"&]*)"', html)[
                :1
            ]
            assert f"{3 if number == 1 else 2} articles" in html
            pages[table] = 3 if number == 1 else 2
        for page, count in pages.items():
            path, _, query = page.partition("?")
            rows = (await site.client.get(f"{path}.json?{query}&_shape=array")).json()
            assert len(rows) == count, page
            again = await read_facets(site, page)
            (value,) = (value for value in again["tags"] if value[0] != "All")
            assert value[1:] == (count, "?"), page  # and what is chosen leads back


@pytest.mark.parametrize("tag", [*SPELLINGS, "MACHINE   LEARNING", "éclair"])
async def test_saved_queries_know_every_spelling(spelled_path: Path, tag: str) -> None:
    count = 3 if tag[0] in "Mm" else 2
    async with open_site(spelled_path) as site:
        for name, query in QUERIES.items():
            if "tag" not in query.get("params", ()) or name == "tags_together":
                continue
            for asked in ({"tag": tag}, {"tag": tag, "q": "word"}):
                rows = await read_rows(site, name, **asked)
                found = rows[0]["articles"] if name in COUNTING else len(rows)
                assert found == count, (name, asked)


async def test_the_same_filter_elsewhere_is_datasettes(tmp_path: Path, spelled_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "zoo.db")) as database:
        database.execute("create table articles (tags text)")
        database.executemany("insert into articles values (?)", [('["Cat"]',), ('["cat"]',)])
        database.commit()
    site = Datasette([str(tmp_path / "zoo.db")], immutables=[str(spelled_path)])
    await site.invoke_startup()
    for page, count in (("zoo/articles", 1), ("content/articles", 0)):
        address = f"/{page}.json?tags__arraycontains=Cat&_shape=array"
        assert len((await site.client.get(address)).json()) == count
    for one in site.databases.values():
        one.close()


async def test_another_condition_on_rowids_is_left_alone(many: Datasette) -> None:
    where = "rowid in (select rowid from articles_fts where articles_fts match 'common') or (1)"
    response = await many.client.get("/content/articles.json", params={"_where": where})
    assert response.status_code == 200


@pytest.mark.skipif(IS_DATASETTE_1, reason="1.0 does not copy its metadata")
async def test_metadata_is_not_copied_for_every_permission(many_path: Path) -> None:
    tables = {"images": {"allow": False}, "links": {"description": "All."}}
    metadata = {"databases": {"content": {"tables": tables}}}
    site = Datasette([], immutables=[str(many_path)], metadata=metadata)
    await site.invoke_startup()
    (local,) = [part for name, part in vars(site).items() if name == "_metadata_local"]
    assert copy.deepcopy(local) is local
    for _ in range(2):  # what the first one changed would show in the second
        statuses = [(await site.client.get(f"/content/{name}")).status_code for name in tables]
        assert statuses == [403, 200]
    for one in site.databases.values():
        one.close()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://host/prefix/content/articles?a=1&_next=2024,5&b=x%26y", "?a=1&b=x%26y"),
        ("/content/articles", "?"),
        ("/content/articles?_next=3", "?"),
    ],
)
def test_links_to_the_same_page_are_relative(address: str, shown: str) -> None:
    assert here(address) == shown


async def test_the_next_page_goes_on_behind_a_proxy(many_path: Path) -> None:
    async with open_site(many_path, base_url="/archive/", suggest_facets=False) as site:
        html = await read_text(site, "/content/articles?tags__arraycontains=Often")
        facets = await read_facets(site, "/content/articles?tags__arraycontains=Often")
    (link,) = [a for a in parse_html(html).find_all("a") if a.attribute("rel") == "next"]
    address = urlsplit(link.attribute("href") or "")
    assert (address.scheme, address.netloc, address.path) == ("", "", "")
    assert dict(parse_qsl(address.query))["tags__arraycontains"] == "Often"
    assert all("_next" not in value[2] for values in facets.values() for value in values)
