"""The first page: what the dataset holds, in numbers, pictures and the newest articles."""

import asyncio
from typing import Any

from feedsette.serving.asking.reading import (
    Reader,
    Row,
    find_database,
    may_see_articles,
    may_see_database,
)
from feedsette.serving.ownership import was_ours
from feedsette.serving.pages import seo
from feedsette.serving.pages.downloads import may_be_taken
from feedsette.serving.showing import charts

_TOTALS = """
select count(*) as articles, sum(word_count) as words, sum(link_count) as links,
  sum(code_block_count) as code_blocks, sum(image_count) as images,
  min(published) as since, max(published) as until, sum(revision_count) as revisions,
  (select count(*) from feeds) as feeds,
  (select max(started_at) from loads where status <> 'failed') as loaded
from articles
"""
_MONTHS = """
select substr(published, 1, 7) as month, count(*) as articles
from articles where published is not null group by 1
"""
_LANGUAGES = """
select language, count(*) as blocks from code_blocks
where language is not null group by language order by 2 desc, 1 limit 12
"""
_DOMAINS = """
select domain, outward_links as links from domain_counts
where outward_links > 0 order by links desc, domain limit 12
"""
_TAGS = """
select id, name, slug, article_count from tags order by article_count desc, name limit 40
"""
# those that need a look first
_FEEDS = """
select id, coalesce(title, feed_key) as title, site_url, article_count, last_seen, format,
  failing_since, last_error, gone_at
from feeds
order by gone_at is null and failing_since is null, article_count desc, id limit 18
"""
NEWEST = """
select articles.id, articles.title, articles.author, articles.published, articles.tags,
  articles.reading_minutes, articles.language, articles.code_block_count,
  substr(coalesce(articles.summary, ''), 1, 600) as summary,
  substr(articles.text, 1, 320) as excerpt,
  coalesce(feeds.title, feeds.feed_key) as feed, articles.feed_id
from articles join feeds on feeds.id = articles.feed_id
order by articles.published desc limit 8
"""


async def read_home(datasette: Any, request: Any, site: dict[str, Any]) -> dict[str, Any]:
    """Give the template all it shows, or nothing where no database is ours.

    `site` is what metadata.yml says of the whole.
    """
    database = await find_database(datasette)
    if database is None or not await may_see_articles(datasette, database, request.actor):
        return {"home": None}
    reader = Reader(datasette, database, request)
    numbers = await reader.remembered("home", lambda: _read_numbers(reader))
    home = {
        **numbers,
        "database": database,
        "queries": [
            query
            for query in await saved_queries(datasette, database, request.actor)
            if not query["name"].startswith("search")  # the field above does that
        ],
        "download": await _download(datasette, database),
        "others": [
            {"name": name, "ours": was_ours(datasette, name)}
            for name in datasette.databases
            if name not in (database, "_internal")
            and await may_see_database(datasette, name, request.actor)
        ],
    }
    return {"home": home, "ours": True, "json_ld": seo.dataset(reader, home, site)}


async def _read_numbers(reader: Reader) -> dict[str, Any]:
    names = ("totals", "months", "languages", "domains", "tags", "feeds", "newest")
    sqls = (_TOTALS, _MONTHS, _LANGUAGES, _DOMAINS, _TAGS, _FEEDS, NEWEST)
    found = await asyncio.gather(*(reader.unhurried(sql) for sql in sqls))
    numbers: dict[str, Any] = dict(zip(names, found, strict=True))
    numbers["totals"] = numbers["totals"][0]
    bars = charts.monthly_bars({row["month"]: row["articles"] for row in numbers.pop("months")})
    address = reader.urls.table(reader.database, "articles")
    return {**numbers, "bars": bars, "chart": charts.draw(bars, address)}


async def saved_queries(datasette: Any, database: str, actor: Any) -> list[Row]:
    """List the saved queries by name, title and description; 0.65 and 1.0 keep them apart."""
    if hasattr(datasette, "get_canned_queries"):
        queries = await datasette.get_canned_queries(database, actor)
        found = [{"name": name, **query} for name, query in queries.items()]
    else:
        page = await datasette.list_queries(database, actor=actor, limit=200)
        fields = ("name", "title", "description", "description_html", "sql", "fragment")
        found = [{name: getattr(query, name, None) for name in fields} for query in page.queries]
    return found


async def _download(datasette: Any, database: str) -> str | None:
    """Give the address of the .db file, where that is handed out."""
    if not await may_be_taken(datasette, datasette.get_database(database)):
        return None
    return f"{datasette.urls.database(database)}.db"
