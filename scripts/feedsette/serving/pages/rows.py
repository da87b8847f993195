"""Rows that have a page of ours are read once, by us.

Datasette's view of a row selects all its columns, makes HTML of every cell and counts the rows of
other tables that refer to it: a sixth of the time of an article's page, which shows nothing of
it. Who may see what, other formats, headers, and rows and templates that are not ours stay with
that view. 1.0 has another, which asks for all of it, so there it is read as before.
"""

import re
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils import to_css_class
from datasette.views.row import RowView

from feedsette.serving.asking.reading import Reader, is_ours
from feedsette.serving.ownership import database_called
from feedsette.serving.pages import contexts

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

_TEMPLATE = str(Path(__file__).parents[1] / "templates" / "row.html")


def routes(datasette: "Datasette") -> list[tuple[str, Any]]:
    """Give the addresses of rows that have a page of ours, and what answers there."""
    if not hasattr(import_module("datasette.views.base"), "DataView"):  # 1.0
        return []
    # Datasette's own regular expression for rows, but for the names of tables
    tables = "|".join(map(re.escape, contexts.ROWS))
    address = rf"/(?P<database>[^\/\.]+)/(?P<table>{tables})/(?P<pks>[^/]+?)(\.(?P<format>\w+))?$"
    view = _OwnRowView.as_view(datasette)
    view.__signature__ = signature(view)  # Datasette asks for it with every request
    return [(address, view)]


class _OwnRowView(RowView):  # type: ignore[misc]
    async def get(self, request: "Request") -> Any:
        """Answer with a page of ours, or as Datasette does."""
        page = await self._read(request) if request.url_vars["format"] is None else None
        if page is None:
            return await super().get(request)
        response = await self.render((page["own_template"],), request, page)
        ttl = request.args.get("_ttl") or ""
        if not ttl.isdigit():
            ttl = self.ds.setting("default_cache_ttl")
        return self.set_response_headers(response, ttl)

    async def _read(self, request: "Request") -> dict[str, Any] | None:
        table = request.url_vars["table"]
        db = database_called(self.ds, request.url_vars["database"])
        if db is None or not await is_ours(db) or not self._is_shown_by_us(db.name, table):
            return None
        permissions = [("view-table", (db.name, table)), ("view-database", db.name)]
        visible, private = await self.ds.check_visibility(
            request.actor, permissions=[*permissions, "view-instance"]
        )
        page = await contexts.read_row(Reader(self.ds, db.name, request)) if visible else None
        return {**page, "database": db.name, "table": table, "private": private} if page else None

    def _is_shown_by_us(self, database: str, table: str) -> bool:
        """Whether no template of a user or of another plugin stands before ours."""
        names = (f"row-{to_css_class(database)}-{table}.html", "row.html")
        return bool(self.ds.jinja_env.select_template(names).filename == _TEMPLATE)
