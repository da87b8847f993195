"""Which template shows what: the data of a page is read when its template is about to be used."""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from feedsette.serving import articles, formats, home, listings, searching
from feedsette.serving.reading import Reader, find_database

_ROWS: dict[str, Callable[[Reader, str], Awaitable[dict[str, Any]]]] = {
    "row-content-articles.html": articles.read_article,
    "row-content-tags.html": lambda reader, n: listings.read_listing_page(reader, listings.TAG, n),
    "row-content-authors.html": lambda reader, n: listings.read_listing_page(
        reader, listings.AUTHOR, n
    ),
    "row-content-feeds.html": lambda reader, n: listings.read_listing_page(
        reader, listings.FEED, n
    ),
}


_SEARCHES = {f"query-content-{kind}.html": kind for kind, _ in searching.KINDS}
_STYLES = Path(__file__).parent / "static" / "feedsette.css"
FRAME: dict[str, Any] = {
    **formats.FUNCTIONS,
    "database": None,
    "site_title": "Articles",
    # changes with the stylesheet, so that browsers may keep it
    "stamp": sha256(_STYLES.read_bytes()).hexdigest()[:12],
}
"""What every template finds under `fs`."""


_frames: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


def frame_of(datasette: Any) -> dict[str, Any]:
    """Give the `fs` of one Datasette, which its error pages share."""
    return _frames.setdefault(datasette, dict(FRAME))


async def fill_frame(datasette: Any) -> dict[str, Any]:
    """Find our database and the site's title."""
    frame = frame_of(datasette)
    if frame["database"] not in datasette.databases:
        frame["database"] = await find_database(datasette)
        frame["site_title"] = await _site_title(datasette)
    return frame


async def read_page(
    template: str | None, database: str | None, datasette: Any, request: Any
) -> dict[str, Any]:
    """Give the variables of one page; most pages need none but those of the frame."""
    frame = await fill_frame(datasette)
    page: dict[str, Any] = {}
    if request is not None:
        page = await _read_variables(template, database, datasette, request)
    return {"fs": frame, **page}


async def _read_variables(
    template: str | None, database: str | None, datasette: Any, request: Any
) -> dict[str, Any]:
    if template == "index.html":
        return await home.read_home(datasette, request)
    if not template or not database:
        return {}
    if template in _ROWS:
        identifier = str(request.url_vars["pks"])
        return await _ROWS[template](Reader(datasette, database, request), identifier)
    if template in _SEARCHES:
        return await searching.read_search(
            Reader(datasette, database, request), _SEARCHES[template]
        )
    if template == "database.html":
        return {"all_queries": await home.saved_queries(datasette, database, request)}
    return {}


async def _site_title(datasette: Any) -> str:
    """The title at the root of metadata.yml, which 0.65 and 1.0 keep in different places."""
    if hasattr(datasette, "get_instance_metadata"):
        title = (await datasette.get_instance_metadata()).get("title")
    else:
        title = datasette.metadata("title")
    return str(title or "Articles")
