"""Lists of what a search or a tag found: how they are counted, and which way SQLite goes.

Datasette asks for `rowid in (what found them)`, and SQLite looks each of them up. To count them
nothing has to be looked up. The first of many are found sooner along the index of their order, to
which a plus before the number keeps SQLite; without such an index it would read every article
(sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_).
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from feedsette.serving.asking import ordering

MANY = 1_000
"""Hits from which walking an index of all articles is cheaper than looking each hit up."""

_SEARCHED = (
    r"select rowid from (?:articles|sections)_fts"
    r" where \[?\w+\]? match (?:escape_fts\(:\w+\)|:\w+)"
)
_TAGGED = (
    r"select article_id from article_tags where tag_id in"
    r" \(select id from tags where slug = tag_slug\(:(\w+)\)\)"
)
_COUNT = re.compile(
    r"select count\(\*\) from (?P<some>\(select \* from )?(?:articles|sections)"  # noqa: S608
    rf" where \+?rowid in \((?P<found>{_SEARCHED}|{_TAGGED})\) *(?(some)(?P<most>limit \d+)\))"
)
"""Of all rows on 0.65, of so many at most on 1.0."""
_BY_TAG = re.compile(rf"(?<!\+)\browid in \({_TAGGED}\)")
_WALKED = "+rowid in ("
_ARTICLES_OF_TAG = "select article_count from tags where slug = tag_slug(:tag)"


async def settle(sql: str, params: Any, execute: Callable[..., Awaitable[Any]]) -> str:
    """Write a query of Datasette's lists in the form that is fast; any other stays as it is."""
    if count := _COUNT.fullmatch(sql):
        return f"select count(*) from ({count['found']} {count['most'] or ''})"  # noqa: S608
    has_index = ordering.has_index(sql)
    if has_index is False:
        return sql.replace(_WALKED, _WALKED[1:])
    if has_index and isinstance(params, Mapping) and (tagged := _BY_TAG.search(sql)):
        found = await execute(_ARTICLES_OF_TAG, {"tag": params.get(tagged[1])})
        if any(row[0] >= MANY for row in found.rows):
            return f"{sql[: tagged.start()]}+{sql[tagged.start() :]}"
    return sql
