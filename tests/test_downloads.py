"""Downloads are whole: as many rows as the table has, in CSV and in JSON lines."""

import csv
import io
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from datasette.app import Datasette

from datasets import (
    build_dataset,
    document,
    earlier_sample,
    feed,
    item,
    open_site,
    read_text,
    sample,
)
from feedsette.schema import TABLES
from feedsette.views import VIEWS

pytestmark = pytest.mark.asyncio(loop_scope="module")

TABLE_NAMES = [table.name for table in TABLES if not table.hidden]
JOINS = {table.name for table in TABLES if not table.has_id}
VIEW_NAMES = [view.name for view in VIEWS]
ARTICLES = 130
LINKS_EACH = 20


def wide_feed() -> str:
    """Write a feed whose largest table is longer than any page of Datasette."""
    links = "".join(
        f'<a href="https://site{n}.example/page">{n}, "quoted"</a>\n' for n in range(LINKS_EACH)
    )
    code = "<pre><code class='language-sql'>select 1;\nselect ';,';</code></pre>"
    return feed(
        *(
            item(
                f"Article {n}",
                html=f"<p>{links}</p>{code}<img src='/{n}.png'>",
                tags=["a", f"t{n % 7}"],
            )
            for n in range(ARTICLES)
        ),
        title="A wide blog",
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("downloads")
    mirror = feed(item("Article 1"), title="A mirror of it", site="https://mirror.example")
    return build_dataset(
        folder / "content.db",
        earlier_sample(),
        sample(),
        document(wide_feed(), "wide.xml"),
        document(mirror, "mirror.xml"),
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(path: Path) -> AsyncIterator[Datasette]:
    async with open_site(path, max_csv_mb=0) as site:
        yield site


def count_rows(path: Path, name: str) -> int:
    with sqlite3.connect(path) as database:
        (count,) = database.execute(f"select count(*) from [{name}]").fetchone()
    database.close()
    return int(count)


async def test_the_largest_table_is_longer_than_a_page(path: Path) -> None:
    assert count_rows(path, "links") > 2_000 + ARTICLES
    assert count_rows(path, "link_list") == count_rows(path, "links")


@pytest.mark.parametrize("name", TABLE_NAMES + VIEW_NAMES)
async def test_csv_is_whole(site: Datasette, path: Path, name: str) -> None:
    order = {} if name in JOINS or name in VIEW_NAMES else {"_sort": "id"}
    text = await read_text(site, f"/content/{name}.csv", _stream="on", _size="max", **order)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == count_rows(path, name) > 0
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize("name", TABLE_NAMES)
async def test_json_lines_are_whole_if_next_is_followed(
    site: Datasette, path: Path, name: str
) -> None:
    address: str | None = f"/content/{name}.json?_shape=array&_nl=on&_size=max"
    rows = []
    while address:
        response = await site.client.get(address)
        assert response.status_code == 200
        rows += [json.loads(line) for line in response.text.splitlines()]
        following = response.links.get("next") if hasattr(response, "links") else None
        address = following["url"].replace("http://localhost", "") if following else None
    assert len(rows) == count_rows(path, name)
    assert len({json.dumps(row) for row in rows}) == len(rows)
