"""Runs the tutorial's SQL on the sample and writes it down with its answer (cog calls it)."""

import sqlite3
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from feedsette.flattening import flatten_feed  # noqa: E402
from feedsette.parsing import parse_document  # noqa: E402
from feedsette.records import Document, Known  # noqa: E402
from feedsette.serving import prepare_connection  # noqa: E402
from feedsette.sources import SourceOptions, read_documents  # noqa: E402
from feedsette.store import open_database  # noqa: E402

LONGEST = 60


@cache
def sample() -> sqlite3.Connection:
    """The sample as `make load` loads it, in memory, without language detection."""
    database = open_database(":memory:")
    for found in read_documents([str(ROOT / "feeds" / "sample.xml")], SourceOptions(), {}):
        assert isinstance(found, Document)
        database.save(found, flatten_feed(parse_document(found), Known()))
    prepare_connection(database.connection)
    return database.connection


def answer(sql: str) -> None:
    """Print the SQL and the Markdown table of its rows."""
    cursor = sample().execute(sql)
    names = [column[0] for column in cursor.description]
    print(f"\n```sql\n{sql.strip()}\n```\n")
    print(f"| {' | '.join(names)} |\n|{'---|' * len(names)}")
    for row in cursor:
        print(f"| {' | '.join(_cell(value) for value in row)} |")
    print()


def _cell(value: object) -> str:
    if isinstance(value, str) and "\n" in value:
        value = value.splitlines()[0] + " …"
    text = "" if value is None else str(value).replace("|", "\\|")
    return text if len(text) <= LONGEST else text[: LONGEST - 2].rstrip() + " …"
