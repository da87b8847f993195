"""Rows → CSV, NDJSON and Parquet files, streamed: memory stays flat for a million rows."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from feedsette.errors import FeedsetteError

Row = tuple[object, ...]
JSON_COLUMNS = frozenset({"tags"})
"""Columns whose text is JSON."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a cell (https://owasp.org/www-community/attacks/CSV_Injection)."""
BATCH = 5_000
BATCH_CHARACTERS = 4_000_000
"""Rows, and characters of text in them, that Parquet takes at once: articles may be large."""


@contextmanager
def _text_file(path: Path) -> Iterator[TextIO]:
    if path.suffix != ".gz":
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    # no time and no name in the header: equal rows give equal bytes
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as file,
    ):
        yield file


def write_csv(path: Path, names: Sequence[str], rows: Iterable[Row], *, safe: bool) -> None:
    """RFC 4180 with a header, "\\n" line ends and UTF-8; NULL is an empty cell.

    With safe, a text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    with _text_file(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(map(_safe_row, rows) if safe else rows)


def _safe_row(row: Row) -> Row:
    return tuple(
        f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
        for cell in row
    )


def write_ndjson(path: Path, names: Sequence[str], rows: Iterable[Row]) -> None:
    """One JSON object a line (https://github.com/ndjson/ndjson-spec); tags are arrays."""
    with _text_file(path) as file:
        for row in rows:
            record = dict(zip(names, row, strict=True))
            for name in JSON_COLUMNS & record.keys():
                record[name] = json.loads(str(record[name])) if record[name] else None
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_parquet(
    path: Path, names: Sequence[str], types: Sequence[str], rows: Iterable[Row]
) -> None:
    """Parquet with the types of the data package: times are timestamps, tags lists of strings.

    Raises FeedsetteError without pyarrow.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        message = "--parquet needs pyarrow: pip install 'feedsette[parquet]'"
        raise FeedsetteError(message) from error
    known: dict[str, Any] = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "datetime": pa.timestamp("ms", tz="UTC"),
        "array": pa.list_(pa.string()),
    }
    schema = pa.schema(
        [(name, known.get(kind, pa.string())) for name, kind in zip(names, types, strict=True)]
    )
    readers = [_READERS.get(kind) for kind in types]
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            columns = map(_read_cells, zip(*batch, strict=True), readers)
            arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


_READERS: dict[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat,
    "array": json.loads,
}
"""Frictionless type → what reads a cell's text, where Parquet has more than text for it."""


def _read_cells(cells: Row, read: Callable[[str], object] | None) -> Sequence[object]:
    if read is None:
        return cells
    return [None if cell is None else read(str(cell)) for cell in cells]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, str))
        if len(batch) >= BATCH or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
