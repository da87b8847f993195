"""What the site remembers of a database: answers that hold until the file changes.

They depend on the file and on the question, never on the visitor.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from sqlite3 import OperationalError
from sys import getsizeof
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

from datasette.database import QueryInterrupted

P = ParamSpec("P")
Text = TypeVar("Text", bound=str)
Answer = TypeVar("Answer")
MAX_BYTES = 16_000_000
"""Of all answers with their questions: some thousands of counts, some hundreds of pages' numbers.

A visitor chooses the questions, and one answer may be as large as a thousand others.
"""
RETRY_SECONDS = 600


class Shelf(Generic[Answer]):
    """Answers by their questions, so many bytes of both; the one not used for longest goes first.

    functools.lru_cache counts answers instead, and so does not know how much it holds.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, tuple[Answer, int]] = OrderedDict()
        self._one_at_a_time = Lock()  # threads of the database, and that of warming.py

    def find(self, key: Hashable) -> Answer | None:
        """Give an answer, or None."""
        with self._one_at_a_time:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer instead of the one that was there, unless it is larger than the shelf."""
        size = size_of((key, answer))
        with self._one_at_a_time:
            self._bytes -= self._kept.pop(key, (None, 0))[1]
            if size > self._max_bytes:
                return
            self._kept[key] = answer, size
            self._bytes += size
            while self._bytes > self._max_bytes:
                self._bytes -= self._kept.popitem(last=False)[1][1]


def size_of(answer: object) -> int:
    """Count the bytes of memory that texts, numbers and rows of them take.

    Keys of mappings are not counted: they are names of columns, which rows share.
    """
    size, waiting = 0, [answer]
    while waiting:
        one = waiting.pop()
        size += getsizeof(one)
        if isinstance(one, str | bytes):
            continue
        if isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, Iterable):
            waiting += one
    return size


_answers: Shelf[tuple[object, Any]] = Shelf(MAX_BYTES)

_asking: dict[tuple[object, ...], asyncio.Future[Any]] = {}


async def recall(
    db: Any,
    question: tuple[object, ...],
    ask: Callable[[], Awaitable[Any]],
) -> Any:
    """Give what `ask` gave since the file of `db`, a Database of Datasette, last changed.

    Raises QueryInterrupted where it took too long, and for RETRY_SECONDS raises that at once.
    """
    key = (db.path, id(db), *question)
    stamp = _stamp(db)
    known = _answers.find(key)
    if known is not None and known[0] == stamp and not _is_stale(known[1]):
        answer = known[1]
    else:
        answer = await _ask_once(key, lambda: _ask(key, stamp, ask))
    if isinstance(answer, _Late):
        # a new one each time: an exception keeps every frame that it came through
        raise QueryInterrupted(OperationalError("interrupted"), answer.sql, answer.params)
    return answer


def recall_at_once(
    db: Any, question: tuple[object, ...], ask: Callable[[], list[Any]]
) -> list[Any]:
    """Do as `recall` where a thread of the database is asking already.

    No rows are not remembered: it may be that they were late.
    """
    key, stamp = (db.path, id(db), "at once", *question), _stamp(db)
    known = _answers.find(key)
    if known is not None and known[0] == stamp:
        return list(known[1])
    answer = ask()
    if answer and stamp is not None:
        _answers.put(key, (stamp, answer))
    return answer


@dataclass(frozen=True, slots=True)
class _Late:
    """A question that took too long: each of the next visitors would wait as long for nothing."""

    sql: str
    params: Any
    retry: float
    """When to try again, by time.monotonic(): the machine may have been busy."""


def _is_stale(answer: object) -> bool:
    return isinstance(answer, _Late) and time.monotonic() > answer.retry


async def _ask(key: tuple[object, ...], stamp: object, ask: Callable[[], Awaitable[Any]]) -> Any:
    """Ask, and keep the answer as that of the file as it was before: later is not known."""
    try:
        answer = await ask()
    except QueryInterrupted as error:
        answer = _Late(error.sql, error.params, time.monotonic() + RETRY_SECONDS)
    if stamp is not None:
        _answers.put(key, (stamp, answer))
    return answer


async def _ask_once(key: tuple[object, ...], ask: Callable[[], Awaitable[Any]]) -> Any:
    """Ask, or wait for the visitor who is asking already.

    The numbers of a large database take seconds. Sixty-four visitors after a restart, each of whom
    counted for himself, held all threads for minutes; and so they would while a feed is loaded and
    the file changes with every document, were they told apart by the state that they saw.
    """
    asking = _asking.get(key)
    if asking is None or asking.get_loop() is not asyncio.get_running_loop():
        asking = _asking[key] = asyncio.ensure_future(ask())
        asking.add_done_callback(lambda done: _forget(key, done))
    return await asyncio.shield(asking)  # who goes away must not take it from the others


def _forget(key: tuple[object, ...], done: asyncio.Future[Any]) -> None:
    if _asking.get(key) is done:  # and not what another event loop asks
        del _asking[key]
    if not done.cancelled():
        done.exception()  # seen, though nobody may be waiting any more


def kept(max_bytes: int) -> Callable[[Callable[P, Text]], Callable[P, Text]]:
    """Keep the latest results of a pure function of texts, so many bytes of them."""

    def decorate(function: Callable[P, Text]) -> Callable[P, Text]:
        results: Shelf[Text] = Shelf(max_bytes)

        @wraps(function)
        def recalling(*arguments: P.args, **named: P.kwargs) -> Text:
            question = repr((arguments, sorted(named.items()))).encode("utf-8", "surrogatepass")
            key = blake2b(question, digest_size=16).digest()
            result = results.find(key)
            if result is None:
                result = function(*arguments, **named)
                results.put(key, result)
            return result

        return recalling

    return decorate


def _stamp(db: Any) -> object:
    """Tell one state of the file from another; None if there is no file, and nothing to trust.

    SQLite is told of an immutable file that it never changes, and so it has one state.
    """
    if not db.path:
        return None
    if not db.is_mutable:
        return "immutable"
    stamp = []
    for path in (db.path, f"{db.path}-wal"):
        try:
            stat = Path(path).stat()
        except OSError:
            continue
        stamp.append((stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(stamp) or None
