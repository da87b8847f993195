"""The site: a Datasette plugin of templates, one stylesheet and a few SQL functions.

Datasette finds it through the entry point `feedsette`, so that `datasette content.db -m
metadata.yml` shows everything. Only hooks that 0.65 and 1.0 share are used.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Generator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pluggy import HookimplMarker

from feedsette.serving import faults, functions, headers, ownership, revalidating, stills
from feedsette.serving.showing import cells

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from jinja2 import Environment

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


@hookimpl(hookwrapper=True)
def register_facet_classes() -> Generator[None, Any, None]:
    """Remember what Datasette's facets count, and add ours."""
    from feedsette.serving.asking import facets  # Datasette is complete only by now

    outcome = yield
    known = [[facets.remembering(facet) for facet in found] for found in outcome.get_result()]
    ours = [facets.remembering(facet) for facet in (facets.TagFacet, facets.YearFacet)]
    outcome.force_result([*known, ours])


@hookimpl(hookwrapper=True)
def filters_from_request(
    table: str, database: str, datasette: "Datasette"
) -> Generator[None, Any, None]:
    """Let searches use the indexes that fit, and lists have an order."""
    from feedsette.serving.asking import filters, ordering  # Datasette is complete only by now

    outcome = yield
    if not ownership.was_ours(datasette, database):
        return
    ordering.note_table(table)
    if table in filters.SEARCHED:
        db = datasette.get_database(database)
        outcome.force_result(filters.answer_by_index(db, outcome.get_result()))


@hookimpl
def extra_template_vars(
    template: str | None, database: str | None, datasette: "Datasette", request: "Request"
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Give a page what it shows."""
    from feedsette.serving.pages import contexts  # Datasette is complete only by now

    async def variables() -> dict[str, Any]:
        return await contexts.read_page(template, database, datasette, request)

    return variables


@hookimpl
def asgi_wrapper(datasette: "Datasette") -> Callable[[headers.App], headers.App]:
    """Headers, no body for who has it already, and what a tag in an address means."""
    from feedsette.serving.asking import tagging  # Datasette is complete only by now

    tagging.replace_filters()
    return lambda app: headers.wrap(tagging.wrap(revalidating.wrap(app), datasette), datasette)


@hookimpl(trylast=True)
def register_output_renderer() -> dict[str, Any]:
    """Feeds to follow. The last to answer is taken, also where datasette-atom is installed."""
    from feedsette.serving.pages import following  # Datasette is complete only by now

    render, can_render = following.render, following.can_render
    return {"extension": "atom", "render": render, "can_render": can_render}


@hookimpl
def register_routes(datasette: "Datasette") -> list[tuple[str, Any]]:
    """Pages beside Datasette's own, and instead of some."""
    from feedsette.serving.pages import downloads, routes, rows  # Datasette is complete only by now

    return [*routes.ROUTES, *rows.routes(datasette), *downloads.routes(datasette)]


@hookimpl
def handle_exception(datasette: "Datasette", request: "Request", exception: Exception) -> Any:
    """Show what was wrong with a request, and nothing of the server."""
    from feedsette.serving.pages import contexts  # Datasette is complete only by now

    contexts.lead_to(datasette, request.path)
    return faults.explain(datasette, request, exception)


@hookimpl
def prepare_jinja2_environment(env: "Environment", datasette: "Datasette") -> None:
    """Error pages are rendered without extra_template_vars; the frame needs something there."""
    from feedsette.serving import templating  # Datasette is complete only by now
    from feedsette.serving.pages import contexts  # Datasette is complete only by now

    env.globals["fs"] = contexts.ErrorFrame(datasette)
    templating.write_at_once(env)


@hookimpl
def startup(datasette: "Datasette") -> Callable[[], Awaitable[None]]:
    """Learn what is served, and keep a missing page cheap.

    Where rich is installed (we need it for progress bars), Datasette prints every error, also a
    404, with all local variables: 300 ms of work for whoever asks for a page that is not there.
    """
    # Datasette is complete only by now
    from feedsette.serving import answers, privacy, warming
    from feedsette.serving.asking import reading
    from feedsette.serving.pages import contexts

    import_module("datasette.handle_exception").rich = None  # type: ignore[attr-defined]
    stills.keep_still(datasette)

    async def find() -> None:
        privacy.refuse_unasked(datasette)
        await reading.require_fitting(datasette)
        await answers.remember(datasette)
        frame = await contexts.fill_frames(datasette)
        if frame.database is not None:
            warming.warm(datasette, frame.database)

    return find


@hookimpl
def shutdown(datasette: "Datasette") -> None:
    """End what goes on in the background before 1.0 closes the files; 0.65 closes none."""
    from feedsette.serving import warming  # Datasette is complete only by now

    warming.stop(datasette)
