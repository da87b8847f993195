"""Rows that have a page of ours: what Datasette would read is not read, and stays what it was."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.views.row import RowView

from datasets import IS_DATASETTE_1, METADATA, build_dataset, open_site, read_text, sample

PAGES = ("articles/1", "tags/1", "authors/1", "feeds/1")
only_0 = pytest.mark.skipif(IS_DATASETTE_1, reason="1.0 asks for all that its own page shows")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return build_dataset(tmp_path / "content.db", sample())


@pytest.fixture
def by_datasette(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of rows that Datasette itself reads from now on."""
    asked: list[str] = []
    there = RowView.data

    async def noting(view: Any, request: Any, *arguments: Any, **options: Any) -> Any:
        asked.append(request.path)
        return await there(view, request, *arguments, **options)

    monkeypatch.setattr(RowView, "data", noting)
    return asked


@only_0
@pytest.mark.parametrize("page", PAGES)
async def test_our_pages_are_the_same_without_what_datasette_reads(
    path: Path, page: str, by_datasette: list[str]
) -> None:
    async with open_site(path) as site:
        ours = await site.client.get(f"/content/{page}?_ttl=5")
        assert by_datasette == []
        # a number in another spelling is found by Datasette alone
        other = page.replace("1", "~31")
        theirs = await site.client.get(f"/content/{other}?_ttl=5")
        assert by_datasette == [f"/content/{other}"]
    assert ours.status_code == theirs.status_code == 200
    names = [*ours.headers]
    assert names == [*theirs.headers]
    assert ours.headers["cache-control"] == theirs.headers["cache-control"] == "max-age=5"
    assert f"/content/{page}.json" in ours.headers["link"]


@only_0
@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("articles/1.json", 200),
        ("articles/9999", 404),
        ("articles/~31", 200),
        ("links/100000", 200),
    ],
)
async def test_all_else_is_datasettes(
    path: Path, page: str, status: int, by_datasette: list[str]
) -> None:
    async with open_site(path) as site:
        assert (await site.client.get(f"/content/{page}")).status_code == status
    assert by_datasette == [f"/content/{page}"]


@pytest.mark.parametrize("name", ["row.html", "row-content-articles.html"])
async def test_a_template_of_the_users_own_is_shown(tmp_path: Path, path: Path, name: str) -> None:
    (tmp_path / name).write_text("{{ display_rows|length }} row of {{ table }}, mine")
    site = Datasette([str(path)], template_dir=str(tmp_path))
    await site.invoke_startup()
    assert await read_text(site, "/content/articles/1") == "1 row of articles, mine"


@pytest.mark.parametrize("place", ["content", "articles"])
async def test_who_may_not_see_a_row_is_told_so(path: Path, place: str) -> None:
    metadata = deepcopy(METADATA)
    database = metadata["databases"]["content"]
    (database if place == "content" else database["tables"][place])["allow"] = {"id": "root"}
    async with open_site(path, metadata) as site:
        root = {"ds_actor": site.sign({"a": {"id": "root"}}, "actor")}
        for number in 1, 9999:
            answer = await site.client.get(f"/content/articles/{number}")
            assert answer.status_code == 403
        assert (await site.client.get("/content/articles/1", cookies=root)).status_code == 200


async def test_no_database_of_that_name(path: Path) -> None:
    async with open_site(path) as site:
        assert (await site.client.get("/nothing/articles/1")).status_code == 404
