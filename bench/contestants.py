"""Who takes part, and the command that has each of them load a folder of feeds."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.environments import compiled_python, python_of

SIDES = Path(__file__).parent / "sides"
Command = list[str | Path]


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be loaded and where to."""

    folder: Path
    """Holds nothing but *.xml."""
    urls: Path
    """A file that lists the feeds' URLs on the loopback server."""
    database: Path
    python: Path
    """That of feedsette's own environment."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A side of the comparison."""

    name: str
    command: Callable[[Job], Command]


def ours(*options: str, compiled: bool = False) -> Callable[[Job], Command]:
    """feedsette's command, with full work."""
    start = ["-m", "feedsette", "load", "--quiet"]
    return lambda job: [
        compiled_python() if compiled else job.python,
        *start, *options, "-d", job.database, job.folder,
    ]  # fmt: skip


def side(environment: str, script: str) -> Callable[[Job], Command]:
    """A peer that reads over HTTP."""
    return lambda job: [python_of(environment), SIDES / script, job.database, job.urls]


OURS = Contestant("feedsette, one process", ours("--workers", "1", "--no-detect"))
TWO = Contestant("feedsette, two processes", ours("--workers", "2", "--no-detect"))
COMPILED = Contestant(
    "feedsette compiled, one process", ours("--workers", "1", "--no-detect", compiled=True)
)
COMPILED_TWO = Contestant(
    "feedsette compiled, two processes", ours("--workers", "2", "--no-detect", compiled=True)
)
DETECTING = Contestant("feedsette, one process, guessing languages", ours("--workers", "1"))
OVER_HTTP = Contestant(
    "feedsette, one process, over HTTP",
    lambda job: [
        *ours("--workers", "1", "--no-detect", "--allow-private")(job)[:-1], job.urls,
    ],
)  # fmt: skip
FEED_TO_SQLITE = Contestant(
    "feed-to-sqlite 0.6.2", side("feed-to-sqlite", "feed_to_sqlite_side.py")
)
READER = Contestant("reader 3.26 with search", side("reader", "reader_side.py"))
FLOOR = Contestant(
    "floor: feedparser alone, defaults",
    lambda job: [job.python, SIDES / "floor.py", job.folder],
)
LIMIT = Contestant(
    "limit: fastfeedparser, lxml, executemany",
    lambda job: [python_of("limit"), SIDES / "limit.py", job.database, job.folder],
)
ALL = (
    OURS, OVER_HTTP, DETECTING, TWO, COMPILED, COMPILED_TWO, FEED_TO_SQLITE, READER, FLOOR, LIMIT,
)  # fmt: skip


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """Serve a folder's files on the loopback, with Last-Modified and 304; yields the address."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """The bench's own output is the table."""
