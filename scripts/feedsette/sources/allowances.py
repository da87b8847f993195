"""How much all answers together may hold in memory, and who may ask which host."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Condition

from feedsette.errors import FeedsetteError

_owner: ContextVar[str] = ContextVar("owner")


class ClosedError(FeedsetteError):
    """The run was left while a thread of it waited for room or for a host."""


class Allowance:
    """Bytes of documents that are under way or wait for their turn. Used from many threads.

    Past the limit every answer waits, half read, but the one whose turn it is: that one is wanted
    next, and what it held is given back then, so that the others can go on. It knows as well who is
    asking which host, one at a time: both are waited for, so both are decided here.

    Why the one whose turn it is comes always to its end:

    - it runs: the queue starts it first of all, whoever else is at its host;
    - it never waits for room;
    - it may wait for a host. Who asks that host holds no other, so it waits for room at most, and
      as the one in the way (`_first`) it need not. Asking ends by itself: it is bounded in time;
    - a host that became free goes to the one whose turn it is before all others there.

    Held at most: the limit, its document, and those of answers that were in its way.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: dict[str, int] = {}
        self._turn: str | None = None
        self._asking: dict[str, str] = {}
        """Who is asking a host."""
        self._standing: dict[str, str] = {}
        """At which host somebody waits for another to be done."""
        self._closed = False
        self._changed = Condition()

    @property
    def is_spent(self) -> bool:
        """Whether nothing new should be asked for."""
        with self._changed:
            return sum(self._held.values()) > self._limit

    @contextmanager
    def belonging_to(self, url: str) -> Iterator[None]:
        """Let what this thread takes be held by a URL."""
        token = _owner.set(url)
        try:
            yield
        finally:
            _owner.reset(token)

    def take(self, size: int) -> None:
        """Hold so many bytes more, as soon as there is room for them."""
        owner = _owner.get()
        with self._changed:
            self._wait_until(lambda: owner == self._first() or self._has_room(size))
            self._held[owner] = self._held.get(owner, 0) + size

    def _has_room(self, size: int) -> bool:
        return sum(self._held.values()) + size <= self._limit

    def _first(self) -> str | None:
        """Who need not wait for room: the one whose turn it is, or who is in its way."""
        host = self._standing.get(self._turn or "")
        return self._asking.get(host, self._turn) if host else self._turn

    @contextmanager
    def visiting(self, host: str) -> Iterator[None]:
        """Wait until nobody else is asking a host. Whoever visits one may not visit another."""
        owner = _owner.get()
        with self._changed:
            self._standing[owner] = host
            self._changed.notify_all()
            try:
                self._wait_until(lambda: self._may_ask(owner, host))
            finally:
                del self._standing[owner]
            self._asking[host] = owner
        try:
            yield
        finally:
            with self._changed:
                del self._asking[host]
                self._changed.notify_all()

    def _may_ask(self, owner: str, host: str) -> bool:
        is_kept = owner != self._turn and self._standing.get(self._turn or "") == host
        return host not in self._asking and not is_kept

    def _wait_until(self, comes: Callable[[], bool]) -> None:
        self._changed.wait_for(lambda: self._closed or comes())
        if self._closed:
            raise ClosedError("the run was left")

    def settle(self, url: str, size: int) -> None:
        """Say what a URL holds in the end, 0 if its document was handed on."""
        with self._changed:
            self._held[url] = size
            if not size:
                del self._held[url]
            self._changed.notify_all()

    def serve(self, url: str) -> None:
        """Say whose turn it is."""
        with self._changed:
            self._turn = url
            self._changed.notify_all()

    def close(self) -> None:
        """Let nobody wait any longer: ClosedError wherever somebody does, or would."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
