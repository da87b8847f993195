"""One URL → one record: asking conditionally, again if need be, and finding feeds on web pages."""

from collections.abc import Mapping
from dataclasses import replace

from feedsette.errors import SourceError
from feedsette.records import Document, Failure, NotModified
from feedsette.sources.allowances import Allowance
from feedsette.sources.answers import Answer, FetchError, fresh_until, retry_at
from feedsette.sources.discovery import feed_links, well_known_feeds
from feedsette.sources.fetching import MAX_REDIRECTS, Fetcher
from feedsette.sources.inflating import inflate_if_gzip
from feedsette.sources.kinds import Kind, kind_of
from feedsette.sources.options import FetchState, SourceOptions
from feedsette.sources.silences import Silences

MAX_WAIT = 60.0
"""Seconds that a run waits for a server that asks for it; past it, a later refresh asks again."""
MAX_CANDIDATES = 3

Record = Document | NotModified | Failure


class Visitor:
    """Reads URLs. One for a run, used from many threads."""

    def __init__(
        self, options: SourceOptions, states: Mapping[str, FetchState], allowance: Allowance
    ) -> None:
        self._options = options
        self._states = states
        self._allowance = allowance
        self._silences = Silences()
        self._fetcher = Fetcher(options, allowance, self._silences)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._fetcher.close()

    def read_url(self, location: str) -> Record:
        """Read a feed, a list of feeds, or the feed that a web page names.

        A feed that is found on a page has its own URL as location.
        """
        state = self._states.get(location) or FetchState(location)
        try:
            answer = self._ask_where_it_went(location, state)
            document = self._record(location, state, answer)
            if isinstance(document, Document) and kind_of(document.content) is Kind.HTML:
                return self._discover(document, state)
        except FetchError as error:
            return self._failure(location, error)
        return document

    def _ask_where_it_went(self, location: str, state: FetchState) -> Answer:
        if state.moved_to:
            try:
                answer = self._ask_again(state.moved_to, self._conditions(state))
                return replace(answer, moved_to=answer.moved_to or state.moved_to)
            except FetchError as error:
                if error.passing or error.silent:
                    raise
        # the new home is not there any more: perhaps it was a mistake
        return self._ask_again(location, self._conditions(state))

    def _ask_again(
        self, url: str, conditions: Mapping[str, str], redirects: int = MAX_REDIRECTS
    ) -> Answer:
        try:
            return self._ask_with_patience(url, conditions, redirects)
        except FetchError as error:
            if error.silent:
                self._silences.count(error.silent)
            raise

    def _ask_with_patience(self, url: str, conditions: Mapping[str, str], redirects: int) -> Answer:
        for attempt in range(self._options.retries):
            try:
                return self._fetcher.fetch(url, conditions, redirects=redirects)
            except FetchError as error:
                if not error.passing:
                    raise
                self._options.sleep(self._pause(error, attempt))
        try:
            return self._fetcher.fetch(url, conditions, redirects=redirects)
        except FetchError as error:
            if error.passing and self._options.retries:
                tries = self._options.retries + 1
                raise error.told_as(f"{error}, {tries} times") from None
            raise

    def _pause(self, error: FetchError, attempt: int) -> float:
        """Seconds before the next attempt: what the server says, else 1, 2, 4 ± half of it."""
        if error.wait is None:
            return float(2**attempt) * (0.5 + self._options.jitter())
        if error.wait > MAX_WAIT:
            raise error.told_as(f"{error}; the server asks to come back in {error.wait:.0f} s")
        return error.wait + self._options.jitter()

    def _conditions(self, state: FetchState) -> dict[str, str]:
        if self._options.force:
            return {}
        conditions = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
        return {name: value for name, value in conditions.items() if value}

    def _record(self, location: str, state: FetchState, answer: Answer) -> Document | NotModified:
        now = self._options.clock()
        if answer.status == 304:
            if not self._conditions(state):
                raise FetchError("says 304 Not Modified without being asked", status=304)
            return NotModified(location, now, 304, fresh_until(answer, now))
        return Document(
            location=location,
            content=self._unpack(answer),
            seen_at=now,
            url=answer.url,
            headers=answer.kept_headers,
            http_status=answer.status,
            etag=answer.header("etag"),
            last_modified=answer.header("last-modified"),
            fresh_until=fresh_until(answer, now),
            moved_to=answer.moved_to,
        )

    def _unpack(self, answer: Answer) -> bytes:
        try:
            # a file that is gzip itself (feed.xml.gz), not sent as such: it grows just as much
            return inflate_if_gzip(answer.content, self._options.max_bytes, self._allowance.take)
        except SourceError as error:
            raise FetchError(str(error), status=answer.status) from None

    def _discover(self, page: Document, state: FetchState) -> Record:
        if state.document_sha256:
            # a feed that turned into a page is a broken server or a hotel's login, not a new feed
            raise FetchError("answers with a web page instead of the feed", status=200)
        url = page.url or page.location
        named = feed_links(page.content, url)[:MAX_CANDIDATES]
        found = self._first_feed(named, MAX_REDIRECTS)
        # servers redirect what they do not know to their front page: no redirects for guesses
        found = found or self._first_feed(well_known_feeds(url), 0)
        if found is None:
            raise FetchError("a web page that names no feed; give the feed's own URL", status=200)
        return found

    def _first_feed(self, urls: list[str], redirects: int) -> Document | NotModified | None:
        for url in urls:
            state = self._states.get(url) or FetchState(url)
            try:
                answer = self._ask_again(url, self._conditions(state), redirects)
                record = self._record(url, state, answer)
            except FetchError:
                continue
            if isinstance(record, NotModified) or kind_of(record.content) is Kind.FEED:
                return record
        return None

    def _failure(self, location: str, error: FetchError) -> Failure:
        now = self._options.clock()
        return Failure(
            location,
            str(error),
            now,
            http_status=error.status,
            gone=error.status == 410,
            retry_at=retry_at(error, now),
        )
