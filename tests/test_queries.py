"""The saved queries: every one runs with any input and links to rows that exist."""

import csv
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from datasette.app import Datasette

from datasets import (
    QUERIES,
    build_dataset,
    earlier_sample,
    open_site,
    read_rows,
    read_text,
    sample,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOSTILE = {
    "empty": "",
    "blank": "   ",
    "quote": '"',
    "apostrophe": "'",
    "plus": "C++",
    "operator": "AND",
    "bracket": "(",
    "star": "*",
    "column": "title:x OR NEAR(",
    "nul": "a\0b",
    "only nul": "\0",
    "emoji": "🦄",
    "right to left": "שלום",
    "long": "x" * 10_000,
    "many words": "word " * 2_000,
    "wildcards": "%_%" * 500,
    "negative": "-1",
    "fraction": "1.5",
    "huge": "9" * 40,
    "injection": "'; drop table articles; --",
}
ROW_OF = {
    "article_id": "articles",
    "target_article_id": "articles",
    "section_id": "sections",
    "link_id": "links",
    "code_block_id": "code_blocks",
    "revision_id": "revisions",
    "feed_id": "feeds",
    "tag_id": "tags",
}

WITHOUT_ROWS = {
    "top_domains", "publishing_calendar", "weekday_and_hour", "newest", "newest_edits",
}  # fmt: skip
"""What sums up many articles, or links to the articles' own pages elsewhere."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, loaded before and after an edit."""
    folder = tmp_path_factory.mktemp("queries")
    return build_dataset(folder / "content.db", earlier_sample(), sample())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(path: Path) -> AsyncIterator[Datasette]:
    async with open_site(path) as site:
        yield site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def headers(site: Datasette) -> dict[str, str]:
    """The first line of each query's CSV."""
    return {
        query: (await read_text(site, f"/content/{query}.csv")).splitlines()[0] for query in QUERIES
    }


@pytest.mark.parametrize("query", QUERIES)
async def test_opens_without_parameters(site: Datasette, query: str) -> None:
    page = await read_text(site, f"/content/{query}")
    assert "message-error" not in page
    rows = await read_rows(site, query)
    table = list(csv.DictReader(io.StringIO(await read_text(site, f"/content/{query}.csv"))))
    assert len(table) == len(rows)
    assert rows


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("query", [name for name in QUERIES if QUERIES[name]["params"]])
async def test_takes_any_input(
    site: Datasette, headers: dict[str, str], query: str, text: str
) -> None:
    names = QUERIES[query]["params"]
    # clients refuse addresses of more than 65,536 characters
    at_once = names if len(text) < 1_000 else names[:1]
    page = await read_text(site, f"/content/{query}", **dict.fromkeys(at_once, text))
    assert "message-error" not in page
    for name in names:
        assert isinstance(await read_rows(site, query, **{name: text}), list)
    # Datasette 0.65 answers a CSV that failed with 200 and nothing
    table = await read_text(site, f"/content/{query}.csv", **{names[0]: text})
    assert table.splitlines()[0] == headers[query]


@pytest.mark.parametrize("query", QUERIES)
async def test_results_link_to_rows_that_exist(site: Datasette, query: str) -> None:
    parameters = {"q": "backup"} if "q" in QUERIES[query]["params"] else {}
    rows = await read_rows(site, query, **parameters)
    page = await read_text(site, f"/content/{query}", **parameters)
    columns = [name for name in ROW_OF if name in rows[0]]
    assert columns or query in WITHOUT_ROWS
    for column in columns:
        numbers = {row[column] for row in rows} - {None}
        for number in sorted(numbers)[:5]:
            (found,) = await read_rows(site, f"{ROW_OF[column]}/{number}")
            assert found["id"] == number
            # a page of search results links to the place in the article instead
            if column == "article_id" or not query.startswith("search"):
                assert re.search(rf'href="/content/{ROW_OF[column]}/{number}["#]', page)
