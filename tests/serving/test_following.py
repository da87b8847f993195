"""Feeds to follow: whatever the rows hold, a valid Atom document that our own loader reads."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import feedparser
import pytest
import pytest_asyncio
from attacks import PAYLOADS
from datasette.app import Datasette
from datasette.plugins import pm
from pluggy import HookimplMarker

import feedsette.serving
from datasets import IS_DATASETTE_1, METADATA, build_dataset, document, feed, item, open_site
from feedsette.markup import parse_html
from feedsette.serving.pages.following import MAX_ENTRIES, render
from tables import ask

pytestmark = pytest.mark.asyncio(loop_scope="module")
ATOM = "{http://www.w3.org/2005/Atom}"
SQL = "/content/-/query.atom" if IS_DATASETTE_1 else "/content.atom"
HTML = """
<h2>One</h2><p>Some <b>bold</b> words &amp; <a href="../x?a=1&amp;b=2">a link</a>.</p>
<figure><img src="/chart.png" alt="A chart" width="400"><figcaption>What it shows</figcaption></figure>
<table><caption>Sizes</caption><tr><th>a</th></tr><tr><td>1 &lt; 2</td></tr></table>
<pre><code class="language-python">if a &lt; b:
    print("é &amp;amp;")</code></pre><script>attack()</script>
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = (
        item("Tea < cake & more", html=HTML, link="https://blog.example/posts/tea",
             authors=["Jane Doe", "Ada Berg"], tags=["Hot Drinks"]),
        item("", html="<p>A note.</p>", link="https://blog.example/note"),
        item("Nowhere", html='<img src="/a.png">', link=""),
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("following")
    return build_dataset(folder / "content.db", document(feed(*articles)))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(path: Path) -> AsyncIterator[Datasette]:
    async with open_site(path) as site:
        yield site


async def read_feed(site: Datasette, address: str, **parameters: str) -> tuple[Element, Any]:
    """Give the document as XML and as feedparser reads it; what the standard requires is there."""
    response = await site.client.get(address, params=parameters or None)
    assert response.status_code == 200, response.text[:2000]
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(response.content, sanitize_html=False)
    assert read.bozo == 0, read.bozo_exception
    assert read.version == "atom10"
    root = fromstring(response.text)
    check_required(root)
    return root, read


def check_required(root: Element) -> None:
    """RFC 4287 §4.1: what must be there, once, and as what."""
    entries = root.findall(f"{ATOM}entry")
    authored = all(entry.find(f"{ATOM}author") is not None for entry in entries)
    assert root.find(f"{ATOM}author") is not None or (entries and authored)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert ":" in element.findtext(f"{ATOM}id", "")
        assert element.findtext(f"{ATOM}updated", "").endswith("+00:00")
        for link in element.findall(f"{ATOM}link"):
            assert link.attrib["href"].startswith(("http://", "https://"))
    assert {link.attrib["rel"] for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}


def contents_of(root: Element) -> list[str]:
    """The HTML of the entries, which feedparser would write anew."""
    return [element.text or "" for element in root.iter(f"{ATOM}content")]


@pytest.mark.parametrize(
    "address", ["newest_edits", "newest?q=zzzzq", "newest?feed=9", "newest?tag=nosuch"]
)
async def test_nothing_is_a_feed_too(site: Datasette, path: Path, address: str) -> None:
    query, _, asked = address.partition("?")
    root, read = await read_feed(site, f"/content/{query}.atom?{asked}")
    assert read.entries == []
    assert [(root.findtext(f"{ATOM}updated"),)] == ask(path, "select started_at from loads")


async def test_a_database_without_a_row_is_a_feed_too(empty_path: Path) -> None:
    async with open_site(empty_path) as site:
        _, read = await read_feed(site, "/content/newest.atom")
    assert read.entries == []


async def test_our_loader_reads_what_it_wrote(site: Datasette, path: Path, tmp_path: Path) -> None:
    response = await site.client.get("/content/newest.atom")
    again = build_dataset(tmp_path / "again.db", document(response.content, "newest.atom"))
    assert ask(again, "select status, message from loads") == [("loaded", None)]
    for question in (
        "select title, author, published, text from articles where url like '%/tea'",
        "select published, text from articles order by text",
        "select code, language, language_source from code_blocks",
        "select url, alt, caption, width from images order by url",
        "select url, text, kind from links",
        "select level, title, text from sections where level",
    ):
        assert ask(again, question) == ask(path, question), question
        assert ask(path, question), question


async def test_entries(site: Datasette) -> None:
    root, read = await read_feed(site, "/content/newest.atom")
    tea, note, nowhere = (
        next(entry for entry in read.entries if words in entry.content[0].value)
        for words in ("What it shows", "A note", "a.png")
    )
    assert (tea.id, tea.link) == ("https://blog.example/posts/tea",) * 2
    assert (tea.title_detail.type, tea.title) == ("text/plain", "Tea < cake & more")
    assert tea.author == "Jane Doe, Ada Berg"
    assert tea.published == tea.updated == "2024-09-03T01:32:48+00:00"
    (html,) = (text for text in contents_of(root) if "What it shows" in text)
    for kept in (
        '<figure><img src="https://blog.example/chart.png"', "<figcaption>What it shows<",
        '<a href="https://blog.example/x?a=1&amp;b=2"', "<table><caption>Sizes</caption>",
        "<td>1 &lt; 2</td>", '<pre><code class="language-python">if a &lt; b:\n',
    ):  # fmt: skip
        assert kept in html
    assert "attack" not in html
    assert note.author == "A blog"
    assert nowhere.link == "http://localhost/content/articles/3"
    assert nowhere.id.startswith("https://blog.example/feed.xml#")
    assert 'src="https://blog.example/a.png"' in nowhere.content[0].value
    assert root.findtext(f"{ATOM}updated") == "2024-09-03T01:32:48+00:00"


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("", "New articles"),
        ("q=cold+tea", "New articles with “cold tea”"),
        ("tag=hot-drinks", "New articles tagged Hot Drinks"),
        ("tag=cold-drinks", "New articles tagged cold-drinks"),
        ("author=Jane+Doe", "New articles by Jane Doe"),
        ("feed=1", "New articles of A blog"),
        ("feed=A+blog&year=2024&language=en", "New articles of A blog, of 2024, in en"),
        ("q=tea&tag=hot-drinks", "New articles with “tea”, tagged Hot Drinks"),
        ("q={0}%25s%01<b>", "New articles with “{0}%s<b>”"),
        ("utm_source=x&q=", "New articles"),
        ("_feed_title=Mine", "Mine"),
    ],
)
async def test_the_title_says_what_was_asked(site: Datasette, asked: str, title: str) -> None:
    root, _ = await read_feed(site, f"/content/newest.atom?{asked}")
    assert root.findtext(f"{ATOM}title") == f"{title} – {METADATA['title']}"


@pytest.mark.parametrize(
    "asked", ["q=tea&year=2024", "year=2024&tag=&q=tea", "q=tea&year=2024&_ttl=9"]
)
async def test_the_same_question_is_the_same_feed(site: Datasette, asked: str) -> None:
    root, _ = await read_feed(site, f"/content/newest.atom?{asked}")
    assert root.findtext(f"{ATOM}id") == "http://localhost/content/newest?q=tea&year=2024"
    links = {link.attrib["rel"]: link.attrib["href"] for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": f"http://localhost/content/newest.atom?{asked}",
        "alternate": "http://localhost/content/search?q=tea&year=2024",
    }


async def test_addresses_behind_a_proxy(path: Path) -> None:
    async with open_site(path, base_url="/feeds/", force_https_urls=True) as site:
        root, _ = await read_feed(site, "/content/newest.atom")
    links = [link.attrib["href"] for link in root.iter(f"{ATOM}link")]
    place = "https://localhost/feeds/content"
    assert root.findtext(f"{ATOM}id") == f"{place}/newest"
    assert links[:2] == [f"{place}/newest.atom", f"{place}/search"]
    assert f"{place}/articles/3" in links


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_nothing_active_gets_through(site: Datasette, payload: str) -> None:
    sql = """select :x as atom_id, :x as atom_title, :x as atom_updated, :x as atom_link,
      :x as atom_author_name, :x as atom_author_uri, :x as atom_content_html"""
    root, _ = await read_feed(site, SQL, sql=sql, x=f"<p>a</p>{payload}<p>b</p>")
    assert {element.tag.partition("}")[0] for element in root.iter()} == {ATOM[:-1]}
    (html,) = contents_of(root)
    assert html
    for node in parse_html(html).descendants():
        if isinstance(node, str):
            continue
        assert node.name not in ("script", "style", "iframe", "form", "base", "meta", "link")
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name not in ("href", "src") or value.startswith(("https://", "#")), value


VALUES = (
    "null", "''", "' '", "0", "-1.5", "x'fffe00'", "char(0, 1, 8, 11, 12, 31, 0xFFFE, 0xFFFF)",
    "char(0x1F600)", "char(13, 10, 13)", "']]>'", "'&amp;&#0;&#1;'", "'//['", "'//a℀b'",
    "'x[1]'", "'http://['", "'%'", "'%zz#a#b'", "'javascript:x'", "'mailto:a@b.example'", "'../x y'", "'2024-09-03 01:32:48'",
    "'2024-09-03'", "'9999-12-31T23:59:59-14:00'", "'0001-01-01T00:00:00+14:00'", "'2024-13-01'",
    "'<table><tr><td>'", "'a@b'", "9e999", "json_object('value', 1)", "'\U0001f9ff'",
)  # fmt: skip
COLUMNS = (
    "id", "title", "updated", "published", "link", "base", "content", "content_html",
    "author_name", "author_uri", "author_email",
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
async def test_any_row_is_an_entry(site: Datasette, value: str) -> None:
    columns = ", ".join(f"{value} as atom_{name}" for name in COLUMNS)
    _, read = await read_feed(site, SQL, sql=f"select {columns}")
    assert len(read.entries) == 1
    for name in COLUMNS:
        shown = ", ".join(f"{value if one == name else 'null'} as atom_{one}" for one in COLUMNS)
        await read_feed(site, SQL, sql=f"select {shown}")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2024-09-03 01:32:48", "2024-09-03T01:32:48+00:00"),
        ("2024-09-03", "2024-09-03T00:00:00+00:00"),
        ("2024-09-03T01:32:48.5+02:00", "2024-09-02T23:32:48.500000+00:00"),
        ("2024-09-03T01:32:48Z", "2024-09-03T01:32:48+00:00"),
        ("yesterday", "2020-01-01T00:00:00+00:00"),
    ],
)
async def test_dates(site: Datasette, value: str, shown: str) -> None:
    sql = """select 1 as atom_id, 'a' as atom_title, :x as atom_updated,
      '2020-01-01' as atom_published"""
    root, _ = await read_feed(site, SQL, sql=sql, x=value)
    assert root.findtext(f"{ATOM}entry/{ATOM}updated") == shown
    assert root.findtext(f"{ATOM}updated") == shown


async def test_a_date_in_the_future_is_not_the_feeds(site: Datasette) -> None:
    row = "select '{0}' as atom_id, 'a' as atom_title, '{0}' as atom_updated"
    sql = " union all ".join(map(row.format, ("9999-01-01", "2024-01-01", "2023-01-01")))
    root, read = await read_feed(site, SQL, sql=sql)
    assert root.findtext(f"{ATOM}updated") == "2024-01-01T00:00:00+00:00"
    assert [entry.updated[:4] for entry in read.entries] == ["9999", "2024", "2023"]


async def test_an_author_as_datasette_atom_reads_it(site: Datasette) -> None:
    sql = """select 'tag:a.example,2024:1' as atom_id, 'a' as atom_title, '2024' as atom_updated,
      'Jane' as atom_author_name, 'https://a.example/jane' as atom_author_uri,
      'jane@a.example' as atom_author_email, 'a < b' as atom_content"""
    _, read = await read_feed(site, SQL, sql=sql)
    (entry,) = read.entries
    assert entry.id == "tag:a.example,2024:1"
    assert entry.author_detail == {
        "name": "Jane", "href": "https://a.example/jane", "email": "jane@a.example",
    }  # fmt: skip
    assert entry.content[0].type == "text/plain"
    assert entry.content[0].value == "a < b"


async def test_rows_of_one_id_are_one_entry(site: Datasette) -> None:
    row = "select 'x:1' as atom_id, '{}' as atom_title, null as atom_updated"
    _, read = await read_feed(site, SQL, sql=" union all ".join(map(row.format, "abc")))
    assert [entry.title for entry in read.entries] == ["a"]


async def test_a_feed_is_bounded(site: Datasette) -> None:
    sql = """with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000)
      select i as atom_id, i as atom_title, null as atom_updated,
        '<p>a</p>' || case i when 2 then hex(zeroblob(1500000)) else '' end as atom_content_html
      from n"""
    _, read = await read_feed(site, SQL, sql=sql)
    assert len(read.entries) == MAX_ENTRIES
    assert [entry.content[0].value for entry in read.entries[:2]] == ["<p>a</p>", ""]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/content/articles.atom", "A feed needs the columns atom_id, atom_title, atom_updated"),
        ("/content/articles/1.atom", "A feed needs the columns"),
        (f"{SQL}?sql=select+1+as+atom_id", "A feed needs the columns atom_title, atom_updated"),
        (f"{SQL}?sql=select+nosuch",
                     "The query failed" if IS_DATASETTE_1 else "no such column: nosuch"),
        (f"{SQL}?sql=delete+from+articles", "Statement must be a SELECT"),
    ],
)  # fmt: skip
async def test_other_rows_are_refused(site: Datasette, address: str, words: str) -> None:
    response = await site.client.get(address)
    assert response.status_code == 400
    assert words in response.text


async def test_who_has_it_is_sent_nothing(site: Datasette) -> None:
    whole = await site.client.get("/content/newest.atom")
    tag = whole.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        response = await site.client.get("/content/newest.atom", headers={"If-None-Match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == tag
        assert "content-security-policy" in response.headers
        assert "content-type" not in response.headers
    response = await site.client.get(
        "/content/newest.atom?tag=hot-drinks", headers={"If-None-Match": tag}
    )
    assert (response.status_code, response.content[:5]) == (200, b"<?xml")


async def test_tables_of_others_and_no_metadata(tmp_path: Path) -> None:
    path = tmp_path / "museums.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """create table museums (id integer primary key, name text, created text);
            insert into museums values (1, 'Of bricks', '2024-09-03 01:32:48');
            create view latest as select 'tag:museums.example,2024:' || id as atom_id,
              name as atom_title, created as atom_updated from museums;"""
        )
    site = Datasette([str(path)])
    await site.invoke_startup()
    root, read = await read_feed(site, "/museums/latest.atom")
    assert [entry.id for entry in read.entries] == ["tag:museums.example,2024:1"]
    assert root.findtext(f"{ATOM}title", "").startswith("latest")
    root, read = await read_feed(site, "/museums/latest.atom?atom_title=Of+cloth")
    assert read.entries == []
    assert "/museums/latest.atom?" in (await site.client.get("/museums/latest?_size=1")).text or (
        "/museums/latest.atom" in (await site.client.get("/museums/latest")).text
    )
    for database in site.databases.values():
        database.close()


async def test_ours_answers_beside_datasette_atom() -> None:
    @HookimplMarker("datasette")
    def register_output_renderer() -> dict[str, Any]:
        return {"extension": "atom", "render": lambda: None}

    ours, other = feedsette.serving, ModuleType("other")
    other.register_output_renderer = register_output_renderer
    name = pm.get_name(ours)
    pm.register(other)
    pm.unregister(ours)
    pm.register(ours, name)  # whichever was found first
    try:
        assert Datasette(memory=True).renderers["atom"][0] is render
    finally:
        pm.unregister(other)
