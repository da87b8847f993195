"""What was read and is not saved yet, in the order of the locations, and how much of it at a time.

It is saved in batches, because a transaction for each document took a third more of saving's time.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Generic, TypeVar

from feedsette.records import Document, Failure, NotModified

WINDOW_DOCUMENTS, WINDOW_BYTES = 64, 16_000_000
"""How much may be under way at once, so that memory stays flat whatever the number of documents."""
BATCH_DOCUMENTS, BATCH_BYTES = 16, 2_000_000
"""How much is saved at once. Twice as many documents gained nothing more."""
BATCH_SECONDS = 1.0
"""What is ready is saved after this long, however little it is: servers may be slow."""

T = TypeVar("T")
Found = Document | NotModified | Failure
Waiting = tuple[Found, Future[T] | None]
"""What a location gave, and what is being made of it: nothing where there is nothing to read."""


@dataclass(slots=True)
class Queue(Generic[T]):
    """Holds what waits; every method gives batches takes them out."""

    _waiting: deque[Waiting[T]] = field(default_factory=deque)
    _saved_at: float = field(default_factory=time.monotonic)

    def append(self, found: Found, future: Future[T] | None) -> None:
        """Add what comes last."""
        self._waiting.append((found, future))

    def has_copy(self, document: Document) -> bool:
        """Whether another saved copy of its feed waits."""
        return _is_copied(document, self._waiting)

    def copies_before(self, found: Found) -> Iterator[list[Waiting[T]]]:
        """All up to an earlier copy of a feed that is ready: saved, it spares reading most of this.

        A copy that is not ready is not waited for.
        """
        while _is_copied(found, self._ready()):
            yield self._take(wait=False)

    def due(self) -> Iterator[list[Waiting[T]]]:
        """What is to be saved now: enough of it is ready, or something for long enough."""
        while True:
            is_full = _is_much(self._waiting, WINDOW_DOCUMENTS, WINDOW_BYTES)
            if not is_full and not self._is_time():
                return
            yield self._take(wait=is_full)
            self._saved_at = time.monotonic()

    def rest(self) -> Iterator[list[Waiting[T]]]:
        """All that is left."""
        while self._waiting:
            yield self._take(wait=True)

    def _is_time(self) -> bool:
        ready = list(self._ready())
        late = time.monotonic() - self._saved_at > BATCH_SECONDS
        return _is_batch(ready) or (bool(ready) and late)

    def _ready(self) -> Iterator[Waiting[T]]:
        return takewhile(_is_ready, self._waiting)

    def _take(self, *, wait: bool) -> list[Waiting[T]]:
        """The next batch; unless it is to be waited for, only what is ready behind the first."""
        batch = [self._waiting.popleft()]
        while self._waiting and not _is_batch(batch) and (wait or _is_ready(self._waiting[0])):
            batch.append(self._waiting.popleft())
        return batch


def _is_ready(waiting: Waiting[T]) -> bool:
    _, future = waiting
    return future is None or future.done()


def _is_copied(found: Found, waiting: Iterable[Waiting[T]]) -> bool:
    if not isinstance(found, Document) or not found.copy_of:
        return False
    return any(
        isinstance(other, Document) and other.copy_of == found.copy_of for other, _ in waiting
    )


def _is_batch(waiting: list[Waiting[T]]) -> bool:
    return _is_much(waiting, BATCH_DOCUMENTS, BATCH_BYTES)


def _is_much(waiting: Iterable[Waiting[T]], documents: int, size: int) -> bool:
    sizes = [len(found.content) if isinstance(found, Document) else 0 for found, _ in waiting]
    return len(sizes) >= documents or sum(sizes) >= size
