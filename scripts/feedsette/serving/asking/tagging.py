"""A tag in an address means all its spellings, as everywhere else.

`?tags__arraycontains=TIPS` is Datasette's filter, which looks for that very spelling in the JSON of
every article, while facets, pages and saved queries count `Tips` and `tips` with it, by the slug.
So for the articles of our databases the filter asks article_tags, which has an index. Datasette
does not tell a filter whose table it is about; the address does, before the filter is made.
"""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from datasette.filters import Filters

from feedsette.schema import ARTICLES
from feedsette.serving.asking.reading import is_ours
from feedsette.serving.headers import App, Message, Send
from feedsette.serving.ownership import database_at

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette

_LOOKUPS = {"arraycontains": "in", "arraynotcontains": "not in"}
_WITH_TAG = (
    "rowid {} (select article_id from article_tags where tag_id in"
    " (select id from tags where slug = tag_slug(:p{})))"
)
_is_ours: ContextVar[bool] = ContextVar("_is_ours", default=False)


def wrap(app: App, datasette: "Datasette") -> App:
    """Let an ASGI application know whether a request with such a filter asks a database of ours."""

    async def wrapped(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Send
    ) -> None:
        if b"__array" not in scope.get("query_string", b""):
            await app(scope, receive, send)
            return
        token = _is_ours.set(await _asks_ours(scope, datasette))
        try:
            await app(scope, receive, send)
        finally:
            _is_ours.reset(token)

    return wrapped


async def _asks_ours(scope: Message, datasette: Any) -> bool:
    db = database_at(datasette, str(scope["path"]))
    return db is not None and await is_ours(db)


class _ByTag:
    """Datasette's filter of that name, but for the tags of our articles."""

    def __init__(self, stock: Any) -> None:
        self._stock = stock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stock, name)

    def where_clause(self, table: str, column: str, value: str, number: int) -> tuple[str, str]:
        """Give the condition and the value of its parameter, which is the `number`-th."""
        if table == ARTICLES.name and column in ARTICLES.tag_facets and _is_ours.get():
            return _WITH_TAG.format(_LOOKUPS[self._stock.key], number), str(value)
        found: tuple[str, str] = self._stock.where_clause(table, column, value, number)
        return found


def replace_filters() -> None:
    """Put ours before Datasette's, of which there is one for all sites of a process."""
    known = Filters._filters_by_key
    for name in _LOOKUPS:
        if not isinstance(known[name], _ByTag):
            known[name] = _ByTag(known[name])
