"""An article's page: the text, and at its side everything the dataset knows about it."""

from typing import Any

from markupsafe import Markup

from feedsette.serving.asking.reading import Ask, Reader, Row
from feedsette.serving.asking.relations import related
from feedsette.serving.pages import seo
from feedsette.serving.showing.differences import difference
from feedsette.serving.showing.rendering import render

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
_SECTIONS = """
select position, level, title from sections where article_id = :id order by position limit 500
"""
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
# not of pictures that only the feed names, as in the view problems
_IMAGES = """
select count(*) as images, sum(alt is null and section_id is not null) as silent
from images where article_id = :id
"""
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

_PARTS = {
    "authors": _AUTHORS, "tags": _TAGS, "sections": _SECTIONS, "links": _LINKS, "code": _CODE,
    "enclosures": _ENCLOSURES, "cited_by": _CITED_BY, "images": _IMAGES,
}  # fmt: skip
"""What the template shows, each by the number of the article."""


async def read_article(reader: Reader, identifier: str) -> dict[str, Any]:
    """Give the template the article with all that belongs to it; nothing if it is not there."""
    around = await reader.together(lambda ask: _read_around(ask, identifier))
    if not around:
        return {}
    article = around["article"]
    around["heads"] = _heads(around["sections"])
    _compare(article, around["revisions"])
    around["body"] = _body(article, around)
    return {**around, "json_ld": seo.article(reader, article, around)}


def _read_around(ask: Ask, identifier: str) -> dict[str, Any]:
    article = next(iter(ask(_ARTICLE, id=identifier)), None)
    if article is None:
        return {}
    number = article["id"]
    parts: dict[str, Any] = {name: ask(sql, id=number) for name, sql in _PARTS.items()}
    place = {"id": number, "published": article["published"], "feed": article["feed_id"]}
    for name, sql in (("previous", _PREVIOUS), ("next", _NEXT)):
        parts[name] = next(iter(ask(sql, **place)), None) if article["published"] else None
    parts["related"] = related(ask, number, article["title"])
    parts["revisions"] = ask(_REVISIONS, id=number, limit=MAX_REVISIONS)
    return {"article": article, **parts}


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


def _compare(article: Row, revisions: list[Row]) -> None:
    """Say of every revision, newest first, what the version after it changed."""
    newer = article
    for row in revisions:
        row["new_title"] = newer["title"] if newer["title"] != row["title"] else None
        row["difference"] = difference(row["text"], newer["text"])
        newer = row
