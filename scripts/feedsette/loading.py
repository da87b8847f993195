"""The whole trip: locations → documents → feeds → rows → database, in the order of the locations.

Parsing and flattening run in any Executor; reading and writing stay here, so there is one writer
and the database is the same for any number of workers.
"""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass

from feedsette.errors import FeedError
from feedsette.flattening import flatten_feed
from feedsette.parsing import parse_document
from feedsette.records import Document, Failure, Known, NotModified
from feedsette.rows import FlatFeed
from feedsette.sources import SourceOptions, read_documents
from feedsette.store import Database, Load, StaleKnown

WINDOW_DOCUMENTS = 16
WINDOW_BYTES = 16_000_000
"""How much may be under way at once, so that memory stays flat whatever the number of documents."""


@dataclass(frozen=True, slots=True)
class Flattened:
    """What became of a document in a worker."""

    outcome: FlatFeed | Failure
    seconds: float


def flatten_document(document: Document, known: Known, detect: bool) -> Flattened:
    """Parse and flatten: pure, so it may run in any process. A FeedError becomes a Failure."""
    started = time.perf_counter()
    outcome: FlatFeed | Failure
    try:
        outcome = flatten_feed(parse_document(document), known, None)
    except FeedError as error:
        outcome = Failure(document.location, str(error), document.seen_at, document.http_status)
    return Flattened(outcome, time.perf_counter() - started)


@dataclass(frozen=True, slots=True)
class Trip:
    """Everything that a load needs besides its locations."""

    database: Database
    options: SourceOptions
    executor: Executor
    detect: bool = True

    def load(self, locations: Sequence[str]) -> Iterator[Load]:
        """Load every location; yields a Load for each document, in the order of the locations.

        What fails is a Load with status failed; nothing is raised for it. Between two Loads the
        database is consistent: stop iterating at any time.
        """
        waiting: deque[tuple[Document, Future[Flattened]]] = deque()
        states = self.database.fetch_states()
        for found in read_documents(locations, self.options, states):
            if isinstance(found, Document) and not self._is_seen(found):
                waiting.append((found, self._submit(found)))
                yield from self._save_waiting(waiting, until_small=True)
                continue
            yield from self._save_waiting(waiting, until_small=False)
            yield self._save_unread(found)
        yield from self._save_waiting(waiting, until_small=False)

    def _is_seen(self, document: Document) -> bool:
        return not self.options.force and self.database.is_seen(document)

    def _submit(self, document: Document) -> "Future[Flattened]":
        known = self.database.known(document.location)
        return self.executor.submit(flatten_document, document, known, self.detect)

    def _save_waiting(
        self, waiting: "deque[tuple[Document, Future[Flattened]]]", *, until_small: bool
    ) -> Iterator[Load]:
        while waiting:
            document, future = waiting[0]
            if until_small and not future.done() and _is_small(waiting):
                return
            waiting.popleft()
            yield self._save(document, self._result(document, future))

    def _result(self, document: Document, future: "Future[Flattened]") -> Flattened:
        try:
            return future.result()
        except BrokenExecutor:  # a process died, with it all that it and its like had at hand
            return self._second_try(document)

    def _second_try(self, document: Document) -> Flattened:
        try:
            return self._submit(document).result()
        except BrokenExecutor:
            reason = "the process that read it died (out of memory?); try it alone with --workers 1"
            failure = Failure(document.location, reason, document.seen_at, document.http_status)
            return Flattened(failure, 0.0)

    def _save(self, document: Document, flattened: Flattened) -> Load:
        outcome = flattened.outcome
        if isinstance(outcome, Failure):
            return self.database.save_failure(outcome)
        try:
            return self.database.save(document, outcome, flattened.seconds)
        except StaleKnown as stale:
            again = flatten_document(document, stale.known, self.detect)
            return self._save(document, again)

    def _save_unread(self, found: Document | NotModified | Failure) -> Load:
        if isinstance(found, Document):
            return self.database.save_unchanged(found)
        if isinstance(found, NotModified):
            return self.database.save_not_modified(found)
        return self.database.save_failure(found)


def _is_small(waiting: "deque[tuple[Document, Future[Flattened]]]") -> bool:
    size = sum(len(document.content) for document, _ in waiting)
    return len(waiting) < WINDOW_DOCUMENTS and size < WINDOW_BYTES
