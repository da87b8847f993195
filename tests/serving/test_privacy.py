"""What the table of fetches holds stays with the operator, also while the database is live."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette

from datasets import IS_DATASETTE_1, METADATA, SEEN, build_dataset, feed, item
from feedsette.records import Document
from feedsette.schema import FETCHES, TABLES

SECRETS = ("s3cret", "/srv/secret-folder")
LOCATIONS = ("http://me:s3cret@blog.example/feed.xml", "/srv/secret-folder/feed.xml")

NAMELESS = feed(item("Tea")).replace("<atom:link", "<old:link").encode()
DOCUMENTS = [Document(location, NAMELESS, SEEN) for location in LOCATIONS]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database that a loader may write to, of feeds that do not name themselves."""
    made = build_dataset(tmp_path / "content.db", *DOCUMENTS)
    with closing(sqlite3.connect(made)) as database:
        held = database.execute("select location from fetches order by id").fetchall()
        assert [location for (location,) in held] == list(LOCATIONS)
        database.execute("create view all_fetches as select * from fetches")
    return made


@pytest.fixture
async def site(path: Path) -> AsyncIterator[Datasette]:
    site = await open_live(path)
    yield site
    close(site)


async def open_live(path: Path, metadata: dict[str, object] = METADATA) -> Datasette:
    config = {"config": deepcopy(metadata)} if IS_DATASETTE_1 else {}
    site = Datasette([str(path)], metadata=deepcopy(metadata), crossdb=True, **config)
    await site.invoke_startup()
    return site


def close(site: Datasette) -> None:
    for database in site.databases.values():
        database.close()


THROUGH = json.dumps({"table": "fetches", "column": "location", "value": LOCATIONS[0]})
SQLS = [
    "select * from fetches",
    "select location from main.[FETCHES] as f order by f.location",
    "select max(location), group_concat(location), min(id) from 'fetches'",
    "select lower(location) as x, count(*) from fetches group by 1 having x > ''",
    "with f as (select * from fetches) select f.location from f union select etag from fetches",
    "select * from all_fetches",
    "select location from all_fetches natural full join (select 1 as location)",
    "select location from fetches full join (select 1 as location) using (location)",
    "select location from fetches natural/**/full\njoin (select 1 as location)",
    "select location from (select 1 as location) FULL JOIN main.fetches USING(location)",
    "select location from fetches right join (select 1 as location) on 1",
    "select each.value from fetches, json_each(json_array(location)) as each",
    "select (select location from fetches where feed_id = feeds.id) from feeds",
    "select location from fetches window w as (partition by location)",
    "select file from pragma_database_list",
    "select file from pragma_database_list full join (select 1 as file) using (file)",
    "explain query plan select * from fetches where location like 'http%'",
    "select * from sqlite_dbpage",
    "select * from sqlite_master",
]
PAGES = [
    "/content/fetches",
    "/content/fetches/1",
    "/content/fetches?_facet=location&_sort=location",
    "/content/fetches?location__startswith=http",
    "/content/all_fetches?_facet=location",
    "/content/feeds",
    "/content/feeds/1",
    "/content/loads?_facet=location",
    "/content?_show_hidden=1",
    "/content/feeds?_where=id+in+(select+feed_id+from+fetches+where+location>'')",
    "/",
]


async def check(site: Datasette, address: str, path: Path) -> None:
    response = await site.client.get(address, follow_redirects=True)
    assert response.status_code < 500, (address, response.text[:2000])
    told = [word for word in (*SECRETS, str(path.parent)) if word in response.text]
    assert not told, address


@pytest.mark.parametrize("metadata", [METADATA, {}], ids=["ours", "none"])
async def test_no_page_tells_where_documents_came_from(
    path: Path, metadata: dict[str, object]
) -> None:
    site = await open_live(path, metadata=metadata)
    for page in PAGES:
        address, question, query = page.partition("?")
        await check(site, page, path)
        if address != "/":
            await check(site, f"{address}.json{question}{query}", path)
    for page in ("/content/fetches.csv?_stream=on", "/content/all_fetches.csv"):
        await check(site, page, path)
    close(site)


async def test_no_sql_tells_where_documents_came_from(site: Datasette, path: Path) -> None:
    for sql in SQLS:
        await check(site, f"/content.json?sql={quote(sql)}", path)
    for sql in SQLS[:2]:
        await check(site, f"/content.csv?sql={quote(sql)}", path)
        attached = sql.replace("main.", "").replace("fetches", "content.fetches")
        await check(site, f"/_memory.json?sql={quote(attached)}", path)


GUESSES = [
    "exists (select 1 from fetches where location like 'http%')",
    "exists (select 1 from fetches natural join (select '{}' as location))",
    "exists (select 1 from fetches join (select '{}' as location) as x using (location))",
    "exists (select 1 from all_fetches natural join (select '{}' as location))",
    "'{}' in (select location from fetches)",
    "id in (select feed_id from fetches)",
]


async def test_nobody_finds_out_by_guessing(site: Datasette) -> None:
    for guess in GUESSES:
        where = quote(guess.format(LOCATIONS[0]))
        for page in ("/content/feeds.json?_where=", "/content.json?sql=select+1+from+feeds+where+"):
            response = await site.client.get(f"{page}{where}&_shape=array", follow_redirects=True)
            assert response.status_code == 400 or response.json() == [], (guess, response.text)


async def test_nobody_reads_what_others_asked(site: Datasette) -> None:
    await site.client.get("/content.json?sql=select+'a+question'", follow_redirects=True)
    for sql in (
        "select sql from sqlite_stmt",
        "select sql from sqlite_stmt full join (select 1 as sql) using (sql)",
    ):
        response = await site.client.get(f"/content.json?sql={quote(sql)}", follow_redirects=True)
        assert "a question" not in response.text


async def test_nobody_finds_out_through_another_table(site: Datasette) -> None:
    found = await site.client.get(
        "/content/feeds.json", params={"_through": THROUGH, "_shape": "array"}
    )
    assert found.status_code in (400, 403) or found.json() == []


async def test_the_page_itself_is_not_public(site: Datasette) -> None:
    for page in ("/content/fetches", "/content/fetches/1", "/content/fetches.csv"):
        assert (await site.client.get(page)).status_code in (403, 404)


async def test_datasette_counts_and_inspects_as_ever(site: Datasette) -> None:
    db = site.get_database("content")
    counts = await db.table_counts(limit=1000)
    assert counts["fetches"] == 2
    assert await db.table_columns("fetches") == list(FETCHES.column_names)
    assert {key["column"] for key in await db.foreign_keys_for_table("fetches")} == {"feed_id"}
    for page in ("/content.json", "/content/feeds/1.json", "/-/databases.json", "/content/feeds"):
        assert (await site.client.get(page)).status_code == 200, page


async def test_joins_of_what_is_public_may_be_written_in_any_way(site: Datasette) -> None:
    sql = "select count(*) as n from article_tags natural join articles join feeds using (id)"
    found = await site.client.get(
        "/content.json", params={"sql": sql, "_shape": "array"}, follow_redirects=True
    )
    assert found.status_code == 200, found.text


async def test_a_table_of_that_name_elsewhere_is_no_affair_of_ours(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "dogs.db")) as database:
        database.execute("create table fetches (dog text, location text)")
        database.execute("insert into fetches values ('Rex', 'garden')")
        database.commit()
    site = await open_live(tmp_path / "dogs.db")
    found = await site.client.get("/dogs/fetches.json?_shape=array")
    assert [(row["dog"], row["location"]) for row in found.json()] == [("Rex", "garden")]
    close(site)


def test_a_password_that_was_the_key_of_a_feed_goes_with_the_next_load(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        keys = database.execute("select id, feed_key from feeds").fetchall()
        database.execute("update feeds set feed_key = ? where id = 1", (LOCATIONS[0],))
        database.commit()
        build_dataset(path, DOCUMENTS[0])
        assert database.execute("select id, feed_key from feeds").fetchall() == keys
    assert "s3cret" not in str(keys)


def test_only_one_table_is_private() -> None:
    assert [table.name for table in TABLES if table.is_private] == ["fetches"]
