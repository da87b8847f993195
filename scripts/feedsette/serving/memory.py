"""What the site remembers of a database: answers that hold until the file changes.

They depend on the file and on the question, never on the visitor.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
Text = TypeVar("Text", bound=str)
MAX_ANSWERS = 2_000
"""The oldest are forgotten; an answer is some dozens of short values, or a page's numbers."""

_answers: OrderedDict[tuple[object, ...], tuple[object, Any]] = OrderedDict()

_asking: dict[tuple[object, ...], asyncio.Future[Any]] = {}


async def recall(
    db: Any,
    question: tuple[object, ...],
    ask: Callable[[], Awaitable[Any]],
    is_worth: Callable[[Any], bool] | None = None,
) -> Any:
    """Give what `ask` gave since the file of `db`, a Database of Datasette, last changed.

    An answer that is not `is_worth` remembering is asked for again, and one that says that it
    `is_stale`.
    """
    key = (db.path, id(db), *question)
    stamp = _stamp(db)
    known = _answers.get(key)
    if known and stamp and known[0] == stamp and not getattr(known[1], "is_stale", False):
        _answers.move_to_end(key)
        return known[1]
    answer = await _ask_once((stamp, *key), ask)
    if is_worth is None or is_worth(answer):
        _answers[key] = (stamp, answer)
        while len(_answers) > MAX_ANSWERS:
            _answers.popitem(last=False)
    return answer


async def _ask_once(key: tuple[object, ...], ask: Callable[[], Awaitable[Any]]) -> Any:
    """Ask, or wait for the visitor who is asking already.

    The numbers of a large database take seconds. Sixty-four visitors after a restart, each of whom
    counted for himself, held all threads for minutes.
    """
    asking = _asking.get(key)
    if asking is None or asking.get_loop() is not asyncio.get_running_loop():
        asking = _asking[key] = asyncio.ensure_future(ask())
        asking.add_done_callback(lambda done: _forget(key, done))
    return await asyncio.shield(asking)  # who goes away must not take it from the others


def _forget(key: tuple[object, ...], done: asyncio.Future[Any]) -> None:
    _asking.pop(key, None)
    if not done.cancelled():
        done.exception()  # seen, though nobody may be waiting any more


def kept(max_characters: int) -> Callable[[Callable[P, Text]], Callable[P, Text]]:
    """Keep the latest results of a pure function of texts, so many characters of them.

    functools.lru_cache counts results, of which a hostile one may be as long as a thousand others.
    """

    def decorate(function: Callable[P, Text]) -> Callable[P, Text]:
        results: OrderedDict[bytes, Text] = OrderedDict()
        characters = 0

        @wraps(function)
        def recalling(*arguments: P.args, **named: P.kwargs) -> Text:
            nonlocal characters
            question = repr((arguments, sorted(named.items()))).encode("utf-8", "surrogatepass")
            key = blake2b(question, digest_size=16).digest()
            if key in results:
                results.move_to_end(key)
                return results[key]
            results[key] = result = function(*arguments, **named)
            characters += len(result)
            while characters > max_characters:
                characters -= len(results.popitem(last=False)[1])
            return result

        return recalling

    return decorate


def _stamp(db: Any) -> object:
    """Tell one state of the file from another; None if there is no file."""
    if not db.path:
        return None
    stamp = []
    for path in (db.path, f"{db.path}-wal"):
        try:
            stat = Path(path).stat()
        except OSError:
            continue
        stamp.append((stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(stamp)
