"""An article's page: the text, and at its side everything the dataset knows about it."""

import asyncio
import re
from typing import Any

from markupsafe import Markup

from feedsette.serving import seo
from feedsette.serving.differences import difference
from feedsette.serving.reading import Reader, Row
from feedsette.serving.rendering import render

MAX_REVISIONS = 10
_ARTICLE = """
select articles.*, coalesce(feeds.title, feeds.feed_key) as feed, feeds.site_url,
  feeds.language as feed_language
from articles join feeds on feeds.id = articles.feed_id where articles.id = :id
"""
_AUTHORS = """
select authors.id, authors.name, authors.url from article_authors
join authors on authors.id = article_authors.author_id
where article_authors.article_id = :id order by article_authors.position
"""
_TAGS = """
select tags.id, tags.name, tags.slug, tags.article_count from article_tags
join tags on tags.id = article_tags.tag_id
where article_tags.article_id = :id order by article_tags.position
"""
_SECTIONS = "select * from sections where article_id = :id order by position limit 500"
_LINKS = """
select links.id, links.url, links.domain, links.text, links.reference, links.reference_title,
  links.problem, links.target_article_id, targets.title as target_title
from links left join articles as targets on targets.id = links.target_article_id
where links.article_id = :id and links.footer = 0 and links.kind in ('page', 'other')
group by coalesce(links.clean_url, links.id) order by links.position limit 200
"""
_CODE = """
select id, position, language, line_count, caption, substr(code, 1, 120) as start
from code_blocks where article_id = :id order by position limit 200
"""
_IMAGES = "select count(*) as images, sum(alt is null) as silent from images where article_id = :id"
_ENCLOSURES = "select * from enclosures where article_id = :id order by position limit 20"
_CITED_BY = """
select distinct articles.id, articles.title, articles.published
from links join articles on articles.id = links.article_id
where links.target_article_id = :id and links.article_id <> :id and links.footer = 0
order by articles.published desc limit 20
"""
_PREVIOUS = """
select id, title from articles
where feed_id = :feed and (published, id) < (:published, :id)
order by published desc, id desc limit 1
"""
_NEXT = """
select id, title from articles
where feed_id = :feed and (published, id) > (:published, :id)
order by published, id limit 1
"""
_REVISIONS = """
select id, number, replaced_at, change, title, text from revisions
where article_id = :id order by number desc limit :limit
"""
# `+`: of the conditions only article_id is worth an index, which SQLite does not know.
# What is rare counts more: a tag of three articles says more than one of three thousand.
_RELATED = """
with by_tag as (
  select other.article_id as id, sum(3.0 / (2 + tags.article_count)) as score
  from article_tags as mine
  join tags on tags.id = mine.tag_id and tags.article_count between 2 and 3000
  join article_tags as other on other.tag_id = mine.tag_id
  where mine.article_id = :id group by 1 order by 2 desc limit 50
), by_link as (
  select other.article_id as id, 0.5 as score
  from (
    select distinct clean_url from links
    where article_id = :id and +kind = 'page' and +footer = 0 and +internal = 0
    and +clean_url is not null limit 40
  ) as mine join links as other on other.clean_url = mine.clean_url
  where other.article_id <> :id and other.footer = 0 limit 500
), by_text as (
  select rowid as id, 0.12 * -rank as score from articles_fts
  where articles_fts match :words and rank match 'bm25(8.0, 4.0, 0.0, 1.0)'
  order by rank limit 20
), scores as (
  select id, sum(score) as score from (
    select * from by_tag union all select * from by_link union all select * from by_text
  ) where id <> :id group by id order by 2 desc limit 6
)
select articles.id, articles.title, articles.published, articles.reading_minutes, scores.score
from scores join articles on articles.id = scores.id order by scores.score desc
"""


async def read_article(reader: Reader, identifier: str) -> dict[str, Any]:
    """Give the template the article with all that belongs to it."""
    article = await reader.first(_ARTICLE, id=identifier)
    if article is None:
        return {"article": None}
    number = article["id"]
    names = ("authors", "tags", "sections", "links", "code", "enclosures", "cited_by", "images")
    sqls = (_AUTHORS, _TAGS, _SECTIONS, _LINKS, _CODE, _ENCLOSURES, _CITED_BY, _IMAGES)
    parts = await asyncio.gather(*(reader.rows(sql, id=number) for sql in sqls))
    around: dict[str, Any] = dict(zip(names, parts, strict=True))
    around["heads"] = _heads(around["sections"])
    around["related"] = await _related(reader, article)
    around["revisions"] = await _revisions(reader, article)
    around |= await _neighbours(reader, article)
    around["body"] = _body(article, around)
    return {"article": article, **around, "json_ld": seo.article(reader, article, around)}


def _body(article: Row, around: Row) -> Markup:
    titles = {row["position"]: row["title"] for row in around["sections"]}
    languages = {row["position"]: row["language"] for row in around["code"]}
    return render(
        article["html"] or article["summary"] or "",
        article["url"] or article["site_url"],
        tuple(titles.get(n) for n in range(max(titles, default=-1) + 1)),
        tuple(languages.get(n) for n in range(max(languages, default=-1) + 1)),
    )


def _heads(sections: list[Row]) -> list[Row]:
    """Give the sections that have a heading, each with its depth below the highest of them."""
    heads = [row for row in sections if row["title"]]
    top = min((row["level"] for row in heads), default=0)
    return [{**row, "depth": row["level"] - top} for row in heads]


async def _neighbours(reader: Reader, article: Row) -> dict[str, Row | None]:
    if not article["published"]:
        return {"previous": None, "next": None}
    place = {name: article[name] for name in ("id", "published")} | {"feed": article["feed_id"]}
    return {
        "previous": await reader.first(_PREVIOUS, **place),
        "next": await reader.first(_NEXT, **place),
    }


async def _related(reader: Reader, article: Row) -> list[Row]:
    # the longest words of a title are the rarest, near enough, and cost the index least
    words = sorted(set(re.findall(r"\w{4,}", article["title"] or "")), key=lambda w: (-len(w), w))
    # in titles and tags only: in whole texts most words are common, and ranking them takes long
    quoted = " OR ".join(f'"{word}"' for word in words[:5]) or '""'
    quoted = f"{{title tags}} : ({quoted})"
    return await reader.rows(_RELATED, limit_ms=250, id=article["id"], words=quoted)


async def _revisions(reader: Reader, article: Row) -> list[Row]:
    if not article["revision_count"]:
        return []
    rows = await reader.rows(_REVISIONS, id=article["id"], limit=MAX_REVISIONS)
    newer: Row = article
    for row in rows:
        row["new_title"] = newer["title"] if newer["title"] != row["title"] else None
        row["difference"] = difference(row["text"], newer["text"])
        newer = row
    return rows
