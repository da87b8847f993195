"""Many URLs at once, results in the order asked for, memory flat."""

from collections.abc import Callable, Iterable
from queue import SimpleQueue
from threading import Thread

from feedsette.records import Document, Failure, NotModified
from feedsette.sources.allowances import Allowance
from feedsette.sources.locations import host_of

Record = Document | NotModified | Failure


class Queue:
    """Reads ahead in threads: at most options.concurrency, one for each host.

    The URL that is wanted is started in any case (`Allowance` says why that must be): also while
    one that was asked for ahead is at its host, as happens where a list of feeds unfolds. There is
    always a thread left for it, since reading a URL ends with the end of its own thread.

    Threads, not a pool: a pool's threads would keep a program that was interrupted alive until the
    slowest server has answered.
    """

    def __init__(
        self, read_url: Callable[[str], Record], concurrency: int, allowance: Allowance
    ) -> None:
        self._read_url = read_url
        self._concurrency = max(concurrency, 1)
        self._allowance = allowance
        self._running: dict[str, str] = {}
        self._waiting: dict[str, Record | BaseException] = {}
        self._arrivals: SimpleQueue[tuple[str, Record | BaseException]] = SimpleQueue()

    def read(self, url: str, upcoming: Iterable[str]) -> Record:
        """Give the record of a URL, asking meanwhile for those that will be wanted after it."""
        wanted = [url, *upcoming]
        self._allowance.serve(url)
        while url not in self._waiting:
            self._start(wanted)
            arrived, outcome = self._arrivals.get()
            del self._running[arrived]
            self._waiting[arrived] = outcome
        outcome = self._waiting.pop(url)
        self._allowance.settle(url, 0)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def _start(self, urls: Iterable[str]) -> None:
        hosts = set(self._running.values())
        for place, url in enumerate(urls):
            if len(self._running) >= self._concurrency or (place and self._allowance.is_spent):
                return
            host = host_of(url)
            if url in self._running or url in self._waiting:
                continue
            if not place or host not in hosts:
                hosts.add(host)
                self._running[url] = host
                Thread(target=self._run, args=(url,), daemon=True).start()

    def _run(self, url: str) -> None:
        outcome: Record | BaseException
        try:
            with self._allowance.belonging_to(url):
                outcome = self._read_url(url)
        except BaseException as error:  # noqa: BLE001  raised again where the URL's turn comes
            outcome = error
        self._allowance.settle(url, len(outcome.content) if isinstance(outcome, Document) else 0)
        self._arrivals.put((url, outcome))
