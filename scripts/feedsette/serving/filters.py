"""Searches on the page of articles, answered from indexes.

Datasette looks every hit up by its number: a common word has it read a third of all articles with
their HTML to show the newest thirty, and once more for each facet. The indexes of publication,
author and feed hold all that is asked; a plus before the number keeps SQLite to them
(sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_).
"""

import re
from collections.abc import Awaitable
from typing import Any

from datasette.utils import await_me_maybe

MANY = 1_000
"""Hits from which walking an index of all articles is cheaper than looking each hit up."""

_BY_NUMBER = re.compile(
    r"rowid in \(select rowid from articles_fts where (\[?\w+\]? match (?:escape_fts\()?:\w+\)?)\)"
)
"""What Datasette makes of `_search`; another condition that looks like it is left alone."""


def answer_by_index(db: Any, found: list[Any]) -> list[Awaitable[Any]]:
    """Pass the filters that plugins made of a request for articles, in a form that is fast."""
    return [_rewrite(one, db) for one in found]


async def _rewrite(found: Any, db: Any) -> Any:
    filters = await await_me_maybe(found)
    clauses = filters.where_clauses if filters else []
    for place, clause in enumerate(clauses):
        search = _BY_NUMBER.fullmatch(clause)
        if search and await _has_many(search[1], filters.params, db):
            clauses[place] = f"+{clause}"
    return filters


async def _has_many(search: str, params: dict[str, Any], db: Any) -> bool:
    count = f"select count(*) from (select 1 from articles_fts where {search} limit {MANY})"  # noqa: S608
    return bool((await db.execute(count, params)).rows[0][0] == MANY)
