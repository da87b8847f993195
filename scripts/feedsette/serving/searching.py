"""The search page: what stands around the rows that the saved query found."""

import asyncio
import re
from typing import Any
from urllib.parse import urlencode

from feedsette.serving.functions import fts_ignored
from feedsette.serving.home import saved_queries
from feedsette.serving.reading import Reader, Row

KINDS = (
    ("search", "Articles"),
    ("search_sections", "Sections"),
    ("search_code", "Code"),
)
PARAMETERS = ("q", "tag", "author", "feed", "language", "year")
SIZE = 20
_TAGS = """
select slug as value, coalesce(name, slug) as label from tags
order by article_count desc, slug limit 200
"""
_AUTHORS = """
select name as value, name as label from authors
group by name order by max(article_count) desc, name limit 200
"""
_FEEDS = """
select id as value, coalesce(title, feed_key) as label from feeds
order by article_count desc, id limit 200
"""
_LANGUAGES = """
select distinct language as value, language as label from articles
where language is not null order by 1
"""
_CODE_LANGUAGES = """
select distinct language as value, language as label from code_blocks
where language is not null order by 1
"""
_YEARS = """
select distinct substr(published, 1, 4) as value, substr(published, 1, 4) as label from articles
where published is not null order by 1 desc
"""


async def read_search(reader: Reader, kind: str) -> dict[str, Any]:
    """Give the search page its form, its tabs and a first look into the other kinds."""
    asked = {name: reader.argument(name) for name in PARAMETERS}
    page = reader.argument("page")
    options = await reader.remembered("filters", lambda: _read_options(reader))
    languages = options["code" if kind == "search_code" else "language"]
    number = min(int(page), 1000) if page.isascii() and page.isdigit() and int(page[:9]) else 1
    search: dict[str, Any] = {
        **asked,
        "kind": kind,
        "kinds": KINDS,
        "page": number,
        "size": _size(reader.argument("size")),
        "filters": {
            name: languages if name == "language" else options[name] for name in PARAMETERS[1:]
        },
        "narrowed": any(asked[name] for name in PARAMETERS[1:]),
        "query_string": urlencode({name: value for name, value in asked.items() if value}),
        # code is found sign by sign, so there nothing is ignored
        "ignored": None if kind == "search_code" else fts_ignored(asked["q"]),
        "follow": reader.atom(**asked) if kind == "search" else None,
        "also": [],
    }
    if kind == "search" and asked["q"] and number == 1:
        search["also"] = await _read_also(reader, asked)
    return {"search": search}


async def _read_options(reader: Reader) -> dict[str, list[tuple[str, str]]]:
    names = ("tag", "author", "feed", "language", "code", "year")
    sqls = (_TAGS, _AUTHORS, _FEEDS, _LANGUAGES, _CODE_LANGUAGES, _YEARS)
    found = await asyncio.gather(*(reader.unhurried(sql) for sql in sqls))
    return {
        name: [(str(row["value"]), str(row["label"])) for row in rows]
        for name, rows in zip(names, found, strict=True)
    }


async def _read_also(reader: Reader, asked: dict[str, str]) -> list[tuple[str, str, list[Row]]]:
    queries = await saved_queries(reader.datasette, reader.database, reader.request.actor)
    known = {query["name"]: str(query["sql"]) for query in queries}
    also = []
    for kind, label in KINDS[1:]:
        sql = known.get(kind)
        if sql:
            given = {name: asked.get(name, "") for name in re.findall(r":([a-z]+)\b", sql)}
            # an article's language is not a code block's
            given |= {"size": "3", "page": "1"} | ({"language": ""} if "code" in kind else {})
            # for a common word that takes longer than the search itself
            rows = await reader.remembered_rows(sql, limit_ms=400, **given)
            if rows:
                also.append((kind, label, rows))
    return also


def _size(text: str) -> int:
    return min(int(text), 100) if text.isascii() and text.isdigit() and int(text[:9]) else SIZE
