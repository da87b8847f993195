"""Every page of the site: it opens, its links lead somewhere, and it runs nobody's script."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from datasette.app import Datasette
from datasette.utils import PrefixedUrlString

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
    sample,
)
from feedsette.markup import Element, parse_html
from feedsette.parsing import parse_document
from feedsette.schema import TABLES
from feedsette.serving.showing.cells import MAX_SHOWN
from feedsette.views import VIEWS

TABLE_NAMES = [table.name for table in TABLES if not table.hidden]
PAGES = [
    "/",
    "/content",
    "/content?sql=select+*+from+articles",
    *(f"/content/{name}" for name in TABLE_NAMES),
    *(f"/content/{table}?_view=table" for table in ("articles", "code_blocks", "images", "links")),
    *(f"/content/{view.name}" for view in VIEWS),
    *(f"/content/{name}" for name in QUERIES),
    "/content/search?q=window",
    "/content/search?q=zzzz+->&tag=x&page=2",
    "/content/search_sections?q=window",
    "/content/search_code?q=window",
    "/content/articles?_search=window",
    "/content/articles?_facet=language&_sort=title&language__not=xx",
    "/content/articles/1",
    "/content/tags/1",
    "/content/tags/1?page=2",
    "/content/authors/1",
    "/content/feeds/1",
    "/content/loads/1",
    "/content/sections/100000",
    "/content/links/100000",
    "/content/code_blocks/100000",
    "/content/images/100000",
    "/content/revisions/100001",
]
CONFIG = "config" if IS_DATASETTE_1 else "metadata"
ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) from n"
SCRIPTS_OF_DATASETTE = re.compile(r"/-/static(-plugins)?/|^$")


def elements(html: str) -> list[Element]:
    return [node for node in parse_html(html).descendants() if not isinstance(node, str)]


def hrefs(html: str) -> list[str]:
    found = [element.attribute("href") for element in elements(html) if element.name == "a"]
    return [href for href in found if href]


@pytest.mark.parametrize("name", ["sample_path", "attack_path", "odd_path", "empty_path"])
async def test_every_page_opens_and_runs_nobodys_script(
    name: str, request: pytest.FixtureRequest
) -> None:
    statuses: Counter[int] = Counter()
    async with open_site(request.getfixturevalue(name)) as site:
        for page in PAGES:
            response = await site.client.get(page, follow_redirects=True)
            statuses[response.status_code] += 1
            assert response.status_code in (200, 404), (page, response.text[:2000])
            if response.status_code == 200:
                check_harmless(page, response.text)
    assert statuses[200] > len(PAGES) * 0.7


def check_harmless(page: str, html: str) -> None:
    for element in elements(html):
        attributes = element.attributes
        if element.name == "script":
            assert "attacked" not in element.raw_text() or attributes.get("type"), page
            assert SCRIPTS_OF_DATASETTE.search(attributes.get("src", "")), (page, attributes)
        assert element.name not in ("iframe", "object", "embed", "base"), (page, element)
        assert not any(name.startswith("on") for name in attributes), (page, element)
        for name in ("href", "src", "action"):
            value = attributes.get(name, "")
            assert re.match(r"https?://|mailto:|[/?#]|$|data:image/png;", value), (page, value)
            assert not value.startswith("//"), (page, value)
            # a link may lead anywhere, but nothing is fetched but an article's pictures
            assert element.name == "a" or "evil" not in value, (page, value)


async def test_structured_data_cannot_be_broken_out_of(attack_path: Path) -> None:
    async with open_site(attack_path) as site:
        for page in ("/", "/content/articles/1", "/content/articles/6"):
            html = await read_text(site, page)
            (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
            assert json.loads(text)["@context"] == "https://schema.org"
            assert "<" not in text


def kind_of(page: str) -> str:
    """Tell which pages are alike: the same path but for numbers, the same names of parameters."""
    path, _, query = page.partition("?")
    names = sorted({part.partition("=")[0] for part in query.split("&")})
    return re.sub(r"\d+", "N", path) + "?" + "&".join(names)


async def crawl(site: Datasette, start: str) -> dict[str, int]:
    """Follow internal links, one or two of a kind, each once; facets on facets are not followed."""
    seen: dict[str, int] = {}
    kinds: Counter[str] = Counter()
    queue = [(start, 0)]
    while queue:
        page, depth = queue.pop(0)
        if page in seen or kinds[kind_of(page)] >= (1 if "?" in page else 2):
            continue
        kinds[kind_of(page)] += 1
        response = await site.client.get(page, follow_redirects=True)
        seen[page] = response.status_code
        if depth == 2 or "text/html" not in response.headers.get("content-type", ""):
            continue
        for href in hrefs(response.text):
            parts = urlsplit(urljoin(f"http://localhost{page}", href))
            if parts.netloc == "localhost" and "_facet" not in parts.query:
                query = f"?{parts.query}" if parts.query else ""
                queue.append((parts.path + query, depth + 1))
    return seen


async def test_no_internal_link_is_broken(sample_path: Path) -> None:
    async with open_site(sample_path, suggest_facets=False) as site:
        seen = await crawl(site, "/")
    assert len(seen) > 100
    broken = {page: status for page, status in seen.items() if status != 200}
    assert not broken


async def test_anchors_within_an_article_exist(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        for number in range(1, 14):
            html = await read_text(site, f"/content/articles/{number}")
            ids = Counter(element.attribute("id") for element in elements(html))
            for href in hrefs(html):
                if href.startswith("#"):
                    assert ids[href[1:]] == 1, (number, href)


async def test_what_is_absent_is_not_called_none(sample_path: Path) -> None:
    """A link with a bad host, which the sample has, has no domain."""
    async with open_site(sample_path) as site:
        for number in range(1, 14):
            assert ">None<" not in await read_text(site, f"/content/articles/{number}")


async def test_base_url(sample_path: Path) -> None:
    # behind a proxy that strips the prefix, as Datasette's documents recommend
    async with open_site(sample_path, base_url="/archive/") as site:
        for page in PAGES:
            response = await site.client.get(PrefixedUrlString(page))
            if response.status_code != 200:
                continue
            for href in hrefs(response.text):
                assert not href.startswith("/") or href.startswith("/archive/"), (page, href)
                assert "/archive/archive/" not in href, (page, href)


@pytest.mark.parametrize("page", ["/content/articles/1", "/content/articles/1.json"])
async def test_where_feeds_html_is_shown_nothing_runs(attack_path: Path, page: str) -> None:
    async with open_site(attack_path) as site:
        headers = (await site.client.get(page)).headers
    assert "script-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "config",
    [
        {"databases": {"content": {"allow": False}}},
        {"databases": {"content": {"tables": {"articles": {"allow": False}}}}},
    ],
)
async def test_home_shows_nothing_of_what_is_private(
    sample_path: Path, config: dict[str, object]
) -> None:
    site = Datasette([str(sample_path)], **{CONFIG: config})
    await site.invoke_startup()
    home = await read_text(site, "/")
    assert "Backups" not in home
    assert "13 articles" not in home
    for database in site.databases.values():
        database.close()


async def test_search_for_sections_begins_with_the_newest(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        html = await read_text(site, "/content/search_sections")
        narrowed = await read_text(site, "/content/search_sections", tag="podcast")
    assert (
        len(re.findall(r'<h2><a dir="auto" href="/content/articles/\d+#section-\d+"', html)) == 20
    )
    assert 'rel="next"' in html
    assert "Episode 3" in narrowed
    assert "Backups" not in narrowed


async def test_neighbours_run_in_their_own_direction(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        html = await read_text(site, "/content/articles/7")
    # the small word before it would make a Hebrew title run from left to right
    assert re.search(r'<small>Before</small> <span dir="auto">', html)


@pytest.mark.parametrize("page", ["/", "/content"])
async def test_downloads_are_whole(sample_path: Path, page: str) -> None:
    async with open_site(sample_path, max_returned_rows=5) as site:
        links = [href for href in hrefs(await read_text(site, page)) if "_stream=on" in href]
        assert len(links) >= 3
        for link in links:
            text = (await site.client.get(link)).text
            name = urlsplit(link).path.removeprefix("/content/").removesuffix(".csv")
            sql = f"select count(*) from {name}"
            (row,) = (await site.get_database("content").execute(sql)).rows
            assert len(list(csv.reader(io.StringIO(text)))) == row[0] + 1, link
        # a table is paged by its key, in whatever time a page of a million rows takes
        assert sum("_sort=id" in link for link in links) == 3


async def test_a_table_offers_all_of_its_rows(sample_path: Path) -> None:
    async with open_site(sample_path, max_returned_rows=50) as site:
        for table in (one for one in TABLES if not one.is_private):
            (count,) = (
                await site.get_database("content").execute(f"select count(*) from {table.name}")
            ).first()
            page = await read_text(site, f"/content/{table.name}")
            offered = [link for link in hrefs(page) if "_stream=on" in link]
            assert len(offered) == min(count, 1), table.name
            for link in offered:
                text = (await site.client.get(link)).text
                assert len(list(csv.reader(io.StringIO(text)))) == count + 1, link


async def test_headers(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        for page in ("/", "/content", "/content/articles.csv", "/nowhere", "/content/articles/1"):
            headers = (await site.client.get(page)).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert "frame-ancestors 'self'" in headers["content-security-policy"]
            assert headers["referrer-policy"] == "no-referrer"
            assert "camera=()" in headers["permissions-policy"]
        style = await site.client.get("/-/static-plugins/feedsette/feedsette.css")
    assert style.status_code == 200
    assert style.headers["cache-control"] == "public, max-age=86400"


async def test_an_article_page_loads_no_script(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        for page in ("/", "/content/articles/1", "/content/search?q=database", "/content/tags/1"):
            scripts = [e for e in elements(await read_text(site, page)) if e.name == "script"]
            assert all(e.attributes.get("type") == "application/ld+json" for e in scripts)


async def test_search_says_what_it_ignored_and_offers_ways_out(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        html = await read_text(site, "/content/search", q="database ->")
        assert "Ignored" in html
        assert "-&gt;" in html
        assert "<mark>" in html
        (whole,) = (e for e in elements(html) if e.name == "a" and e.raw_text() == "CSV")
        assert whole.attributes["href"] == "/content/search.csv?q=database+-%3E&size=1000"
        assert "atabase" in await read_text(site, whole.attributes["href"])
        html = await read_text(site, "/content/search", q="xyzzyx", tag="sqlite")
        assert "Search without the filters" in html
        html = await read_text(site, "/content/search_code", q="select")
        assert "<mark>SELECT</mark>" in html


@pytest.mark.parametrize("value", ["9" * 5_000, "0", "-1", "²", "1.5", "", "\0"])
@pytest.mark.parametrize("page", ["tags/1", "authors/1", "feeds/1", "search", "search_code"])
async def test_any_number_of_a_page_is_answered(sample_path: Path, page: str, value: str) -> None:
    async with open_site(sample_path) as site:
        asked = {"page": value, "size": value, "q": "a"}
        answer = await site.client.get(f"/content/{page}", params=asked)
    assert answer.status_code == 200


@pytest.mark.parametrize("table", ["articles", "tags", "authors", "feeds"])
async def test_odd_spellings_of_a_row_are_no_fault(attack_path: Path, table: str) -> None:
    async with open_site(attack_path) as site:
        spelled = [f"{table}/~31", f"~{ord(table[0]):02X}{table[1:]}/1", f"{table.title()}/1"]
        for page in spelled:
            answer = await site.client.get(f"/content/{page}")
            assert answer.status_code in (200, 302, 400, 404), page
            tags = {element.name for element in elements(answer.text)}
            assert not tags & {"script", "iframe", "object"}, page
            assert 'class="prose"' not in answer.text, page  # its headers would let scripts run


async def test_search_pages(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        first = await read_text(site, "/content/search", q="", size=5)
        second = await read_text(site, "/content/search", q="", size=5, page=2)
    assert 'rel="next"' in first
    assert "Previous page" in second
    titles = [re.findall(r'<h2><a dir="auto" href="([^"]+)"', html) for html in (first, second)]
    assert len(titles[0]) == 5
    assert not set(titles[0]) & set(titles[1])


@pytest.mark.parametrize("length", [MAX_SHOWN, MAX_SHOWN + 1, 250, 281])
async def test_a_row_shows_the_whole_of_a_text(tmp_path: Path, length: int) -> None:
    words = ("seldom read " * length)[: length - 1] + "!"
    address = f"https://a.example/{'p' * length}"
    html = f"<h2>One</h2><p>{words}</p><h2>Two</h2><p><a href='{address}'>there</a></p>"
    path = build_dataset(tmp_path / "content.db", document(feed(item("A", html=html))))
    async with open_site(path) as site:
        section = await read_text(site, "/content/sections/100001")
        link = await read_text(site, "/content/links/100000")
    assert words in section
    assert ("<details>" in section) is (length > MAX_SHOWN)
    assert address in hrefs(link)


async def test_an_edit_is_shown(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        html = await read_text(site, "/content/articles/7")
    assert "<del>It takes half an hour.</del>" in html
    assert "nineteen minutes" in html


async def test_an_article_leads_to_where_it_came_from(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        page = await read_text(site, "/content/articles/1")
        (article,) = await read_rows(site, "articles", id=1)
        load = await read_rows(site, "loads", id=article["load_id"])
    assert f'href="/content/loads/{article["load_id"]}"' in page
    assert f'href="/content/feeds/{article["feed_id"]}"' in page
    assert len(load[0]["document_sha256"]) == 64


async def test_code_as_plain_text(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        (row, *_) = (await site.client.get("/content/code_blocks.json?_shape=array")).json()
        response = await site.client.get(f"/-/code/content/{row['id']}.txt")
        assert response.text == row["code"]
        assert response.headers["content-type"].startswith("text/plain")
        for missing in ("/-/code/content/999.txt", "/-/code/nowhere/1.txt", "/-/code/x/1.txt"):
            assert (await site.client.get(missing)).status_code == 404


async def test_code_stays_private_where_its_table_is(sample_path: Path) -> None:
    tables = {"code_blocks": {"allow": False}}
    config = {"databases": {"content": {"tables": tables}}}
    old = Datasette([str(sample_path)], metadata=config)
    site = old if hasattr(old, "permission_allowed") else Datasette(
        [str(sample_path)], config=config
    )  # fmt: skip
    await site.invoke_startup()
    (row,) = (await site.get_database("content").execute("select min(id) from code_blocks")).rows
    assert (await site.client.get(f"/-/code/content/{row[0]}.txt")).status_code == 404
    for database in (*old.databases.values(), *site.databases.values()):
        database.close()


async def test_another_file_name_still_shows_everything(tmp_path: Path) -> None:
    path = build_dataset(tmp_path / "posts.db", sample())
    async with open_site(path) as site:
        home = await read_text(site, "/")
        # the saved queries of metadata.yml are those of content
        assert "/posts/search" not in home
        assert 'name="_search"' in home
        shown = {
            "/posts": "Ask in SQL",
            "/posts/articles": '<ol class="cards">',
            "/posts/articles?_search=cache": '<ol class="cards">',
            "/posts/articles/1": '<article class="article"',
            "/posts/tags/1": "listing-page",
            "/posts/code_blocks": '<ol class="code-list">',
            "/posts/images": '<ul class="gallery">',
        }
        for page, words in shown.items():
            html = await read_text(site, page)
            assert words in html, page
            assert "/posts/search" not in html
            assert "newest.atom" not in html


async def test_every_page_names_licence_source_and_where_to_read_on(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        for page in (
            "/",
            "/content",
            "/content/articles",
            "/content/articles/1",
            "/content/tags/1",
        ):
            footer = (await read_text(site, page)).rpartition("<footer")[2]
            assert METADATA["license"] in footer, page
            assert f"Source: {METADATA['source']}" in footer, page
            assert f'href="{METADATA["about_url"]}"' in footer, page


async def test_home_says_what_it_was_built_from(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        home = await read_text(site, "/")
        (load,) = (await site.get_database("content").execute(
            "select max(started_at) from loads"
        )).rows  # fmt: skip
    assert "13 articles from 1 feed, 2024–2025. Last loaded" in home
    assert f'<time datetime="{load[0]}">' in home


@pytest.mark.parametrize(
    ("page", "entries"),
    [
        ("/", 13),
        ("/content/tags/1", 5),
        ("/content/authors/1", 8),
        ("/content/feeds/1", 13),
        ("/content/search?q=cache&tag=http", 1),
    ],
)
async def test_what_can_be_followed_is_a_feed(sample_path: Path, page: str, entries: int) -> None:
    async with open_site(sample_path) as site:
        html = await read_text(site, page)
        (link,) = [e for e in elements(html) if e.attributes.get("type") == "application/atom+xml"]
        address = link.attributes["href"]
        assert address in hrefs(html)
        response = await site.client.get(address)
    assert response.headers["content-type"].startswith("application/atom+xml")
    feed = parse_document(document(response.content, "newest.atom"))
    assert len(feed.entries) == entries
    assert all(entry.title and entry.published for entry in feed.entries)


async def test_a_site_without_our_database(tmp_path: Path) -> None:
    site = Datasette(memory=True)
    await site.invoke_startup()
    assert (await site.client.get("/")).status_code == 200
    assert (await site.client.get("/_memory")).status_code == 200
    assert (await site.client.get("/nowhere")).status_code == 404


async def test_a_missing_page_says_so_and_shows_no_path(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        response = await site.client.get("/content/articles/999999")
        assert response.status_code == 404
        assert "This page is not here" in response.text
        assert "/content/search" in response.text
        assert str(sample_path.parent) not in response.text


@pytest.mark.parametrize(
    ("method", "page", "status", "heading"),
    [
        ("GET", "/nowhere", 404, "This page is not here"),
        ("GET", "/content/articles?_sort=nothing", 400, "This cannot be answered"),
        ("GET", "/content/articles?_size=many", 400, "This cannot be answered"),
        pytest.param("POST", "/content/articles", 405, "Nothing can be sent to this page",
                     marks=pytest.mark.skipif(IS_DATASETTE_1, reason="1.0 takes rows there")),
    ],
)  # fmt: skip
async def test_errors_look_like_the_site(
    sample_path: Path, method: str, page: str, status: int, heading: str
) -> None:
    async with open_site(sample_path) as site:
        response = await site.client.request(method, page)
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in response.text
    assert f"<title>{heading} · " in response.text
    assert "Start at the home page" in response.text


@pytest.mark.parametrize(("asked", "kept"), [("selec '<1'", True), (ENDLESS, False)])
async def test_sql_that_fails_is_shown_to_be_mended(
    sample_path: Path, asked: str, kept: bool
) -> None:
    async with open_site(sample_path, sql_time_limit_ms=20) as site:
        response = await site.client.get("/content", params={"sql": asked}, follow_redirects=True)
        json_too = await site.client.get(
            "/content.json", params={"sql": asked}, follow_redirects=True
        )
    assert response.status_code == 400
    nodes = elements(response.text)
    assert not [p for p in nodes if p.name == "p" for inner in p.find_all("p")]
    (lead,) = (node for node in nodes if "lead" in node.classes)
    assert lead.raw_text().strip()
    (area,) = (node for node in nodes if node.name == "textarea")
    assert area.raw_text().strip() == asked
    if kept:
        (form,) = (node for node in nodes if node.name == "form" and "sql" in node.classes)
        assert (form.attribute("action") or "").startswith("/content")
    assert "asked_sql" not in json_too.text


async def test_a_picture_that_only_the_feed_names_needs_no_alt_text(tmp_path: Path) -> None:
    cover = '<enclosure url="https://blog.example/cover.png" type="image/png" length="9"/>'
    one = item("Covered", html="<p>Words.</p>").replace("</item>", f"{cover}</item>")
    inside = item("Inside", html='<p>Words <img src="https://blog.example/in.png"></p>')
    path = build_dataset(tmp_path / "content.db", document(feed(one, inside)))
    async with open_site(path) as site:
        rows = await read_rows(site, "images")
        html = await read_text(site, "/content/images")
        pages = [await read_text(site, f"/content/articles/{n}") for n in (1, 2)]
    assert [row["section_id"] is None for row in rows] == [True, False]
    assert html.count("no alt text") == 1
    assert ["without alt text" in page for page in pages] == [False, True]


async def test_every_page_has_a_title_a_language_and_one_main_heading(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        for page in PAGES:
            response = await site.client.get(page, follow_redirects=True)
            if response.status_code != 200:
                continue
            html = response.text
            assert '<html lang="en">' in html, page
            assert re.search(r"<title>\s*\S", html), page
            assert sum(element.name == "h1" for element in elements(html)) == 1, page
            assert sum(element.name == "main" for element in elements(html)) == 1, page


async def test_numbers_follow_the_file(tmp_path: Path) -> None:
    path = build_dataset(tmp_path / "content.db")
    site = Datasette([str(path)], metadata=METADATA)
    await site.invoke_startup()
    assert "There are no articles yet" in await read_text(site, "/")
    build_dataset(path, sample())
    assert "13 articles from 1 feed" in await read_text(site, "/")
    for database in site.databases.values():
        database.close()
