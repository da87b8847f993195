"""The store as others use it: ask what it knows, save what was read. opening.py opens it."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from feedsette.errors import StoreError
from feedsette.records import Document, Failure, Known, NotModified
from feedsette.rows import Article, FlatFeed
from feedsette.sources.options import FetchState
from feedsette.store import connections, feeds, notes, states
from feedsette.store.checks import Finding, check_database, check_indexes
from feedsette.store.indexes import index_articles
from feedsette.store.loads import Load
from feedsette.store.saving import Attempt, read_known, save_document
from feedsette.store.surrogates import mend_surrogates

if TYPE_CHECKING:
    from feedsette.store import migrations

OnArticle = Callable[["migrations.Tables", int, Article], None]
"""Called with a sqlite_utils.Database, an article's id and the article, within its transaction."""


@dataclass(slots=True)
class Database:
    """An open content.db with one writer; a context manager. Made by open_database."""

    path: Path | str
    connection: sqlite3.Connection
    clock: Callable[[], datetime]
    extractor_version: int
    read_only: bool = False
    busy_seconds: float = connections.BUSY_SECONDS
    on_article: OnArticle | None = None
    _retried: Document | None = None
    _unindexed: list[int] = field(default_factory=list)
    """The articles that this transaction added, until its end: their full text comes in at once."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def feed_urls(self) -> list[str]:
        """One URL for each feed that has any: the first that it was loaded from, else its own."""
        return feeds.read_urls(self.connection)

    def known(self, location: str) -> Known:
        """What need not be flattened again of the feed that a location gave last."""
        feed = feeds.find_feed_at(self.connection, location)
        return read_known(self.connection, feed, self.extractor_version)

    def is_seen(self, document: Document) -> bool:
        """Whether a location gave just these bytes last time: save_unchanged is all they need."""
        return states.is_seen(self.connection, document, self.extractor_version)

    def fetch_states(self) -> dict[str, FetchState]:
        """What sources need to know of each location, by location."""
        return states.read_states(self.connection)

    def save(
        self,
        document: Document,
        flat: FlatFeed,
        seconds: float | None = None,
        *,
        anew: bool = False,
    ) -> Load:
        """Write a flattened document, all of it or nothing.

        With `anew` also the articles whose content is held already: their rows may differ since
        they are read better today, or with an extra that was installed since.

        Raises StaleKnown, which brings what to flatten it with, and StoreError.
        """
        attempt = Attempt(
            self.clock(),
            seconds,
            self.extractor_version,
            is_retry=document == self._retried,
            anew=anew,
            on_written=self._tell if self.on_article else None,
        )
        self._retried = document
        try:
            load = self._save(document, flat, attempt)
        except UnicodeEncodeError:
            if self.connection.in_transaction:
                raise
            load = self._save(document, mend_surrogates(flat), attempt)
        self._retried = None
        return load

    def together(self, savings: Sequence[Callable[[], Load]]) -> Iterator[Load]:
        """Call savings (save, save_unchanged …) in one transaction: that costs a third less.

        If one fails, none of them is saved, and each is called again in a transaction of its own:
        so what is wrong with a document costs only itself.
        """
        try:
            with self._transaction():
                loads = [saving() for saving in savings]
        except Exception:  # noqa: BLE001 - it is raised again by the saving at fault
            self._retried = None
            for saving in savings:
                yield saving()
        else:
            yield from loads

    def _tell(self, article_id: int, article: Article) -> None:
        if self.on_article:
            from feedsette.store import migrations

            self.on_article(migrations.wrap(self.connection), article_id, article)

    def _save(self, document: Document, flat: FlatFeed, attempt: Attempt) -> Load:
        with self._transaction():
            return save_document(self.connection, document, flat, attempt, self._unindexed)

    def save_unchanged(self, document: Document, seconds: float | None = None) -> Load:
        """Log a document for which is_seen is true; no article is touched."""
        with self._transaction():
            attempt = Attempt(self.clock(), seconds, self.extractor_version)
            return notes.save_unchanged(self.connection, document, attempt)

    def save_not_modified(self, answer: NotModified) -> Load:
        """Log a 304."""
        with self._transaction():
            return notes.save_not_modified(self.connection, answer, self.clock())

    def save_failure(self, failure: Failure) -> Load:
        """Log a location that gave nothing, and count it against its feed's health."""
        with self._transaction():
            return notes.save_failure(self.connection, failure, self.clock())

    def check(self) -> list[Finding]:
        """What is damaged and what is doubtful; an empty list if all is well."""
        self.require_tables()
        with connections.named_errors(self.path):
            findings = check_database(self.connection)
            if any(finding.kind == "damaged" for finding in findings):
                return findings
            return [*findings, *self._check_indexes()]

    def require_tables(self) -> None:
        """Raise StoreError for a file without any: a load that was stopped at once leaves one."""
        with connections.named_errors(self.path):
            (tables,) = self.connection.execute("select count(*) from sqlite_master").fetchone()
        if not tables:
            raise StoreError(f"{self.path}: holds nothing yet; load feeds into it first")

    def _check_indexes(self) -> list[Finding]:
        """FTS5 compares an index by a statement that needs a writer, which changes nothing."""
        if not self.read_only:
            return check_indexes(self.connection)
        try:
            writer = connections.connect(self.path, mode="rw", busy_seconds=self.busy_seconds)
        except sqlite3.OperationalError:
            return []
        with closing(writer):
            return check_indexes(writer)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing; within another, a part of that."""
        if self.connection.in_transaction:
            yield
            return
        self._unindexed.clear()
        with connections.named_errors(self.path), connections.transaction(self.connection):
            yield
            index_articles(self.connection, self._unindexed)

    def close(self) -> None:
        """Close the file; what was saved is saved, and stands in the file itself.

        SQLite moves it there from the write-ahead log when the last connection closes. A server's
        may stay open for weeks, and who copies the file meanwhile would have an old one.
        """
        if not self.read_only:
            with suppress(sqlite3.Error):  # as when SQLite closes: the log keeps it
                self.connection.execute("pragma wal_checkpoint(passive)")
        self.connection.close()
