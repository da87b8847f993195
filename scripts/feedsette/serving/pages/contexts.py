"""Which template shows what: the data of a page is read when its template is about to be used."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

from feedsette.serving.asking.reading import Reader, find_database, is_ours
from feedsette.serving.ownership import database_at
from feedsette.serving.pages import articles, home, listings, searching
from feedsette.serving.pages.downloads import may_be_taken
from feedsette.serving.showing import formats

ROWS: dict[str, tuple[str, Callable[[Reader, str], Awaitable[dict[str, Any]]]]] = {
    "articles": ("article.html", articles.read_article),
    "tags": (
        "tag.html",
        lambda reader, n: listings.read_listing_page(reader, listings.TAG, n),
    ),
    "authors": (
        "author.html",
        lambda reader, n: listings.read_listing_page(reader, listings.AUTHOR, n),
    ),
    "feeds": (
        "feed.html",
        lambda reader, n: listings.read_listing_page(reader, listings.FEED, n),
    ),
}
"""Tables whose rows have a page of their own: its template, and how its data is read."""

MOST_ADDRESSES = 1_000
"""Of tables and queries, each kind; those of rows begin with one of them."""

_SEARCHES = frozenset(kind for kind, _ in searching.KINDS)
_STYLES = Path(__file__).parents[1] / "static" / "feedsette.css"
FRAME: dict[str, Any] = {
    **formats.FUNCTIONS,
    "database": None,
    "urls": None,
    "site_title": "Articles",
    "about": {},
    "searchable": False,
    # changes with the stylesheet, so that browsers may keep it
    "stamp": sha256(_STYLES.read_bytes()).hexdigest()[:12],
}
"""What every template finds under `fs`."""


_frames: WeakKeyDictionary[Any, dict[str | None, SimpleNamespace]] = WeakKeyDictionary()


def frame_of(datasette: Any) -> SimpleNamespace:
    """Give the `fs` of one Datasette, for the pages that belong to no database of ours.

    No dict: Jinja looks for an attribute first, and each miss is an exception.
    """
    return _frames.setdefault(datasette, {None: SimpleNamespace(**FRAME)})[None]


class ErrorFrame:
    """The `fs` of error pages, which are rendered without any variables of ours."""

    def __init__(self, datasette: Any) -> None:
        self._datasette = datasette

    def __getattr__(self, name: str) -> Any:
        return getattr(_current.get() or frame_of(self._datasette), name)


def lead_to(datasette: Any, path: str) -> None:
    """Let the error page of this request lead to the database that was asked for, if it is ours."""
    db = database_at(datasette, path)
    _current.set(_frames.get(datasette, {}).get(db.name) if db else None)


_current: ContextVar[SimpleNamespace | None] = ContextVar("_current", default=None)


async def frame_for(datasette: Any, database: str) -> SimpleNamespace:
    """Give the `fs` of a database of ours, so that its pages lead to itself if another is first."""
    site, frames = await fill_frame(datasette), _frames[datasette]
    if database == site.database:
        return site
    if database not in frames:
        own = {"database": database, "searchable": await _is_searchable(datasette, database)}
        frames[database] = SimpleNamespace(**{**vars(site), **own})
    return frames[database]


async def fill_frame(datasette: Any) -> SimpleNamespace:
    """Find our first database, and what metadata.yml says of the whole site."""
    frame = frame_of(datasette)
    if frame.urls is None:
        frame.urls = _remembering(datasette.urls)
    if frame.database not in datasette.databases:
        frame.database = await find_database(datasette)
        frame.about = await _about_site(datasette)
        nameless = "Datasette" if frame.database is None else "Articles"
        frame.site_title = str(frame.about.get("title") or nameless)
        frame.searchable = await _is_searchable(datasette, frame.database)
    return frame


async def fill_frames(datasette: Any) -> SimpleNamespace:
    """Do so for every database of ours at the start, since an error page cannot wait for it."""
    for name, db in datasette.databases.items():
        if name != "_internal" and await is_ours(db):
            await frame_for(datasette, name)
    return await fill_frame(datasette)


async def read_page(
    template: str | None, database: str | None, datasette: Any, request: Any
) -> dict[str, Any]:
    """Give the variables of one page; most pages need none but those of the frame."""
    frame = await fill_frame(datasette)
    ours = database in datasette.databases and await is_ours(datasette.get_database(database))
    if ours and database is not None:
        frame = await frame_for(datasette, database)
    page: dict[str, Any] = {"fs": frame, "urls": frame.urls, "ours": ours}
    if request is not None and template == "index.html":
        page |= await home.read_home(datasette, request, frame.about)
    elif request is not None and template and ours:
        page |= await _read_ours(template, Reader(datasette, str(database), request))
    return page


async def _read_ours(template: str, reader: Reader) -> dict[str, Any]:
    """Give what a page of our database shows, and the template that shows it."""
    name = str(reader.request.url_vars.get("table") or "")
    if template.startswith("row") and name in ROWS:
        return await read_row(reader) or {}
    if template.startswith("query") and name in _SEARCHES:
        return {"own_template": "search.html", **await searching.read_search(reader, name)}
    if template.startswith("database"):
        queries = await home.saved_queries(reader.datasette, reader.database, reader.request.actor)
        file = reader.datasette.get_database(reader.database)
        return {"all_queries": queries, "is_kept": not await may_be_taken(reader.datasette, file)}
    return {}


async def read_row(reader: Reader) -> dict[str, Any] | None:
    """Give what the page of a row of ROWS shows, and the template that shows it.

    None where we find no such row: Datasette reads `~31` as 1, and shows it as any other.
    """
    parts = reader.request.url_vars
    own, read = ROWS[str(parts["table"])]
    page = await read(reader, str(parts["pks"]))
    if not page:
        return None
    if not (await frame_for(reader.datasette, reader.database)).searchable:
        page["follow"] = None  # without metadata.yml there is no saved query to follow
    return {"own_template": own, **page}


def _remembering(urls: Any) -> Any:
    """Let Datasette's addresses be made once: a list of articles has some hundred of them."""
    for name in ("instance", "database", "table", "query"):
        setattr(urls, name, lru_cache(MOST_ADDRESSES)(getattr(urls, name)))
    return urls


async def _is_searchable(datasette: Any, database: str | None) -> bool:
    """True where metadata.yml gives our database the saved query that the search field asks."""
    if database is None:
        return False
    queries = await home.saved_queries(datasette, database, None)
    return any(query["name"] == "search" for query in queries)


async def _about_site(datasette: Any) -> dict[str, Any]:
    """The words at the root of metadata.yml, which 0.65 and 1.0 keep in different places."""
    if hasattr(datasette, "get_instance_metadata"):
        return dict(await datasette.get_instance_metadata())
    return dict(datasette.metadata() or {})
