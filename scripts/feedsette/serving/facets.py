"""Facets: Datasette's own, remembered until the file changes, and two that know our tables.

A count over every article is the same for every visitor, and took most of the time of a list's
page. The facets `tag` and `year` of metadata.yml count what Datasette's `array` and `date` count,
from indexes instead of from rows full of HTML, and by the year instead of by the day.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.utils import escape_sqlite, path_with_replaced_args
from datasette.utils.asgi import BadRequest

from feedsette.schema import ARTICLES
from feedsette.serving.memory import recall

RETRY_SECONDS = 600

_TAGS = """
select tags.name as value, {count} as count from {source}
where tags.name is not null group by tags.id order by 2 desc, 1 limit :facet_size
"""
_ALL_TAGS = _TAGS.format(count="tags.article_count", source="tags")
_THEIR_TAGS = _TAGS.format(
    count="count(*)",
    source="(select id from articles {where}) as mine"
    " cross join article_tags on article_tags.article_id = mine.id"
    " cross join tags on tags.id = article_tags.tag_id",
)
_YEARS = """
select substr({column}, 1, 4) as value, count(*) as count from articles {where}
group by 1 having value is not null order by 1 desc limit :facet_size
"""


@lru_cache(maxsize=64)
def remembering(facet: type[Any]) -> type[Any]:
    """Give the same class of facets, whose counts are remembered."""
    return type(facet.__name__, (_Remembering, facet), {}) if issubclass(facet, Facet) else facet


class _Remembering(Facet):  # type: ignore[misc]  # Datasette has no types
    def __init__(self, datasette: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(_Recalling(datasette), *arguments, **options)


class _Recalling:
    """A Datasette that asks the same question of an unchanged file once."""

    def __init__(self, datasette: Any) -> None:
        self._datasette = datasette

    def __getattr__(self, name: str) -> Any:
        return getattr(self._datasette, name)

    async def execute(self, database: str, sql: str, params: Any = None, **options: Any) -> Any:
        """Do as Datasette does."""
        values = params.items() if isinstance(params, Mapping) else params or ()
        question = (sql, *sorted(values), *sorted(options.items()))

        # a count of the whole table is worth the time of a page: it is made once for everybody
        is_whole = set(params or ()) <= {"facet_size"}
        limited = options | {"custom_time_limit": None} if is_whole else options

        async def ask() -> Any:
            try:
                return await self._datasette.execute(database, sql, params, **limited)
            except QueryInterrupted as error:
                return _Late(error, time.monotonic() + RETRY_SECONDS)

        db = self._datasette.get_database(database)
        found = await recall(db, question, ask)
        if isinstance(found, _Late):
            raise found.error
        return found


@dataclass(frozen=True, slots=True)
class _Late:
    """A count that took too long: each of the next visitors would wait as long for nothing."""

    error: QueryInterrupted
    retry: float

    @property
    def is_stale(self) -> bool:
        """True when it is time to try again: the machine may have been busy."""
        return time.monotonic() > self.retry


class _OwnFacet(Facet, ABC):  # type: ignore[misc]
    """What the two have in common."""

    declared: ClassVar[tuple[str, ...]]
    """The columns of articles that may be counted: a visitor names them in the address."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Refuse what cannot be counted, before Datasette has begun with anything."""
        super().__init__(*arguments, **options)
        self._columns = [self._column(found["config"]) for found in self.get_configs()]

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Count, as Datasette's facets do."""
        shown, late = [], []
        for column in self._columns:
            try:
                shown.append(await self._count(column))
            except QueryInterrupted:
                late.append(column)
        return shown, late

    def _column(self, config: dict[str, Any]) -> str:
        """Name the column of a facet; `config` may be any JSON object from the address."""
        name = config.get("column") or config.get("simple")
        if self.table == ARTICLES.name and name in self.declared:
            return str(name)
        raise BadRequest(
            f"_facet_{self.type} takes {' or '.join(self.declared)}, a column of {ARTICLES.name}"
        )

    async def _count(self, column: str) -> dict[str, Any]:
        size = self.get_facet_size()
        found = await self.ds.execute(
            self.database,
            self._sql(column),
            {**dict(self.params), "facet_size": size + 1},
            custom_time_limit=self.ds.setting("facet_time_limit_ms"),
        )
        return {
            "name": column,
            "type": self.type,
            "hideable": False,
            "results": [self._value(column, row) for row in found.rows[:size]],
            "truncated": len(found.rows) > size,
        }

    def _value(self, column: str, row: Any) -> dict[str, Any]:
        value = row["value"]
        chosen = self._filter(column, value)
        selected = all(self.request.args.get(name) == word for name, word in chosen.items())
        changed = dict.fromkeys(chosen) if selected else chosen
        return {
            "value": value,
            "label": value,
            "count": row["count"],
            "selected": selected,
            "toggle_url": path_with_replaced_args(self.request, changed),
        }

    @property
    def _where(self) -> str:
        """The conditions on the articles, as Datasette has written them."""
        return str(self.sql).partition(" from articles ")[2]

    @abstractmethod
    def _sql(self, column: str) -> str:
        """Write the query that counts the values of a column; it takes :facet_size."""

    @abstractmethod
    def _filter(self, column: str, value: str) -> dict[str, str]:
        """Name the parameters of the address that keep the articles of one value."""


class TagFacet(_OwnFacet):
    """The tags of the articles that are listed; `column` holds them as a JSON array."""

    type = "tag"
    declared = ARTICLES.array_facets

    def _sql(self, column: str) -> str:  # noqa: ARG002
        return _THEIR_TAGS.format(where=self._where) if self._where.strip() else _ALL_TAGS

    def _filter(self, column: str, value: str) -> dict[str, str]:
        return {f"{column}__arraycontains": value}


class YearFacet(_OwnFacet):
    """The years of the articles that are listed."""

    type = "year"
    declared = ARTICLES.date_facets

    def _sql(self, column: str) -> str:
        return _YEARS.format(column=escape_sqlite(column), where=self._where)

    def _filter(self, column: str, value: str) -> dict[str, str]:
        following = f"{int(value) + 1:04}" if value.isdigit() else value
        return {f"{column}__gte": value, f"{column}__lt": following}
