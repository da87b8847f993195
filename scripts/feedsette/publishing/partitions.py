"""Rows → partitioned Parquet, written where they are made: for warehouses, without a single writer.

`DIR/links/part-2f9c….parquet` holds the links of one document; the name is the document's hash, so
writing it twice gives the same file. Rows are keyed by feed_key and item_key: ids are what a
database gives, and there is none here. Edits and removals are not told either.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from feedsette.errors import FeedsetteError
from feedsette.publishing.formats import JSON_COLUMNS
from feedsette.records import Author, Document
from feedsette.rows import (
    Article,
    CodeBlock,
    Embed,
    Enclosure,
    FlatFeed,
    Image,
    Link,
    Section,
    Tag,
)
from feedsette.schema import FEEDS

CHILDREN: dict[str, tuple[str, type]] = {
    "article_authors": ("author_rows", Author),
    "article_tags": ("tag_rows", Tag),
    "sections": ("sections", Section),
    "links": ("links", Link),
    "code_blocks": ("code_blocks", CodeBlock),
    "images": ("images", Image),
    "embeds": ("embeds", Embed),
    "enclosures": ("enclosures", Enclosure),
}
"""Table → the attribute of an Article that holds its rows, and what they are."""
FEED_COLUMNS = tuple(name for name in FEEDS.column_names if name in FlatFeed._fields)


def require_pyarrow() -> Any:
    """The module pyarrow; raises FeedsetteError if the extra is missing."""
    try:
        import pyarrow
    except ImportError as error:
        message = "Parquet needs pyarrow: pip install 'feedsette[parquet]'"
        raise FeedsetteError(message) from error
    return pyarrow


def write_partitions(folder: Path, document: Document, flat: FlatFeed) -> None:
    """Write the rows of a document: a file in each table's folder; none where there are no rows."""
    articles = [article for article in flat.articles if isinstance(article, Article)]
    _write(folder, "feeds", FlatFeed, document, [_own(flat, FEED_COLUMNS)])
    own = tuple(name for name in Article._fields if not _holds_rows(name))
    rows = [{"feed_key": flat.feed_key, **_own(article, own)} for article in articles]
    for row in rows:
        row |= {name: json.loads(str(row[name])) for name in JSON_COLUMNS & row.keys()}
    _write(folder, "articles", Article, document, rows)
    for table, (attribute, record) in CHILDREN.items():
        _write(folder, table, record, document, list(_child_rows(flat, articles, attribute)))


def _holds_rows(name: str) -> bool:
    return name in Article._field_defaults  # all of which are tuples of rows


def _own(record: NamedTuple, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(record, name) for name in names}


def _child_rows(
    flat: FlatFeed, articles: list[Article], attribute: str
) -> Iterator[dict[str, object]]:
    for article in articles:
        for row in getattr(article, attribute):
            yield {"feed_key": flat.feed_key, "item_key": article.item_key, **row._asdict()}


def _write(
    folder: Path, table: str, record: type, document: Document, rows: list[dict[str, object]]
) -> None:
    if not rows:
        return
    pa = require_pyarrow()
    import pyarrow.parquet as pq

    target = folder / table / f"part-{document.sha256[:16]}.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")  # a reader never sees half a file
    schema = _schema(record, rows[0])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), part, compression="zstd")
    part.replace(target)


def _schema(record: type, names: Iterable[str]) -> Any:
    """Types as a record declares them; what it does not declare is a key."""
    pa = require_pyarrow()
    types = {
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        datetime: pa.timestamp("s", tz="UTC"),
    }
    hints = get_type_hints(record)
    columns = {}
    for name in names:
        kinds = getattr(hints.get(name), "__args__", (hints.get(name),))
        columns[name] = next((types[kind] for kind in kinds if kind in types), pa.string())
    columns |= {name: pa.list_(pa.string()) for name in JSON_COLUMNS & columns.keys()}
    return pa.schema(list(columns.items()))
