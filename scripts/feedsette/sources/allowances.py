"""How much all answers together may hold in memory, whoever sends them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Condition

_owner: ContextVar[str] = ContextVar("owner")


class Allowance:
    """Bytes of documents that are under way or wait for their turn. Used from many threads.

    Past the limit every answer waits, half read, but the one whose turn it is: that one is wanted
    next, and what it held is given back then, so that the others can go on. Held at most: the
    limit and one document.

    It knows as well who is asking which host: where the one whose turn it is stands behind another
    at a host to which both were redirected, that one goes first, or both would wait for ever.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: dict[str, int] = {}
        self._turn: str | None = None
        self._asking: dict[str, str] = {}
        """Who is asking a host."""
        self._standing: dict[str, str] = {}
        """At which host somebody waits for another to be done."""
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
            while owner != self._first() and sum(self._held.values()) + size > self._limit:
                self._changed.wait()
            self._held[owner] = self._held.get(owner, 0) + size

    def _first(self) -> str | None:
        host = self._standing.get(self._turn or "")
        return self._asking.get(host, self._turn) if host else self._turn

    @contextmanager
    def visiting(self, host: str) -> Iterator[None]:
        """Wait until nobody else is asking a host."""
        owner = _owner.get()
        with self._changed:
            while host in self._asking:
                self._standing[owner] = host
                self._changed.notify_all()
                self._changed.wait()
            self._standing.pop(owner, None)
            self._asking[host] = owner
        try:
            yield
        finally:
            with self._changed:
                del self._asking[host]
                self._changed.notify_all()

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
