"""Small documents as flattening hands them over: tests override what they are about."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from feedsette.records import Author, Document
from feedsette.rows import Article, FlatFeed, Link, Section, Tag, UnchangedArticle
from feedsette.schema import TABLES
from feedsette.store import Database

DAY = datetime(2024, 3, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return DAY + timedelta(days=number)


def document(
    content: str = "one", seen: int = 10, location: str = "https://a.example/feed", **more: Any
) -> Document:
    return Document(location, content.encode(), day(seen), **more)


def article(key: str = "a", **changes: Any) -> Article:
    """An article with one section and no other parts; its hash follows from what it covers."""
    url = f"https://a.example/{key}"
    plain = Article(
        item_key=key,
        key_source="guid",
        content_sha256="",
        details_sha256="",
        guid=key,
        url=url,
        clean_url=url,
        canonical_url=url,
        title=f"Title {key}",
        author=None,
        published=day(1),
        updated=None,
        published_raw=None,
        language="en",
        word_count=2,
        reading_minutes=1,
        code_block_count=0,
        link_count=0,
        image_count=0,
        tags="[]",
        summary=None,
        text=f"Text {key}",
        html=f"<p>Text {key}</p>",
        sections=(Section(0, 0, None, None, None, 2, f"Text {key}"),),
    )
    made = plain._replace(**changes)
    covered = (made.title, made.url, made.author_rows, made.tag_rows, made.html)
    digest = sha256(repr(covered).encode()).hexdigest()
    made = made if made.content_sha256 else made._replace(content_sha256=digest)
    details = repr((made.summary, made.enclosures, made.published is None))
    return made if made.details_sha256 else made._replace(details_sha256=details)


def link(position: int, url: str | None, **changes: Any) -> Link:
    plain = Link(position, 0, url, url, "b.example", f"link {position}", "page", internal=False)
    return plain._replace(**changes)


def unchanged(made: Article) -> UnchangedArticle:
    return UnchangedArticle(made.item_key, made.content_sha256, made.details_sha256, made.published)


def feed(*articles: Article | UnchangedArticle, **changes: Any) -> FlatFeed:
    plain = FlatFeed(
        feed_key="https://a.example/feed",
        format="rss20",
        title="A",
        site_url="https://a.example/",
        feed_url="https://a.example/feed",
        description=None,
        language="en",
        generator=None,
        image_url=None,
        updated=None,
        key_policy="guid",
        articles=articles,
    )
    return plain._replace(**changes)


def tagged(*slugs: str) -> dict[str, Any]:
    """The fields of an article that bears these tags."""
    quoted = ", ".join(f'"{slug}"' for slug in slugs)
    return {"tag_rows": tuple(Tag(slug, slug) for slug in slugs), "tags": f"[{quoted}]"}


def written_by(*names: str) -> dict[str, Any]:
    """The fields of an article by these authors."""
    return {"author_rows": tuple(Author(name) for name in names), "author": ", ".join(names)}


def rows(db: Database, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return db.connection.execute(sql, values).fetchall()


def dump(db: Database, *left_out: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every table, whole, by name."""
    names = [table.name for table in TABLES if table.name not in left_out]
    return {name: rows(db, f"select * from {name} order by 1, 2") for name in names}
