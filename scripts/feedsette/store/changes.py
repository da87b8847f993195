"""What a document changes: decided without the database, from what it holds and what was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedsette.rows import Article, UnchangedArticle
from feedsette.store.times import text_of

MARKUP_REVISIONS = 24
"""How many revisions an article keeps whose successor changed markup only (cache busters)."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds of an article, without its content. Times as written there."""

    id: int
    item_key: str
    content_sha256: str
    details_sha256: str | None
    extractor_version: int
    published: str | None
    first_seen: str
    last_seen: str
    removed_at: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """The content of a stored article, as far as a reader or an author would see it change."""

    title: str | None
    text: str | None
    html: str | None


@dataclass(slots=True)
class Plan:
    """The articles of a document by what is to be done with them, each in document order."""

    new: list[Article] = field(default_factory=list)
    rewritten: list[tuple[Held, Article]] = field(default_factory=list)
    """Other content, or read by another extractor."""
    seen: list[Held] = field(default_factory=list)
    """Nothing but the time moves."""
    older: list[Held] = field(default_factory=list)
    """The database has them from a later document."""
    repeated: int = 0
    """Items with the key of an earlier item of the document."""
    stale: bool = False
    """An item was taken for unchanged that is not what the database holds."""

    @property
    def written(self) -> tuple[Article, ...]:
        """The articles that are new or rewritten."""
        return (*self.new, *(article for _, article in self.rewritten))


def plan_changes(
    articles: Sequence[Article | UnchangedArticle],
    held: Mapping[str, Held],
    seen_at: str,
    extractor_version: int | None,
) -> Plan:
    """Sort a document's articles by what has to be done.

    Rows of this extractor version stay where the content is the same; of no version if None.
    """
    plan = Plan()
    keys: set[str] = set()
    for article in articles:
        if article.item_key in keys:
            plan.repeated += 1
            continue
        keys.add(article.item_key)
        _place(plan, article, held.get(article.item_key), (seen_at, extractor_version))
    return plan


def _place(
    plan: Plan, article: Article | UnchangedArticle, row: Held | None, now: tuple[str, int | None]
) -> None:
    seen_at, extractor_version = now
    if row and seen_at < row.last_seen:
        plan.older.append(row)
    elif row and row.extractor_version == extractor_version and _is_same(row, article):
        plan.seen.append(row)
    elif isinstance(article, UnchangedArticle):
        plan.stale = True
    elif row:
        plan.rewritten.append((row, article))
    else:
        plan.new.append(article)


def _is_same(row: Held, article: Article | UnchangedArticle) -> bool:
    return (row.content_sha256, row.details_sha256) == (
        article.content_sha256,
        article.details_sha256,
    )


def name_change(old: Version, article: Article, *, same_content: bool, same_extractor: bool) -> str:
    """What an article's next version changes: text, markup, metadata, or "" for no edit at all.

    A title counts as text: readers see it. With a new extractor, only other HTML is an edit:
    everything else may differ because feedsette reads better than it did.
    """
    if same_content or (not same_extractor and old.html == article.html):
        return ""
    if (old.title, _words(old.text)) != (article.title, _words(article.text)):
        return "text"
    return "markup" if old.html != article.html else "metadata"


def _words(text: str | None) -> list[str]:
    return (text or "").split()


def oldest_of_window(dates: Sequence[datetime | None]) -> str | None:
    """The date of the entry that would roll off next: what is newer and missing was removed.

    Usually the oldest. But a site may pin an old post above the newest ones; taken for the oldest
    entry, it would have everything between declared removed, so what stands above the newest entry
    of a list that counts down is not asked.
    """
    known = [date for date in dates if date]
    if not known:
        return None
    newest_first = known[known.index(max(known)) :]
    ascending = known == sorted(known)
    descends = newest_first == sorted(newest_first, reverse=True)
    return text_of(newest_first[-1] if descends and not ascending else min(known))
