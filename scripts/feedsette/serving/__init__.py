"""The site: a Datasette plugin of templates, one stylesheet and a few SQL functions.

Datasette finds it through the entry point `feedsette`, so that `datasette content.db -m
metadata.yml` shows everything. Only hooks that 0.65 and 1.0 share are used.
"""

import sqlite3
from typing import TYPE_CHECKING

from markupsafe import Markup
from pluggy import HookimplMarker

from feedsette.serving import cells, functions

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette

hookimpl = HookimplMarker("datasette")


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Every connection that runs a visitor's SQL gets our functions and limits."""
    functions.prepare(conn)


@hookimpl
def render_cell(
    value: object, column: str, table: str | None, database: str | None, datasette: "Datasette"
) -> Markup | None:
    """Cells of tables and queries."""
    return cells.render(value, column, table, database, datasette)
