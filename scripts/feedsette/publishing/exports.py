"""A folder of plain files that says what it holds: the data package.

Frictionless (https://specs.frictionlessdata.io/data-package/), Croissant
(https://docs.mlcommons.org/croissant/), SHA-256 sums and a README with the data dictionary.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from feedsette.errors import StoreError
from feedsette.publishing import croissant, formats, packages
from feedsette.publishing.packages import Field, Imprint, Resource
from feedsette.publishing.partitions import require_pyarrow
from feedsette.publishing.readers import RELATIONS, Relation, reading, rows

_PACKAGE, _BESIDE = "datapackage.json", ("README.md", "SHA256SUMS", "croissant.json")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to write besides CSV and NDJSON, and how."""

    packed: bool = False
    """gzip the CSV and NDJSON files."""
    parquet: bool = False
    safe_csv: bool = False
    """Put an apostrophe before texts that a spreadsheet would run."""


def write_export(
    source: Path, folder: Path, imprint: Imprint, options: ExportOptions | None = None
) -> list[Path]:
    """Write the data package of a database into a folder; returns the files, sorted by name.

    Everything is read in one transaction, so that the tables fit each other while a load goes on.
    Nothing in the folder changes before all is written; what else is in there stays. Raises
    StoreError in one line if the database or the folder cannot be used, or holds files of the same
    names that are no package's, FeedsetteError if Parquet is wanted and pyarrow is missing.
    """
    chosen = options or ExportOptions()
    if chosen.parquet:
        require_pyarrow()  # before anything is written
    try:
        _require_free(folder)
        with _staging(folder) as staging:
            with reading(source) as connection:
                resources = [
                    _write_relation(connection, relation, staging, chosen) for relation in RELATIONS
                ]
                built = _last_load(connection)
            written = _write_descriptions(staging, imprint, resources, built, chosen)
            return sorted(path.replace(folder / path.name) for path in written)
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(f"{folder}: cannot be written: {reason}") from error


def _require_free(folder: Path) -> None:
    """An older package is written over, and nobody's own README: `export .` is soon typed."""
    if not folder.is_dir() or (folder / _PACKAGE).exists():
        return
    tables = {relation.name for relation in RELATIONS}
    for path in sorted(folder.iterdir()):
        name, _, ending = path.name.partition(".")
        is_table = name in tables and ending.startswith(("csv", "ndjson", "parquet"))
        if is_table or path.name in _BESIDE:
            words = f"holds a {path.name}, but no package to be renewed; name another folder"
            raise StoreError(f"{folder}: {words}")


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A place for files on their way into a folder; gone in the end, with the folder if that is
    empty and new.

    Within the folder: what is beside it may be another file system, or not ours to write to.
    """
    is_new = not folder.exists()
    staging = folder / f".export.{os.getpid()}.part"
    try:
        staging.mkdir(parents=True)
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if is_new:
            with suppress(OSError):  # it holds what was exported
                folder.rmdir()


def _write_relation(
    connection: sqlite3.Connection, relation: Relation, folder: Path, options: ExportOptions
) -> Resource:
    names = [column.name for column in relation.columns]
    seen = _TypesSeen(len(names))
    suffix = ".gz" if options.packed else ""
    csv_path = folder / f"{relation.name}.csv{suffix}"
    ndjson_path = folder / f"{relation.name}.ndjson{suffix}"
    stream = seen.watch(rows(connection, relation))
    formats.write_csv(csv_path, names, stream, safe=options.safe_csv)
    formats.write_ndjson(ndjson_path, names, rows(connection, relation))
    fields = tuple(
        Field(column.name, packages.type_of(column, relation.kind, kinds), column.description)
        for column, kinds in zip(relation.columns, seen.kinds, strict=True)
    )
    paths = [csv_path, ndjson_path]
    if options.parquet:
        paths.append(folder / f"{relation.name}.parquet")
        types = [field.type for field in fields]
        formats.write_parquet(paths[-1], names, types, rows(connection, relation))
    return Resource(relation, fields, tuple(paths), seen.count)


class _TypesSeen:
    """Watches a stream of rows: how many there are, and which types each column holds.

    A view's columns have no declared type where an expression makes them.
    """

    def __init__(self, width: int) -> None:
        self.count = 0
        self.kinds: list[set[type]] = [set() for _ in range(width)]

    def watch(self, stream: Iterator[formats.Row]) -> Iterator[formats.Row]:
        for row in stream:
            self.count += 1
            for kinds, cell in zip(self.kinds, row, strict=True):
                kinds.add(type(cell))
            yield row


def _last_load(connection: sqlite3.Connection) -> str | None:
    (built,) = connection.execute("select max(started_at) from loads").fetchone()
    return str(built) if built else None


def _write_descriptions(
    folder: Path,
    imprint: Imprint,
    resources: list[Resource],
    built: str | None,
    options: ExportOptions,
) -> list[Path]:
    files = [path for resource in resources for path in resource.paths]
    sums = {path.name: _sha256(path) for path in sorted(files)}
    texts = {
        _PACKAGE: packages.data_package(imprint, resources, sums, built),
        "croissant.json": croissant.dataset(imprint, resources, sums, built),
        "README.md": packages.readme(imprint, resources, built, safe_csv=options.safe_csv),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        sums[name] = _sha256(folder / name)
    listing = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (folder / "SHA256SUMS").write_text(listing, encoding="utf-8")
    return [*files, *(folder / name for name in texts), folder / "SHA256SUMS"]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
