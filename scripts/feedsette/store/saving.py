"""One flattened document → the database, in steps that are within one transaction."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from feedsette.messages import describe_flaws
from feedsette.records import Document, Known, shown_name
from feedsette.rows import Article, FlatFeed
from feedsette.store import articles, children, feeds, indexes, states, tallies, targets
from feedsette.store.changes import Held, Plan, name_change, oldest_of_window, plan_changes
from feedsette.store.feeds import HeldFeed
from feedsette.store.loads import Load, save_load
from feedsette.store.names import Names
from feedsette.store.times import text_of


class StaleKnown(Exception):  # noqa: N818 — a signal between rooms, no error
    """The document was flattened against a Known that is not what the database holds.

    Another document of the feed came between, or the location is new and the feed is not. Nothing
    was written. Flatten once more, with `known`, and save that.
    """

    def __init__(self, known: Known) -> None:
        super().__init__("flatten the document again with what the database knows now")
        self.known = known


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is to be known of an attempt beside its document."""

    started_at: datetime
    seconds: float | None
    extractor_version: int
    is_retry: bool = False
    """The document comes again after a StaleKnown: its keys were made with the feed's policy."""
    anew: bool = False
    """Articles are written again even where their content is held as this extractor read it."""
    on_written: Callable[[int, Article], None] | None = None
    """Told of every article that is new or rewritten, once all its rows stand."""


@dataclass(frozen=True, slots=True)
class Saving:
    """A document on its way in: what all steps need. `seen_at` is as the database writes it."""

    connection: sqlite3.Connection
    attempt: Attempt
    seen_at: str
    feed: HeldFeed | None
    unindexed: list[int]
    """Articles that were added in the transaction and are not in the full-text indexes yet."""

    def plan(self, flat: FlatFeed) -> Plan:
        """Decide what is to be done; raises StaleKnown."""
        keys = [article.item_key for article in flat.articles]
        held = articles.read_held(self.connection, self.feed.id, keys) if self.feed else {}
        trusted = None if self.attempt.anew else self.attempt.extractor_version
        plan = plan_changes(flat.articles, held, self.seen_at, trusted)
        if plan.stale or self._keys_differ(flat):
            raise StaleKnown(read_known(self.connection, self.feed, self.attempt.extractor_version))
        return plan

    def _keys_differ(self, flat: FlatFeed) -> bool:
        """Whether the items were keyed without regard to the policy that the feed once took."""
        if self.attempt.is_retry or self.feed is None or self.feed.key_policy is None:
            return False
        return self.feed.key_policy != flat.key_policy

    def write(self, plan: Plan, load: Load) -> tuple[int, set[int]]:
        """Do it: returns how many articles were edited, and the ids that the document holds."""
        urls = articles.read_urls(self.connection, [held.id for held, _ in plan.rewritten])
        before = tallies.count(self.connection, [held.id for held, _ in plan.rewritten])
        edited = self._rewrite_all(plan.rewritten, load)
        added = self._add_all(plan.new, load) if plan.new else []
        written = (*(held.id for held, _ in plan.rewritten), *(number for number, _ in added))
        tallies.settle(self.connection, before, tallies.count(self.connection, written))
        for article in plan.written:
            urls |= {url for url in (article.clean_url, article.canonical_url) if url}
        targets.point_links(self.connection, urls)
        articles.mark_seen(self.connection, plan.seen, self.seen_at)
        articles.move_first_seen(self.connection, plan.older, self.seen_at)
        if self.attempt.on_written:
            for article_id, article in (*added, *((h.id, one) for h, one in plan.rewritten)):
                self.attempt.on_written(article_id, article)
        rows = (*plan.seen, *plan.older, *(held for held, _ in plan.rewritten))
        return edited, {held.id for held in rows} | {article_id for article_id, _ in added}

    def mark_removed(self, flat: FlatFeed, feed_id: int, present: set[int]) -> int:
        """Mark what a healthy and newest document lacks; returns how many."""
        late = self.feed and self.feed.last_seen and self.seen_at < self.feed.last_seen
        oldest = oldest_of_window([article.published for article in flat.articles])
        if late or not oldest or not flat.complete:
            return 0
        return articles.mark_removed(self.connection, feed_id, (oldest, self.seen_at), present)

    def _stored(self, load: Load) -> dict[str, object]:
        return {
            "feed_id": load.feed_id,
            "first_seen": self.seen_at,
            "last_seen": self.seen_at,
            "removed_at": None,
            "revision_count": 0,
            "extractor_version": self.attempt.extractor_version,
            "load_id": load.id,
        }

    def _rewrite(self, held: Held, article: Article, load: Load) -> bool:
        old = articles.read_version(self.connection, held.id)
        same_content = held.content_sha256 == article.content_sha256
        same_extractor = held.extractor_version == self.attempt.extractor_version
        change = name_change(old, article, same_content=same_content, same_extractor=same_extractor)
        stored: dict[str, object] = {
            "extractor_version": self.attempt.extractor_version,
            "last_seen": self.seen_at,
            "removed_at": articles.still_removed(held, self.seen_at),
        }
        if same_content and same_extractor and held.published:
            stored["published"] = held.published  # which a program may stamp anew each time
        if change:
            stored["load_id"] = load.id
        if change and articles.keep_revision(self.connection, held, old, change, self.seen_at):
            stored["revision_count"] = articles.count_revisions(self.connection, held.id)
        articles.rewrite_article(self.connection, held, article, stored)
        return bool(change)

    def _rewrite_all(self, rewritten: list[tuple[Held, Article]], load: Load) -> int:
        """With the triggers: they index only the parts that differ, which are few."""
        if rewritten:
            indexes.index_articles(self.connection, self.unindexed)  # maybe one of them
        found = targets.find_targets(self.connection, (article for _, article in rewritten))
        names = Names(self.connection)
        edited = 0
        for held, article in rewritten:
            edited += self._rewrite(held, article, load)
            children.replace_children(self.connection, held.id, article, found)
            names.join(held.id, article, new=False)
        names.save_counts()
        return edited

    def _add_all(self, new: list[Article], load: Load) -> list[tuple[int, Article]]:
        with indexes.triggers_at_rest(self.connection, load):
            added = articles.insert_articles(self.connection, new, self._stored(load))
            found = targets.find_targets(self.connection, new)
            children.insert_children(self.connection, added, found)
        self.unindexed.extend(article_id for article_id, _ in added)
        names = Names(self.connection)
        for article_id, article in added:
            names.join(article_id, article, new=True)
        names.save_counts()
        return added


def save_document(
    connection: sqlite3.Connection,
    document: Document,
    flat: FlatFeed,
    attempt: Attempt,
    unindexed: list[int],
) -> Load:
    """Write a document within an open transaction; raises StaleKnown.

    The ids of new articles go to `unindexed`: before the transaction ends, the caller has to bring
    them into the full-text indexes (indexes.index_articles), for all documents in one go.
    """
    feed = feeds.find_feed(connection, flat.feed_key, document)
    saving = Saving(connection, attempt, text_of(document.seen_at), feed, unindexed)
    plan = saving.plan(flat)
    feed_id = feeds.save_feed(connection, flat, feed, saving.seen_at, len(plan.new))
    load = save_load(connection, describe_attempt(document, attempt, feed_id))
    edited, present = saving.write(plan, load)
    removed = saving.mark_removed(flat, feed_id, present)
    # a server that is asked whether its document has changed would keep to itself what was cut off
    answer = document.without_validators() if flat.cut_off else document
    states.save_answer(connection, answer, feed_id, attempt.extractor_version)
    return save_load(connection, _counted(load, flat, plan, (edited, removed)))


def describe_attempt(document: Document, attempt: Attempt, feed_id: int | None) -> Load:
    """The log's line of a document, without what it changed."""
    return Load(
        attempt.started_at,
        document.name,
        "loaded",
        shown_as=shown_name(document.location),
        seconds=attempt.seconds,
        feed_id=feed_id,
        http_status=document.http_status,
        document_sha256=document.sha256,
        bytes=len(document.content),
        extractor_version=attempt.extractor_version,
    )


def read_known(
    connection: sqlite3.Connection, feed: HeldFeed | None, extractor_version: int
) -> Known:
    """What need not be flattened again of a feed."""
    if feed is None:
        return Known()
    keys, hashes, details = articles.read_hashes(connection, feed.id, extractor_version)
    return Known(feed.key_policy, hashes, keys, details)


def _counted(load: Load, flat: FlatFeed, plan: Plan, counts: tuple[int, int]) -> Load:
    edited, removed = counts
    return replace(
        load,
        entries=len(flat.articles) + flat.skipped_count,
        new=len(plan.new),
        changed=edited,
        unchanged=len(plan.seen) + len(plan.older) + len(plan.rewritten) - edited,
        removed=removed,
        skipped=flat.skipped_count + plan.repeated,
        message=describe_flaws(flat, plan.written, plan.repeated),
        feed_key=flat.feed_key,
        feed_title=flat.title,
    )
