"""Feed → the rows of every table. Pure: the same feed gives the same rows, in any process."""

from collections.abc import Iterator

from feedsette.flattening.addresses.hosts import host_of
from feedsette.flattening.articles import article_row, limit_children, shared_pages, tell_apart
from feedsette.flattening.identity import Identity, identify_entries
from feedsette.flattening.limits import limit_entry
from feedsette.flattening.listings.codeblocks import Detector
from feedsette.records import Feed, Known
from feedsette.rows import Article, FlatFeed, UnchangedArticle


def flatten_feed(feed: Feed, known: Known, detect: Detector | None = None) -> FlatFeed:
    """Flatten a feed; entries whose content the database holds already are not looked into.

    `detect` guesses the language of code that bears no label.
    """
    limited = [limit_entry(entry) for entry in feed.entries]
    identities = identify_entries([entry for entry, _ in limited], known)
    shortened = [line for _, lines in limited for line in lines]
    articles: list[Article | UnchangedArticle] = []
    hosts = frozenset(_hosts(feed.feed_url, feed.site_url, feed.feed_key))
    shared = shared_pages([entry.link for entry in feed.entries])
    for item in identities.items:
        if _is_known(item, known):
            articles.append(_unchanged(item))
            continue
        article = tell_apart(article_row(item, feed, hosts, detect), shared)
        article, left_out = limit_children(article)
        articles.append(article)
        shortened.extend(left_out)
    return FlatFeed(
        feed_key=feed.feed_key,
        format=feed.format,
        title=feed.title,
        site_url=feed.site_url,
        feed_url=feed.feed_url,
        description=feed.description,
        language=feed.language,
        generator=feed.generator,
        image_url=feed.image_url,
        updated=feed.updated,
        key_policy=identities.policy,
        articles=tuple(articles),
        skipped=identities.skipped,
        left_out=feed.left_out,
        shortened=tuple(shortened),
        complete=feed.complete,
        cut_off=feed.cut_off,
        message=feed.message,
        ttl_seconds=feed.ttl_seconds,
        next_url=feed.next_url,
    )


def _is_known(item: Identity, known: Known) -> bool:
    held = known.hashes.get(item.item_key), known.details.get(item.item_key)
    return held == (item.content_sha256, item.details_sha256)


def _unchanged(item: Identity) -> UnchangedArticle:
    return UnchangedArticle(
        item.item_key, item.content_sha256, item.details_sha256, item.entry.published
    )


def _hosts(*urls: str | None) -> Iterator[str]:
    """The hosts of web addresses, without www."""
    for url in urls:
        host = host_of(url) if url else None
        if host:
            yield host.removeprefix("www.")
