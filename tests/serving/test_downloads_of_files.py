"""The file itself: a snapshot is handed out, and nothing that holds where documents came from."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette

from datasets import build_dataset, open_site, sample
from feedsette.publishing import write_snapshot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "live").mkdir()
    return build_dataset(tmp_path / "live" / "content.db", sample())


async def test_a_snapshot_is_handed_out(path: Path, tmp_path: Path) -> None:
    write_snapshot(path, tmp_path / "content.db")
    async with open_site(tmp_path / "content.db") as site:
        for page in ("/", "/content"):
            assert 'href="/content.db"' in (await site.client.get(page)).text
        answer = await site.client.get("/content.db")
        assert answer.content == (tmp_path / "content.db").read_bytes()
        etag = answer.headers.get("etag")
        again = await site.client.get("/content.db", headers={"if-none-match": etag})
        assert again.status_code == 304


async def test_what_a_loader_writes_to_is_not_even_where_it_is_served_immutable(
    path: Path,
) -> None:
    async with open_site(path) as site:
        for page in ("/", "/content"):
            assert "/content.db" not in (await site.client.get(page)).text
        answer = await site.client.get("/content.db")
        assert answer.status_code == 403
        assert "feedsette snapshot" in answer.text
        assert (await site.client.get("/nothing.db")).status_code == 404


async def test_files_of_others_are_their_own_affair(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "my zoo.db")) as database:
        database.execute("create table fetches (location)")
        database.execute("insert into fetches values ('owl')")
        database.commit()
    site = Datasette([], immutables=[str(tmp_path / "my zoo.db")])
    await site.invoke_startup()
    answer = await site.client.get(site.urls.database("my zoo") + ".db")
    assert answer.content == (tmp_path / "my zoo.db").read_bytes()
    assert ".db" in (await site.client.get(site.urls.database("my zoo"))).text
