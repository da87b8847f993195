"""The first visitor of a large file is ourselves, in the background.

What all visitors share (numbers of home, facets, saved queries without input, templates) is counted
once and remembered. On a file that cannot change it is worth counting before anybody waits for it:
a million links take seconds.
"""

import asyncio
from contextlib import suppress
from pathlib import Path
from sqlite3 import Error
from threading import Event, Thread
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from feedsette.schema import TABLES
from feedsette.serving.pages.home import saved_queries
from feedsette.views import VIEWS

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette

LARGE = 200_000_000
"""Bytes of a file from which its first answers take noticeably longer than the next."""


_visits: WeakKeyDictionary["Datasette", tuple[Thread, Event]] = WeakKeyDictionary()


def warm(datasette: "Datasette", database: str, least_bytes: int = LARGE) -> Thread | None:
    """Ask for the pages that everybody opens; None where it is not worth it.

    A thread with a loop of its own: what serves the visitors has not begun when Datasette starts
    its plugins, and must not wait. It ends with the process.
    """
    db = datasette.get_database(database)
    if db.is_mutable or not db.path or Path(db.path).stat().st_size < least_bytes:
        return None
    stopped = Event()

    def run() -> None:
        # the process ends, or something of the file cannot be read: visitors are told, if they ask
        with suppress(RuntimeError, OSError, Error):
            asyncio.run(_visit(datasette, database, stopped))

    thread = Thread(target=run, name="feedsette warming", daemon=True)
    _visits[datasette] = thread, stopped
    thread.start()
    return thread


def stop(datasette: "Datasette") -> None:
    """Visit no further page, and wait for the one under way: its connection is about to be closed.

    SQLite crashes where a connection is closed in the middle of a query.
    """
    if datasette in _visits:
        thread, stopped = _visits.pop(datasette)
        stopped.set()
        thread.join()


async def _visit(datasette: "Datasette", database: str, stopped: Event) -> None:
    # a request before the start is complete would start Datasette once more, in this thread
    while not datasette._startup_invoked:
        if stopped.is_set():
            return
        await asyncio.sleep(0.05)
    urls = datasette.urls
    tables = [table.name for table in TABLES if not table.hidden] + [view.name for view in VIEWS]
    queries = await saved_queries(datasette, database, None)
    paths = [urls.instance(), *(urls.query(database, query["name"]) for query in queries)]
    paths += [urls.table(database, name) for name in tables]
    for path in paths:
        if stopped.is_set():
            break
        await datasette.client.get(path)
