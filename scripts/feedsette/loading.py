"""The whole trip: locations → documents → feeds → rows → database, in the order of the locations.

Parsing and flattening run in any Executor; reading and writing stay here, so there is one writer
and the database is the same for any number of workers.
"""

import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from feedsette.clocks import seconds_since
from feedsette.errors import FeedError
from feedsette.records import Document, Failure, Known, NotModified
from feedsette.rows import FlatFeed
from feedsette.sources import SourceOptions, read_documents
from feedsette.sources.history import MAX_PAGES, next_page
from feedsette.store import Database, Load, StaleKnown
from feedsette.waiting import Found, Queue, Waiting

NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Flattened:
    """What became of a document in a worker."""

    outcome: FlatFeed | Failure
    seconds: float
    older_url: str | None = None
    """The page of the feed with the entries before these."""


def flatten_document(document: Document, known: Known, detect: bool) -> Flattened:
    """Parse and flatten: pure, so it may run in any process. A FeedError becomes a Failure."""
    # late: a load of what has not changed needs none of it, and it takes most of the time to start
    from feedsette.flattening import flatten_feed
    from feedsette.flattening.listings.detection import detect_language
    from feedsette.parsing import parse_document

    started = time.perf_counter()
    try:
        feed = parse_document(document)
        outcome = flatten_feed(feed, known, detect_language if detect else None)
    except FeedError as error:
        return Flattened(_failure(document, str(error)), seconds_since(started))
    except Exception as error:  # noqa: BLE001 - our bug; it must not cost the other feeds
        return Flattened(_failure(document, _describe_bug(error)), seconds_since(started))
    return Flattened(outcome, seconds_since(started), next_page(document, feed))


def _describe_bug(error: Exception) -> str:
    """Say where it happened, in a line: what a report needs."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    name = place.filename.replace("\\", "/").rpartition("/feedsette/")[2]
    what = f"{type(error).__name__} at {name}:{place.lineno}"
    return f"cannot be read because of a bug in feedsette ({what}); please report it with the feed"


def _failure(document: Document, reason: str) -> Failure:
    return Failure(document.location, reason, document.seen_at, document.http_status)


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
        waiting: Queue[Flattened] = Queue()
        states = self.database.fetch_states()
        for found in read_documents(locations, self.options, states):
            yield from self._save_batches(waiting.copies_before(found))
            waiting.append(found, self._begin(found, waiting))
            yield from self._save_batches(waiting.due())
        yield from self._save_batches(waiting.rest())

    def _begin(self, found: Found, waiting: Queue[Flattened]) -> "Future[Flattened] | None":
        if not isinstance(found, Document):
            return None
        if not waiting.has_copy(found) and self._is_seen(found):
            return None
        return self._submit(found)

    def _is_seen(self, document: Document) -> bool:
        """Whether it needs no reading."""
        if self.options.force or self.options.history:
            return False
        return self.database.is_seen(document)

    def _submit(self, document: Document) -> "Future[Flattened]":
        known = self._trusted(self.database.known(document.copy_of or document.location))
        return self.executor.submit(flatten_document, document, known, self.detect)

    def _trusted(self, known: Known) -> Known:
        """What is not to be flattened again: with --force, nothing."""
        return replace(known, hashes={}, details={}) if self.options.force else known

    def _save_batches(self, batches: Iterable[list[Waiting[Flattened]]]) -> Iterator[Load]:
        for batch in batches:
            # waited for here: a transaction that waits keeps other writers waiting
            read = [(found, self._result(found, future)) for found, future in batch]
            yield from self._save_batch(read)

    def _save_batch(self, read: list[tuple[Found, Flattened | None]]) -> Iterator[Load]:
        if self.options.history:
            yield from chain.from_iterable(self._save_with_older(*one) for one in read)
        else:
            yield from self.database.together([partial(self._save_found, *one) for one in read])

    def _save_found(self, found: Found, flattened: Flattened | None) -> Load:
        if not isinstance(found, Document):
            return self._save_unread(found)
        if flattened is None or (found.copy_of and self._is_seen(found)):
            return self._save_unread(found)
        return self._save(found, flattened)

    def _save_with_older(self, found: Found, flattened: Flattened | None) -> Iterator[Load]:
        yield self._save_found(found, flattened)
        if isinstance(found, Document) and flattened:
            yield from self._load_older(found, flattened)

    def _load_older(self, document: Document, flattened: Flattened) -> Iterator[Load]:
        """Follow a feed's older pages to the end (--history).

        The end is also a page that was read before, under this address or with these bytes: some
        servers answer every page with the first.
        """
        first, seen = flattened.outcome, {document.location, document.sha256}
        if isinstance(first, Failure):
            return
        for _ in range(MAX_PAGES):
            url = flattened.older_url
            if url is None or url in seen:
                return
            found = next(read_documents([url], self.options, {}), None)
            if not isinstance(found, Document):
                # 404: how WordPress says that there are no more; None: an empty list
                if found and found.http_status != NOT_FOUND:
                    yield self._save_unread(found)
                return
            if found.location != url or found.sha256 in seen:  # a list or a web page names others
                return
            seen |= {url, found.sha256}
            flattened = flatten_document(found, Known(), self.detect)
            yield self._save(found, flattened, first)

    def _result(self, found: Found, future: "Future[Flattened] | None") -> Flattened | None:
        if not isinstance(found, Document) or future is None:
            return None
        try:
            return future.result()
        except BrokenExecutor:  # a process died, with it all that it and its like had at hand
            return self._second_try(found)

    def _second_try(self, document: Document) -> Flattened:
        try:
            return self._submit(document).result()
        except BrokenExecutor:
            reason = "the process that read it died (out of memory?); try it alone with --workers 1"
            return Flattened(_failure(document, reason), 0.0)

    def _save(
        self, document: Document, flattened: Flattened, first: FlatFeed | None = None
    ) -> Load:
        """Write what became of a document; `first` is the newest page of the feed it continues."""
        outcome = flattened.outcome
        if isinstance(outcome, Failure):
            return self.database.save_failure(outcome)
        page = _as_older(outcome, first) if first else outcome
        try:
            return self.database.save(document, page, flattened.seconds, anew=self.options.force)
        except StaleKnown as stale:
            again = flatten_document(document, self._trusted(stale.known), self.detect)
            return self._save(document, again, first)

    def _save_unread(self, found: Found) -> Load:
        if isinstance(found, Document):
            return self.database.save_unchanged(found)
        if isinstance(found, NotModified):
            return self.database.save_not_modified(found)
        return self.database.save_failure(found)


def _as_older(page: FlatFeed, first: FlatFeed) -> FlatFeed:
    """Make a page part of the feed that it continues.

    A page's self link is its own, and it lacks what is newer than itself, which proves nothing.
    """
    names = {name: getattr(first, name) for name in ("feed_key", "feed_url", "title", "updated")}
    return page._replace(**names, complete=False)
