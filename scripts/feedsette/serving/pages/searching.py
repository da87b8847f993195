"""The search page: what stands around the rows that the saved query found."""

import asyncio
import re
from typing import Any
from urllib.parse import urlencode

from feedsette.serving.asking.questions import (
    NOTHING,
    bigram_query,
    fts_ignored,
    fts_query,
    fts_signs,
)
from feedsette.serving.asking.reading import Reader, Row
from feedsette.serving.pages.home import saved_queries

KINDS = (
    ("search", "Articles"),
    ("search_sections", "Sections"),
    ("search_code", "Code"),
)
PARAMETERS = ("q", "tag", "author", "feed", "language", "year")
SIZE = 20
MAX_RANKED = 20_000
"""Of more hits, those loaded last are ranked: a score costs far more than finding a hit."""
MAX_SIZE = 1_000
MAX_PAGE = 1_000
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
# each value looked up after the one before it: `distinct` would read every row's
_LANGUAGES = """
with recursive found (value) as (
  select min(language) from {table}
  union all
  select (select min(language) from {table} where language > found.value) from found
  where found.value is not null
)
select value, value as label from found where value is not null
"""
_YEARS = """
with recursive found (value) as (
  select substr(max(published), 1, 4) from articles
  union all
  select (select substr(max(published), 1, 4) from articles where published < found.value)
  from found where found.value is not null
)
select value, value as label from found where value is not null
"""
_WORDS = "select rowid from {table}_fts where {table}_fts match :words limit :most"
_BIGRAMS = "select rowid / 100000 from bigrams_fts where bigrams_fts match :bigrams limit :most"
_HITS = """
select case when exists (select 1 from bigrams_fts where bigrams_fts match :bigrams) then ({both})
  else (select count(*) from ({words})) end as hits
"""
_COUNTED = {
    "search": _HITS.format(
        words=_WORDS.format(table="articles"),
        both=f"""
select count(*) from (
  select * from ({_WORDS.format(table="articles")}) union select * from ({_BIGRAMS})
)""",  # noqa: S608
    ),
    "search_sections": _HITS.format(words=_WORDS.format(table="sections"), both="null"),
}
"""How much is ranked; code is not, and no index knows of the sections in such a script."""


async def read_search(reader: Reader, kind: str) -> dict[str, Any]:
    """Give the search page its form, its tabs and a first look into the other kinds."""
    asked = {name: reader.argument(name) for name in PARAMETERS}
    options = await reader.remembered("filters", lambda: _read_options(reader))
    languages = options["code" if kind == "search_code" else "language"]
    number = reader.number("page", 1, MAX_PAGE)
    search: dict[str, Any] = {
        **asked,
        "kind": kind,
        "kinds": KINDS,
        "page": number,
        "size": reader.number("size", SIZE, MAX_SIZE),
        "most": MAX_SIZE,
        "filters": {
            name: languages if name == "language" else options[name] for name in PARAMETERS[1:]
        },
        "narrowed": any(asked[name] for name in PARAMETERS[1:]),
        "query_string": urlencode({name: value for name, value in asked.items() if value}),
        # code is found sign by sign, so there nothing is ignored
        "ignored": None if kind == "search_code" else fts_ignored(asked["q"]),
        "follow": reader.atom(**asked) if kind == "search" else None,
        "also": [],
        "hits": None,
        "max_ranked": MAX_RANKED,
    }
    if asked["q"] and not search["narrowed"]:
        search["hits"] = await _count_hits(reader, kind)
    if kind == "search" and asked["q"] and number == 1:
        search["also"] = await _read_also(reader, asked)
    return {"search": search}


async def _count_hits(reader: Reader, kind: str) -> int | None:
    """Count what is ranked, up to one more than is; None where no index tells."""
    asked = reader.argument("q")
    if kind not in _COUNTED or fts_signs(asked):
        return None
    bigrams = bigram_query(asked)
    words = fts_query(asked) if bigrams is None else NOTHING
    most = MAX_RANKED + 1
    found = await reader.first(_COUNTED[kind], words=words, bigrams=bigrams or words, most=most)
    return found["hits"] if found else None


async def _read_options(reader: Reader) -> dict[str, list[tuple[str, str]]]:
    names = ("tag", "author", "feed", "language", "code", "year")
    languages = (_LANGUAGES.format(table=table) for table in ("articles", "code_blocks"))
    sqls = (_TAGS, _AUTHORS, _FEEDS, *languages, _YEARS)
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
