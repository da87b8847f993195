"""`.atom` behind the address of a query, table or view whose columns say so: a feed to follow."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from feedsette.serving.asking.reading import Reader
from feedsette.serving.pages.subjects import Subject, read_head
from feedsette.serving.showing.atom import (
    REQUIRED,
    Head,
    identifier_of,
    read_cells,
    write_entry,
    write_feed,
)

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

MAX_ENTRIES = 500
"""Of a feed; the first rows are taken, and who asks for them has put the newest there."""
MAX_HTML = 2_000_000
"""Characters of a feed that are made safe to show, some seconds of work: entries beyond them have
their titles and links.
"""


def can_render(columns: Sequence[str]) -> bool:
    """Whether a page offers the feed."""
    return REQUIRED.issubset(columns)


async def render(  # noqa: PLR0913 - Datasette gives what is named here
    datasette: "Datasette", request: "Request", database: str, columns: Sequence[str],
    rows: Sequence[Any], sql: str, query_name: str | None, table: str | None, data: dict[str, Any],
) -> "Response":  # fmt: skip
    """Answer with the feed; DatasetteError with status 400 where the columns are others."""
    from datasette.utils.asgi import Response  # Datasette is complete only by now
    from datasette.views.base import DatasetteError

    if not can_render(columns):
        raise DatasetteError(data.get("error") or _refusal(columns), status=400)
    words = str(data.get("human_description_en") or "")
    head = await read_head(
        Reader(datasette, database, request), Subject(sql, query_name, table, words)
    )
    body = write_feed(head, [entry async for entry in _entries(columns, rows, head)])
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    return Response(body, 200, {"ETag": etag}, "application/atom+xml; charset=utf-8")


def _refusal(columns: Sequence[str]) -> str:
    if not columns:  # 1.0 does not say what was wrong
        return "The query failed"
    return f"A feed needs the columns {', '.join(sorted(REQUIRED.difference(columns)))}"


async def _entries(
    columns: Sequence[str], rows: Sequence[Any], head: Head
) -> AsyncIterator[Element]:
    """Write an entry for each row; one whose id was there is the same entry (RFC 4287 §4.1.1)."""
    known, left = set(), MAX_HTML
    for row in rows[:MAX_ENTRIES]:
        cells = read_cells(columns, row)
        identifier = identifier_of(cells, head.base)
        if identifier in known:
            continue
        known.add(identifier)
        left -= len(cells.get("atom_content_html", ""))
        if left < 0:
            cells.pop("atom_content_html", None)
        yield write_entry(cells, head)
        await asyncio.sleep(0)  # others are answered between two articles
