"""`/-/feedsette.json`: what is held, when it was last loaded and whether that went well.

For programs that watch a site: 200 if all is well, 503 if not. `?max_age_hours=26` asks that the
last successful load is not older than that.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from feedsette.serving.asking.reading import Reader, find_database

TABLES = ("feeds", "articles", "tags", "links", "code_blocks", "images", "revisions")
_LAST_LOAD = """
select started_at, status, location, new, changed, removed, message
from loads order by id desc limit 1
"""
_LAST_SUCCESS = "select max(started_at) as at from loads where status <> 'failed'"
# the newest attempt of each location says how it is now
_FAILING = """
select count(*) as feeds from loads
where status = 'failed' and id in (select max(id) from loads group by location)
"""


async def send_health(datasette: Any, request: Any) -> Any:
    """Answer with counts, last load and health; nothing where the table of loads is private."""
    from datasette.utils.asgi import NotFound, Response  # Datasette is complete only by now

    name = await find_database(datasette)
    if name is None:
        return Response.json({"ok": False, "why": "no database of feedsette is served"}, status=503)
    allowed = await datasette.client.get(
        datasette.urls.table(name, "loads") + ".json?_shape=array&_size=1", cookies=request.cookies
    )
    if allowed.status_code != 200:
        raise NotFound("Not shown")
    health = await _read_health(Reader(datasette, name, request))
    health["why"] = _why(health, request.args.get("max_age_hours"))
    health["ok"] = health["why"] is None
    answer = Response.json(health, status=200 if health["ok"] else 503)
    answer.headers["cache-control"] = "no-store"
    return answer


async def _read_health(reader: Reader) -> dict[str, Any]:
    counts = await reader.remembered("counts", lambda: _read_counts(reader))
    success = await reader.first(_LAST_SUCCESS)
    failing = await reader.first(_FAILING)
    return {
        "database": reader.database,
        "counts": counts,
        "last_load": await reader.first(_LAST_LOAD),
        "last_success": success["at"] if success else None,
        "failing": failing["feeds"] if failing else None,
    }


async def _read_counts(reader: Reader) -> dict[str, int]:
    counts = (f"(select count(*) from {table}) as {table}" for table in TABLES)  # noqa: S608
    sql = ", ".join(counts)
    rows = await reader.unhurried(f"select {sql}")
    return dict(rows[0])


def _why(health: dict[str, Any], max_age_hours: str | None) -> str | None:
    """Name what is wrong, or None."""
    if not health["counts"]["articles"]:
        return "there are no articles"
    if not max_age_hours or not max_age_hours.isascii() or not max_age_hours.isdigit():
        return None
    last = health["last_success"]
    hours = min(int(max_age_hours[:9]), 1_000_000)
    if not last or datetime.now(UTC) - datetime.fromisoformat(last) > timedelta(hours=hours):
        return f"the last successful load is older than {hours} hours"
    return None
