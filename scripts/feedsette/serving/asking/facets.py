"""Facets: Datasette's own, remembered until the file changes, and two that know our tables.

A count over every article is the same for every visitor, and took most of the time of a list's
page. The facets `tag` and `year` of metadata.yml count what Datasette's `array` and `date` count,
from indexes instead of from rows full of HTML, and by the year instead of by the day.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar

from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.utils import (
    escape_sqlite,
    path_with_added_args,
    path_with_removed_args,
    path_with_replaced_args,
)
from datasette.utils.asgi import BadRequest

from feedsette.flattening.articles import slug_of
from feedsette.schema import ARTICLES
from feedsette.serving.memory import recall
from feedsette.serving.ownership import was_ours

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
    def __init__(
        self, datasette: Any, request: Any, database: str, *arguments: Any, **options: Any
    ) -> None:
        if was_ours(datasette, database):
            datasette = _Recalling(datasette)
        super().__init__(datasette, request, database, *arguments, **options)

    async def facet_results(self) -> Any:
        """Count; a whole table in the time of a page, since that is done once for everybody."""
        if not isinstance(self.ds, _Recalling):
            return await super().facet_results()
        counting = copy(self)  # what is suggested meanwhile keeps its own limit
        counting.ds = self.ds.patient() if _conditions(self) == "" else self.ds
        return await super(_Remembering, counting).facet_results()


def _conditions(facet: Any) -> str | None:
    """Give the `where …` that Datasette wrote for the rows of a facet's table, '' for all rows."""
    _, name, rest = f"{facet.sql} ".partition(f" from {escape_sqlite(facet.table)} ")
    return rest.strip() if name else None


class _Recalling:
    """A Datasette that asks the same question of an unchanged file once."""

    def __init__(self, datasette: Any, limits: Mapping[str, Any] = MappingProxyType({})) -> None:
        self._datasette = datasette
        self._limits = limits

    def __getattr__(self, name: str) -> Any:
        return getattr(self._datasette, name)

    def patient(self) -> "_Recalling":
        """Give one that keeps the limit of a page (sql_time_limit_ms) and none besides."""
        return _Recalling(self._datasette, {"custom_time_limit": None})

    async def execute(self, database: str, sql: str, params: Any = None, **options: Any) -> Any:
        """Do as Datasette does."""
        values = params.items() if isinstance(params, Mapping) else params or ()
        limited = {**options, **self._limits}
        question = (sql, *sorted(values), *sorted(limited.items()))

        async def ask() -> Any:
            return await self._datasette.execute(database, sql, params, **limited)

        return await recall(self._datasette.get_database(database), question, ask)


class _OwnFacet(Facet, ABC):  # type: ignore[misc]
    """What the two have in common."""

    declared: ClassVar[tuple[str, ...]]
    """The columns of articles that may be counted: a visitor names them in the address."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Refuse what cannot be counted, before Datasette has begun with anything."""
        super().__init__(*arguments, **options)
        self._asked = [
            (self._column(found["config"]), found["source"]) for found in self.get_configs()
        ]

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Count, as Datasette's facets do."""
        shown, late = [], []
        for column, source in self._asked:
            try:
                counted = await self._count(column)
            except QueryInterrupted:
                late.append(column)
                continue
            without = path_with_removed_args(self.request, {f"_facet_{self.type}": column})
            hiding = {"hideable": source != "metadata", "toggle_url": self.ds.urls.path(without)}
            shown.append(counted | hiding)
        return shown, late

    def _column(self, config: dict[str, Any]) -> str:
        """Name the column of a facet; `config` may be any JSON object from the address."""
        name = config.get("column") or config.get("simple")
        ours = was_ours(self.ds, self.database)
        if ours and self.table == ARTICLES.name and name in self.declared:
            return str(name)
        raise BadRequest(
            f"_facet_{self.type} takes {' or '.join(self.declared)}, a column of {ARTICLES.name}"
        )

    async def _count(self, column: str) -> dict[str, Any]:
        size = self.get_facet_size()
        where = _conditions(self)
        if where is None:
            raise ValueError(f"rows are chosen in a way that is not known: {self.sql}")
        found = await self.ds.execute(
            self.database,
            self._sql(column, where),
            {**dict(self.params), "facet_size": size + 1},
            custom_time_limit=self.ds.setting("facet_time_limit_ms"),
        )
        return {
            "name": column,
            "type": self.type,
            "results": [self._value(column, row) for row in found.rows[:size]],
            "truncated": len(found.rows) > size,
        }

    def _value(self, column: str, row: Any) -> dict[str, Any]:
        value = row["value"]
        chosen = self._filter(column, value)
        said = self._said(chosen)
        path = path_with_removed_args(self.request, said) if said else self._with(chosen)
        return {
            "value": value,
            "label": value,
            "count": row["count"],
            "selected": bool(said),
            "toggle_url": self.ds.absolute_url(self.request, self.ds.urls.path(path)),
        }

    @abstractmethod
    def _sql(self, column: str, where: str) -> str:
        """Write the query that counts a column where so; it takes :facet_size."""

    @abstractmethod
    def _filter(self, column: str, value: str) -> dict[str, str]:
        """Name the parameters of the address that keep the articles of one value."""

    def _said(self, chosen: dict[str, str]) -> dict[str, str]:
        """Give those parameters as the address has them, nothing where it lacks one."""
        return chosen if chosen.items() <= set(self.get_querystring_pairs()) else {}

    @abstractmethod
    def _with(self, chosen: dict[str, str]) -> str:
        """Put the parameters of one value into the path of the page."""


class TagFacet(_OwnFacet):
    """The tags of the articles that are listed; `column` holds them as a JSON array."""

    type = "tag"
    declared = ARTICLES.tag_facets

    def _sql(self, column: str, where: str) -> str:  # noqa: ARG002
        return _THEIR_TAGS.format(where=where) if where else _ALL_TAGS

    def _filter(self, column: str, value: str) -> dict[str, str]:
        return {f"{column}__arraycontains": value}

    def _said(self, chosen: dict[str, str]) -> dict[str, str]:
        ((name, tag),) = chosen.items()  # of which the address may have another spelling
        slug = slug_of(tag)
        said = (one for one in self.request.args.getlist(name) if slug_of(one) == slug)
        return {name: found} if (found := next(said, None)) is not None else {}

    def _with(self, chosen: dict[str, str]) -> str:
        return str(path_with_added_args(self.request, chosen))  # an article has several tags


class YearFacet(_OwnFacet):
    """The years of the articles that are listed."""

    type = "year"
    declared = ARTICLES.year_facets

    def _sql(self, column: str, where: str) -> str:
        return _YEARS.format(column=escape_sqlite(column), where=where)

    def _filter(self, column: str, value: str) -> dict[str, str]:
        following = f"{int(value) + 1:04}" if value.isdecimal() else value
        return {f"{column}__gte": value, f"{column}__lt": following}

    def _with(self, chosen: dict[str, str]) -> str:
        return str(path_with_replaced_args(self.request, chosen))  # and one year
