"""From locations to documents, in the order of the locations, so that a run can be repeated."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from feedsette.errors import SourceError
from feedsette.records import Document, Failure, NotModified
from feedsette.sources.allowances import Allowance
from feedsette.sources.copies import Found, find_copy
from feedsette.sources.files import (
    explain,
    list_folder,
    list_glob,
    read_document,
    read_standard_input,
)
from feedsette.sources.kinds import why_no_feed
from feedsette.sources.lists import MAX_DEPTH, is_list, read_list
from feedsette.sources.locations import is_bare_address, is_pattern, key_of, text_of, web_url
from feedsette.sources.options import FetchState, SourceOptions, is_due
from feedsette.sources.queues import Queue

if TYPE_CHECKING:
    from feedsette.sources.visits import Visitor

Record = Document | NotModified | Failure


def read_documents(
    locations: Sequence[str], options: SourceOptions, states: Mapping[str, FetchState]
) -> Iterator[Record]:
    """Read every location; one that fails gives a Failure and harms no other.

    A location is a URL, a file, a folder, a glob, `-`, or a list of them (OPML or text). Records
    come in the order of the locations, however fast the servers are. Nothing is read twice in one
    run. With options.respect_freshness, what is not due (is_due) gives no record at all.
    """
    trip = _Trip(options, states)
    try:
        yield from trip.records(locations)
    finally:
        trip.close()


@dataclass(frozen=True, slots=True)
class _Stop:
    """A place on the way: a location, or a file that was found in a folder."""

    location: str
    url: str | None = None
    found: Found | None = None
    depth: int = 0
    listed_in: str | None = None
    """The list that named it: what cannot be read may be no location, but a line of prose."""


class _Trip:
    def __init__(self, options: SourceOptions, states: Mapping[str, FetchState]) -> None:
        self.options = options
        self.states = states
        self.seen: set[str] = set()
        self.stops: deque[_Stop] = deque()
        self.allowance: Allowance | None = None
        self.visitor: Visitor | None = None
        self.queue: Queue | None = None

    def close(self) -> None:
        if self.allowance:
            self.allowance.close()
        if self.visitor:
            self.visitor.close()

    def records(self, locations: Iterable[str]) -> Iterator[Record]:
        self._add(_stop_at(location) for location in locations)
        while self.stops:
            stop = self.stops.popleft()
            try:
                record = self._visit(stop)
            except (SourceError, OSError) as error:
                reason = str(error) if isinstance(error, SourceError) else explain(error)
                if stop.listed_in:
                    reason += f"; named in {stop.listed_in}"
                record = Failure(stop.location, reason, self.options.clock())
            if record:
                yield _storable(record)

    def _add(self, stops: Iterable[_Stop]) -> None:
        """Put stops before all others, leaving out those that were on the way already."""
        new = [stop for stop in stops if self._is_new(stop.location)]
        self.stops.extendleft(reversed(new))

    def _is_new(self, location: str) -> bool:
        key = key_of(location)
        new = key not in self.seen
        self.seen.add(location if key == location else key)  # one text, of which there are many
        return new

    def _visit(self, stop: _Stop) -> Record | None:
        if stop.url:
            return self._visit_url(stop, stop.url)
        if stop.location == "-":
            return self._unfold(stop, read_standard_input(self.options))
        web_url(stop.location)  # says what is wrong with a URL that is none
        if not stop.location.strip():  # else it would be the folder that one is in
            raise SourceError("an empty name; give a file, a folder or a URL")
        return self._visit_path(stop, Path(stop.location))

    def _visit_url(self, stop: _Stop, url: str) -> Record | None:
        if not self._is_wanted(url):
            return None
        if self.queue is None:  # a load of files never opens the network, nor imports it
            from feedsette.sources.visits import Visitor

            self.allowance = Allowance(self.options.waiting_bytes)
            self.visitor = Visitor(self.options, self.states, self.allowance)
            self.queue = Queue(self.visitor.read_url, self.options.concurrency, self.allowance)
        ahead = (s.url for s in islice(self.stops, self.options.look_ahead))
        record = self.queue.read(url, (u for u in ahead if u and self._is_wanted(u)))
        if record.location != stop.location and not self._is_new(record.location):
            return None  # the feed of this page was read under its own URL
        return self._unfold(stop, record) if isinstance(record, Document) else record

    def _is_wanted(self, url: str) -> bool:
        if self.options.force or not self.options.respect_freshness:
            return True
        return is_due(self.states.get(url), self.options.clock())

    def _visit_path(self, stop: _Stop, path: Path) -> Record | None:
        if path.is_dir():
            self._spread(list_folder(path, self.options), stop)
            return None
        if not path.exists() and is_pattern(stop.location):
            self._spread(list_glob(stop.location, self.options), stop)
            return None
        if not path.exists() and is_bare_address(stop.location):
            raise SourceError("no such file or folder; an address on the web begins with https://")
        found = stop.found or find_copy(path, self.options.clock())
        return self._unfold(stop, read_document(found, self.options))

    def _spread(self, found: Iterable[Found], stop: _Stop) -> None:
        self._add(_Stop(f.path, found=f, depth=stop.depth) for f in found)

    def _unfold(self, stop: _Stop, document: Document) -> Record | None:
        """Replace a list by what it names; a zip archive would be read as a broken feed."""
        if reason := why_no_feed(document.content):
            raise SourceError(reason)
        if not is_list(document.location, document.content):
            return document
        if stop.depth >= MAX_DEPTH:
            raise SourceError(f"lists within lists are followed {MAX_DEPTH} deep at most")
        named = read_list(document.content, document.url or document.location)
        self._add(_stop_at(location, stop.depth + 1, document.name) for location in named)
        return None


def _storable(record: Record) -> Record:
    """The same with names that are text: those of files need not be, and the database wants it."""
    location = text_of(record.location)
    if isinstance(record, Document) and record.copy_of:
        return replace(record, location=location, copy_of=text_of(record.copy_of))
    return record if location == record.location else replace(record, location=location)


def _stop_at(location: str, depth: int = 0, listed_in: str | None = None) -> _Stop:
    try:
        url = web_url(location)
    except SourceError:
        url = None  # the failure is told when its turn comes
    return _Stop(url or location, url, depth=depth, listed_in=listed_in)
