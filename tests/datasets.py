"""Databases and sites for tests, made the way that users make them: document → rows → content.db.

A site is a Datasette with our plugin and metadata.yml, asked without a network.
"""

import importlib.metadata
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml
from datasette.app import Datasette

from feedsette.loading import flatten_document
from feedsette.records import Document
from feedsette.rows import FlatFeed
from feedsette.store import open_database

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "feeds" / "sample.xml"
METADATA: dict[str, Any] = yaml.safe_load((ROOT / "metadata.yml").read_text("utf-8"))
QUERIES: dict[str, dict[str, Any]] = METADATA["databases"]["content"]["queries"]
IS_DATASETTE_1 = not importlib.metadata.version("datasette").startswith("0.")
SEEN = datetime(2025, 10, 1, 12, tzinfo=UTC)
"""When the documents were read, unless a test says otherwise."""


def document(content: str | bytes, name: str = "test.xml", seen_at: datetime = SEEN) -> Document:
    """A feed in memory as a file that was read."""
    data = content.encode() if isinstance(content, str) else content
    return Document(f"feeds/{name}", data, seen_at)


def sample() -> Document:
    """The embedded default, as it is."""
    return document(SAMPLE.read_bytes(), "sample.xml")


def earlier_sample() -> Document:
    """The embedded default as it was before its authors edited one article: half a year ago."""
    now = SAMPLE.read_text("utf-8")
    then = now.replace("The record stands at nineteen minutes.", "It takes half an hour.")
    assert then != now
    return document(then, "sample.xml", datetime(2025, 9, 20, 12, tzinfo=UTC))


def item(title: str, **parts: str | Iterable[str]) -> str:
    """Write an RSS item; parts are html, link, published, and the lists tags and authors."""
    link = parts.get("link", "https://blog.example/" + "-".join(title.lower().split()))
    published = parts.get("published", "Tue, 03 Sep 2024 01:32:48 +0000")
    lines = [f"<title>{escape(title)}</title>", f"<link>{link}</link>", f"<guid>{link}</guid>"]
    lines += [f"<pubDate>{published}</pubDate>"]
    lines += [f"<category>{escape(tag)}</category>" for tag in parts.get("tags", ())]
    lines += [f"<dc:creator>{escape(name)}</dc:creator>" for name in parts.get("authors", ())]
    lines += [f"<description>{escape(str(parts.get('html', '')))}</description>"]
    return "<item>" + "".join(lines) + "</item>"


def feed(*items: str, title: str = "A blog", site: str = "https://blog.example") -> str:
    """Write an RSS document."""
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f'<title>{escape(title)}</title><link>{site}/</link><atom:link rel="self"'
        f' href="{site}/feed.xml"/>' + "".join(items) + "</channel></rss>"
    )


def build_dataset(path: Path, *documents: Document) -> Path:
    """Load documents one after the other into a database; the path should end in content.db."""
    with open_database(path) as database:
        for found in documents:
            flattened = flatten_document(found, database.known(found.location), detect=False)
            assert isinstance(flattened.outcome, FlatFeed), flattened.outcome
            database.save(found, flattened.outcome, flattened.seconds)
    return path


@asynccontextmanager
async def open_site(
    path: Path, config: Mapping[str, Any] = METADATA, **settings: Any
) -> AsyncIterator[Datasette]:
    """Serve a database as `make serve` does, on whichever Datasette is installed."""
    own = deepcopy(dict(config))
    both = {"metadata": own, **({"config": own} if IS_DATASETTE_1 else {})}
    site = Datasette([], immutables=[str(path)], settings=settings or None, **both)
    await site.invoke_startup()
    try:
        yield site
    finally:
        for database in site.databases.values():
            database.close()
        if site.executor is not None:
            site.executor.shutdown()


async def read_text(site: Datasette, path: str, **parameters: str | int) -> str:
    """Ask for a page; it must be answered with 200."""
    response = await site.client.get(path, params=parameters or None, follow_redirects=True)
    assert response.status_code == 200, (path, parameters, response.text[:2000])
    return str(response.text)


async def read_rows(site: Datasette, query: str, **parameters: str | int) -> list[dict[str, Any]]:
    """Run a saved query, or ask a table or view, and give its rows."""
    response = await site.client.get(
        f"/content/{query}.json", params={"_shape": "array", **parameters}
    )
    assert response.status_code == 200, (query, parameters, response.text[:2000])
    rows = response.json()
    assert isinstance(rows, list), rows
    return rows
