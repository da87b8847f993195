"""What a feed is about: its title, its addresses, and when its data last changed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from feedsette.clocks import utc_now
from feedsette.flattening.articles import slug_of
from feedsette.serving.asking.reading import Reader, is_ours
from feedsette.serving.pages import contexts
from feedsette.serving.pages.home import saved_queries
from feedsette.serving.showing.atom import Head, instant
from feedsette.serving.showing.formats import excerpt
from feedsette.serving.showing.mending import iri

PAGES = {"newest": "search", "newest_edits": "edited_articles"}
"""Our saved queries for feeds, and those that show people the same."""
PHRASES = {
    "q": "with “{}”",
    "tag": "tagged {}",
    "author": "by {}",
    "feed": "of {}",
    "language": "in {}",
    "year": "of {}",
}
"""How a title names what was asked for."""
_NAMES = {
    "tag": "select name from tags where slug = :value",
    "feed": "select coalesce(title, feed_key) as name from feeds where cast(id as text) = :value",
}
_LOADED = """
select started_at as at from loads where status = 'loaded' order by id desc limit 1
"""
_SHOWN = ("_feed_title", "_format", "_ttl")
"""Parameters that say how a feed is shown, and make no other one."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What Datasette read: a saved query, a table or view with its filters, or only SQL."""

    sql: str
    query: str | None
    table: str | None
    filters: str


async def read_head(reader: Reader, subject: Subject) -> Head:
    """Give what the feed says of itself."""
    datasette = reader.datasette
    ours = await is_ours(datasette.get_database(reader.database))
    site = contexts.frame_of(datasette).site_title
    return Head(
        *_addresses(reader, subject, ours=ours),
        title=f"{await _title(reader, subject, ours=ours)} – {site}",
        author=site,
        base=f"{datasette.absolute_url(reader.request, reader.urls.database(reader.database))}/",
        changed=await _changed(reader, ours=ours),
    )


def _addresses(reader: Reader, subject: Subject, *, ours: bool) -> tuple[str, str, str]:
    """Give what identifies the feed, its own address, and that of the page for people."""
    request, urls = reader.request, reader.urls
    # the path as Datasette routes it, which is without base_url
    path = urls.path(request.scope.get("route_path") or request.path)
    here = reader.datasette.absolute_url(request, path)
    plain = page = here.removesuffix(".atom")
    if ours and subject.query in PAGES:
        other = urls.query(reader.database, PAGES[subject.query])
        page = reader.datasette.absolute_url(request, other)
    asked = urlencode(sorted(_asked(reader, subject)))
    return _whole(plain, asked), _whole(here, request.query_string), _whole(page, asked)


def _whole(address: str, query: str) -> str:
    return iri(f"{address}?{query}" if query else address, "")


def _asked(reader: Reader, subject: Subject) -> list[tuple[str, str]]:
    """Give the parameters that make the feed what it is."""
    given = [pair for pair in parse_qsl(reader.request.query_string) if pair[0] not in _SHOWN]
    if subject.table:
        return given
    used = {"" if subject.query else "sql", *re.findall(r":(\w+)", subject.sql)}
    return [pair for pair in given if pair[0] in used]


async def _title(reader: Reader, subject: Subject, *, ours: bool) -> str:
    chosen = reader.argument("_feed_title")
    if chosen or not subject.query:
        words = chosen or f"{subject.table or ''} {subject.filters}".strip() or subject.sql
        return excerpt(words, 200)
    queries = await saved_queries(reader.datasette, reader.database, reader.request.actor)
    titles = [query.get("title") for query in queries if query["name"] == subject.query]
    phrases = [
        PHRASES.get(name, f"{name} {{}}").format(
            excerpt(await _name_of(reader, name, value) if ours else value, 100)
        )
        for name, value in _asked(reader, subject)
    ]
    return " ".join((next(filter(None, titles), subject.query), ", ".join(phrases))).strip()


async def _name_of(reader: Reader, parameter: str, value: str) -> str:
    """Give the name of the tag or feed whose slug or number was asked for."""
    if parameter not in _NAMES:
        return value
    asked = slug_of(value) if parameter == "tag" else value
    found = await reader.first(_NAMES[parameter], value=asked)
    return str(found["name"]) if found else value


async def _changed(reader: Reader, *, ours: bool) -> datetime:
    """Tell when the data last changed: with the last load, else with the file."""
    found = await reader.first(_LOADED) if ours else None
    loaded = instant(str(found["at"])) if found else None
    if loaded:
        return loaded
    path = reader.datasette.get_database(reader.database).path
    try:
        return datetime.fromtimestamp(int(Path(path or "").stat().st_mtime), UTC)
    except (OSError, ValueError):  # in memory
        return utc_now()
