"""Beside other databases: theirs stay as they are, and each of ours leads to itself."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from copy import deepcopy
from pathlib import Path

import pytest
from datasette.app import Datasette

from datasets import (
    IS_DATASETTE_1,
    METADATA,
    build_dataset,
    document,
    feed,
    item,
    read_text,
    sample,
)

ZOO = """
create table articles (article_id integer primary key, title text, tags text, code text);
insert into articles values (1, 'Bread', '["food"]', 'let x = 1');
create table animals (name text, tag_id integer);
insert into animals values ('Rex', 3);
create table code_blocks (id integer primary key, code text);
insert into code_blocks values (1, 'let x = 1');
create view article_list as select article_id as id, title, tags from articles;
"""
LONG = "select printf('%.300c', 'x') as long"


async def open_site(*paths: Path) -> Datasette:
    config = {"config": deepcopy(METADATA)} if IS_DATASETTE_1 else {}
    site = Datasette([str(path) for path in paths], metadata=deepcopy(METADATA), **config)
    await site.invoke_startup()
    return site


def close(site: Datasette) -> None:
    for database in site.databases.values():
        database.close()


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("several")
    with closing(sqlite3.connect(folder / "zoo.db")) as database:
        database.executescript(ZOO)
    items = [item(f"Tea {n}", tags=["tea"], html="<p>Tea.</p>") for n in range(2)]
    build_dataset(folder / "content.db", sample())
    build_dataset(folder / "r.db", document(feed(*items)))
    return {name: folder / f"{name}.db" for name in ("zoo", "content", "r")}


@pytest.fixture
async def site(paths: dict[str, Path]) -> AsyncIterator[Datasette]:
    site = await open_site(*paths.values())
    yield site
    close(site)


async def test_their_tables_are_not_described_as_ours(site: Datasette) -> None:
    html = await read_text(site, "/zoo")
    assert "Every item of every feed" not in html
    assert "Every article without" not in html
    assert "/zoo/articles.csv" not in html  # which whole() gives for our article_list
    assert "select * from article_list" not in html


@pytest.mark.parametrize(
    "page",
    ["/zoo?sql=select+*+from+animals", "/zoo/animals", "/zoo?sql=select+*+from+articles",
     "/zoo/articles", "/zoo/article_list", "/zoo/articles/1", "/zoo/code_blocks/1"],
)  # fmt: skip
async def test_their_cells_are_left_to_datasette(site: Datasette, page: str) -> None:
    html = await read_text(site, page)
    assert not re.search(r'href="/zoo/(tags|articles\?tags__)', html)
    assert 'class="tag"' not in html
    assert 'class="code"' not in html


async def test_their_texts_are_not_shortened(site: Datasette) -> None:
    assert "x" * 300 in await read_text(site, "/zoo", sql=LONG)
    assert "x" * 300 not in (await read_text(site, "/content", sql=LONG)).partition("<tbody>")[2]


async def test_their_rows_have_the_policy_of_the_site(site: Datasette) -> None:
    policies = {
        page: (await site.client.get(page)).headers["content-security-policy"]
        for page in ("/zoo/articles/1", "/content/articles/1", "/r/articles/1", "/r/articles/99")
    }
    strict = [page for page, policy in policies.items() if "script-src 'none'" in policy]
    assert strict == ["/content/articles/1", "/r/articles/1", "/r/articles/99"]


async def test_their_facets_are_datasettes(site: Datasette) -> None:
    for facet in ("_facet_tag=tags", "_facet_year=title"):
        assert (await site.client.get(f"/zoo/articles.json?{facet}")).status_code == 400
    await read_text(site, "/zoo/articles", _facet_array="tags", _facet="title")
    assert (await site.client.get("/-/code/zoo/1.txt")).status_code == 404


async def test_home_leads_to_all_databases(site: Datasette) -> None:
    html = await read_text(site, "/")
    for address in ("/zoo", "/r", "/r/articles", "/content"):
        assert f'href="{address}"' in html
    assert "A library of articles" in html


async def test_home_leads_to_no_hidden_database(paths: dict[str, Path]) -> None:
    metadata = deepcopy(METADATA)
    metadata["databases"]["zoo"] = {"allow": False}
    config = {"config": metadata} if IS_DATASETTE_1 else {}
    names = [str(path) for path in paths.values()]
    site = Datasette(names, metadata=deepcopy(metadata), **config)
    await site.invoke_startup()
    html = await read_text(site, "/")
    assert 'href="/r"' in html
    assert 'href="/zoo"' not in html
    close(site)


@pytest.mark.parametrize("database", ["content", "r"])
@pytest.mark.parametrize(
    "page",
    ["", "/articles", "/articles/1", "/tags/1", "/feeds/1", "/loads/1", "/article_list",
     "?sql=select+id+as+article_id,+tags+from+articles"],
)  # fmt: skip
async def test_every_page_leads_to_its_own_database(
    site: Datasette, database: str, page: str
) -> None:
    html = await read_text(site, f"/{database}{page}")
    other = {"content": "r", "r": "content"}[database]
    assert re.search(rf'(href|action)="/{database}[/"?]', html)
    assert not re.search(rf'(href|action)="/{other}[/"?.]', html)
    search = "search" if database == "content" else "articles"  # which has no saved queries here
    assert f'action="/{database}/{search}"' in html


@pytest.mark.parametrize("database", ["content", "r"])
@pytest.mark.parametrize("page", ["/articles/99", "/nowhere", "?sql=selec+1"])
async def test_an_error_leads_to_its_own_database(
    site: Datasette, database: str, page: str
) -> None:
    await site.client.get("/nowhere")
    response = await site.client.get(f"/{database}{page}", follow_redirects=True)
    assert response.status_code in (400, 404)
    assert f'href="/{database}/articles"' in response.text
    other = {"content": "r", "r": "content"}[database]
    assert f'href="/{other}/' not in response.text
    assert 'href="/content/articles"' in (await site.client.get("/nowhere")).text


async def test_a_site_without_ours_has_no_name_of_ours(paths: dict[str, Path]) -> None:
    site = Datasette([str(paths["zoo"])])
    await site.invoke_startup()
    html = await read_text(site, "/zoo")
    assert "· Datasette</title>" in html
    assert "Articles" not in html
    close(site)
