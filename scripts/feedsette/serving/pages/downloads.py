"""The file of a database, handed out whole: not where it holds what no visitor may read.

Datasette offers every file that it serves immutable. A snapshot is one without private tables;
a content.db served with `-i` would show in one click what privacy.py hides.
"""

from importlib import import_module
from typing import Any

from feedsette.serving.ownership import database_called, is_made_by_us
from feedsette.serving.privacy import PRIVATE


async def may_be_taken(datasette: Any, db: Any) -> bool:
    """Whether the file of a database is offered: it cannot change, and keeps no secrets."""
    if db.is_mutable or not db.path or not datasette.setting("allow_download"):
        return False
    return not await _holds_private(db)


async def _holds_private(db: Any) -> bool:
    names = await db.table_names()
    return is_made_by_us(names) and not PRIVATE.isdisjoint(names)


def routes(datasette: Any) -> list[tuple[str, Any]]:
    """Give Datasette's own address of a file, and what answers there."""
    view = _views(datasette)

    async def send_file(request: Any, send: Any) -> Any:
        from datasette.utils.asgi import Forbidden  # Datasette is complete only by now

        db = database_called(datasette, request.url_vars["database"])
        if db is not None and await _holds_private(db):
            raise Forbidden(
                "This file also holds where its documents came from, so it is not handed out. "
                "Whoever runs this site can serve what `feedsette snapshot` writes instead."
            )
        return await view(request, send)

    return [(r"/(?P<database>[^\/\.]+)\.db$", send_file)]


def _views(datasette: Any) -> Any:
    """Datasette's view of a file: a class in 0.65, a function in 1.0."""
    views = import_module("datasette.views.database")
    if hasattr(views, "DatabaseDownload"):
        return views.DatabaseDownload.as_view(datasette)
    return import_module("datasette.app").wrap_view(views.database_download, datasette)
