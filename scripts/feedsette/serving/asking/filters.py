"""Searches on the pages of articles, sections and code, answered from the indexes that fit.

Datasette looks every hit up by its number: a common word has it read a third of all articles with
their HTML to show the newest thirty, and once more for each facet. The indexes of publication,
author and feed hold all that is asked; a plus before the number keeps SQLite to them (see hits.py).

A word in a script that does not part words by spaces is looked for in bigrams_fts.
"""

import re
from collections.abc import Awaitable
from typing import Any

from datasette.utils import await_me_maybe, escape_fts

from feedsette.serving.asking.hits import MANY
from feedsette.serving.asking.questions import NOTHING, bigram_query, fts_query

SEARCHED = ("articles", "sections", "code_blocks")

_BY_NUMBER = re.compile(
    r"rowid in \(select rowid from (\w+)_fts where"
    r" ((\[?\w+\]?) match (?:(escape_fts)\()?:(\w+)\)?)\)"
)
"""What Datasette makes of `_search`; another condition that looks like it is left alone."""
_BIGRAMS = {
    "articles": "id in (select rowid / 100000 from bigrams_fts where {column} match :{name})",
    "sections": "(article_id in (select rowid / 100000 from bigrams_fts where bigrams_fts match"
    " :{name}) and bigram_holds({text}, :{words}))",
}


def answer_by_index(db: Any, found: list[Any]) -> list[Awaitable[Any]]:
    """Pass the filters that plugins made of a request, in a form that is fast."""
    return [_rewrite(one, db) for one in found]


async def _rewrite(found: Any, db: Any) -> Any:
    filters = await await_me_maybe(found)
    clauses = filters.where_clauses if filters else []
    for place, clause in enumerate(clauses):
        clause = _with_words(clause, filters.params)
        if search := _BY_NUMBER.fullmatch(clause):
            if search[1] == "articles" and await _has_many(search[2], filters.params, db):
                clause = f"+{clause}"
            clauses[place] = await _with_bigrams(search, clause, filters.params, db)
    return filters


def _with_words(clause: str, params: dict[str, Any]) -> str:
    """Spaces, a quote or a NUL leave nothing of a search, which FTS5 calls a syntax error."""
    search = _BY_NUMBER.fullmatch(clause)
    if not search or not search[4]:
        return clause
    typed, name = params[search[5]], search[5]
    if escape_fts(typed) and "\0" not in typed:
        return clause
    params[name] = NOTHING
    return clause.replace(f"escape_fts(:{name})", f":{name}")


async def _with_bigrams(search: re.Match[str], clause: str, params: dict[str, Any], db: Any) -> str:
    """Add what only bigrams_fts knows of words that Datasette escapes one by one."""
    table, _, column, escaped, words = search.groups()
    if not escaped or table not in _BIGRAMS:
        return clause
    query = bigram_query(params[words])
    asked = {"bigrams": query or fts_query(params[words])}
    sql = "select 1 from bigrams_fts where bigrams_fts match :bigrams limit 1"
    if not (await db.execute(sql, asked)).rows:
        return clause
    params[name := f"{words}_bigrams"] = asked["bigrams"]
    everywhere = column.strip("[]") == f"{table}_fts"
    text = "coalesce(title || ' ', '') || coalesce(text, '')" if everywhere else column
    column = "bigrams_fts" if everywhere else column
    also = _BIGRAMS[table].format(column=column, name=name, text=text, words=words)
    return also if query else f"({clause} or {also})"


async def _has_many(search: str, params: dict[str, Any], db: Any) -> bool:
    count = f"select count(*) from (select 1 from articles_fts where {search} limit {MANY})"  # noqa: S608
    return bool((await db.execute(count, params)).rows[0][0] == MANY)
