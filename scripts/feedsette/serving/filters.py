"""Searches and tags on the page of articles, answered from indexes.

Datasette looks every hit up by its number: a common word has it read a third of all articles with
their HTML to show the newest thirty, and once more for each facet. The indexes of publication,
author and feed hold all that is asked; a plus before the number keeps SQLite to them
(sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_). A tag it looks for in
the JSON of every article; which articles it may stand in is known from article_tags.
"""

import re
from collections.abc import Awaitable, Sequence
from typing import Any

from datasette.filters import FilterArguments
from datasette.utils import await_me_maybe

from feedsette.flattening.articles import slug_of
from feedsette.serving.reading import is_ours

MANY = 1_000
"""Hits from which walking an index of all articles is cheaper than looking each hit up."""

_BY_NUMBER = re.compile(
    r"rowid in \(select rowid from articles_fts where (\[?\w+\]? match (?:escape_fts\()?:\w+\)?)\)"
)
"""What Datasette makes of `_search`; another condition that looks like it is left alone."""


def answer_by_index(request: Any, db: Any, found: list[Any]) -> list[Awaitable[Any]]:
    """Pass the filters that plugins made of a request for articles, in a form that is fast."""
    tags = request.args.getlist("tags__arraycontains")
    return [_narrow_by_tags(tags, db), *(_rewrite(one, db) for one in found)]


async def _rewrite(found: Any, db: Any) -> Any:
    filters = await await_me_maybe(found)
    clauses = filters.where_clauses if filters else []
    for place, clause in enumerate(clauses):
        search = _BY_NUMBER.fullmatch(clause)
        if search and await _has_many(search[1], filters.params, db):
            clauses[place] = f"+{clause}"
    return filters


async def _narrow_by_tags(tags: Sequence[str], db: Any) -> FilterArguments | None:
    """Add that an article must bear the tags, besides what Datasette makes of them."""
    if not tags or not await is_ours(db):
        return None
    found = FilterArguments([])
    for number, tag in enumerate(tags):
        found.where_clauses.append(_WITH_TAG.format(number))
        found.params[f"tag_{number}"] = slug_of(tag)
    return found


_WITH_TAG = (
    "rowid in (select article_id from article_tags where tag_id in"
    " (select id from tags where slug = :tag_{}))"
)


async def _has_many(search: str, params: dict[str, Any], db: Any) -> bool:
    count = f"select count(*) from (select 1 from articles_fts where {search} limit {MANY})"  # noqa: S608
    return bool((await db.execute(count, params)).rows[0][0] == MANY)
