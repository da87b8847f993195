"""The pages of a tag, an author and a feed: their articles, newest first, and when they came."""

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from feedsette.serving.asking.reading import Reader
from feedsette.serving.showing import charts

PAGE = 30
MAX_PAGE = 10_000

_CARD = """
select articles.id, articles.title, articles.author, articles.published, articles.tags,
  articles.reading_minutes, articles.language, articles.code_block_count,
  substr(articles.text, 1, 320) as excerpt,
  coalesce(feeds.title, feeds.feed_key) as feed, articles.feed_id
from articles join feeds on feeds.id = articles.feed_id
"""
_ORDER = "order by articles.published desc, articles.id desc limit :limit offset :offset"
_MONTHS = """
select substr(published, 1, 7) as month, count(*) as articles from articles
where {} and published is not null group by 1
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """How to read one kind of page; every query takes :id."""

    row: str
    articles: str
    months: str
    beside: str
    """Other rows of the same table that go with this one: id, name and count."""
    filter: str
    """The column of the articles table that the full list is filtered by."""
    follow: tuple[str, str]
    """The parameter of the saved query newest that means the same, and the column it takes."""


TAG = Listing(
    row="select *, name as title from tags where id = :id",
    articles="where articles.id in (select article_id from article_tags where tag_id = :id)",
    months="select month, articles from tag_month_counts where tag_id = :id",
    beside="""
select tags.id, tags.name as title, count(*) as articles from (
  select article_id from article_tags where tag_id = :id limit 5000
) as mine join article_tags as other on other.article_id = mine.article_id
join tags on tags.id = other.tag_id
where other.tag_id <> :id group by tags.id order by 3 desc, 2 limit 20
""",
    filter="tags__arraycontains",
    follow=("tag", "slug"),
)
AUTHOR = Listing(
    row="select *, name as title from authors where id = :id",
    articles="where articles.id in (select article_id from article_authors where author_id = :id)",
    months=_MONTHS.format("id in (select article_id from article_authors where author_id = :id)"),
    beside="""
select tags.id, tags.name as title, count(*) as articles from (
  select article_id from article_authors where author_id = :id limit 5000
) as mine join article_tags as other on other.article_id = mine.article_id
join tags on tags.id = other.tag_id group by tags.id order by 3 desc, 2 limit 20
""",
    filter="author",
    follow=("author", "title"),
)
FEED = Listing(
    row="select *, coalesce(title, feed_key) as title from feeds where id = :id",
    articles="where articles.feed_id = :id",
    months=_MONTHS.format("feed_id = :id"),
    beside="""
select tags.id, tags.name as title, count(*) as articles from (
  select id from articles where feed_id = :id limit 5000
) as mine join article_tags as other on other.article_id = mine.id
join tags on tags.id = other.tag_id group by tags.id order by 3 desc, 2 limit 20
""",
    filter="feed_id",
    follow=("feed", "id"),
)
_LOADS = """
select id, started_at, status, http_status, entries, new, changed, removed, message
from loads where feed_id = :id order by id desc limit 10
"""


async def read_listing_page(reader: Reader, listing: Listing, identifier: str) -> dict[str, Any]:
    """Give the template the row, a page of its articles, its months and its neighbours.

    Nothing if the row is not there.
    """
    row = await reader.first(listing.row, id=identifier)
    if row is None:
        return {}
    page = reader.number("page", 1, MAX_PAGE)
    cards, counts, beside = await asyncio.gather(
        reader.rows(
            f"{_CARD} {listing.articles} {_ORDER}",
            id=row["id"], limit=PAGE + 1, offset=(page - 1) * PAGE,
        ),
        reader.rows(listing.months, id=row["id"]),
        reader.rows(listing.beside, limit_ms=300, id=row["id"]),
    )  # fmt: skip
    bars = charts.monthly_bars({count["month"]: count["articles"] for count in counts})
    address = full_list(reader, listing, row)
    return {
        "row": row,
        "cards": cards[:PAGE],
        "page": page,
        "more": len(cards) > PAGE,
        "bars": bars,
        "chart": charts.draw(bars, address),
        "beside": beside,
        "full_list": address,
        "follow": reader.atom(**{listing.follow[0]: str(row[listing.follow[1]] or "")}),
        "loads": await reader.rows(_LOADS, id=row["id"]) if listing is FEED else [],
    }


def full_list(reader: Reader, listing: Listing, row: dict[str, Any]) -> str:
    """Give the address of the same articles as a table, with facets, SQL and exports."""
    value = row["id"] if listing is FEED else row["title"]
    query = urlencode({listing.filter: value})
    return f"{reader.urls.table(reader.database, 'articles')}?{query}"
