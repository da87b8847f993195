"""Pages of our own: a listing as plain text, to copy or to fetch with a program."""

from typing import Any

from feedsette.serving.asking.reading import Reader, is_ours
from feedsette.serving.pages import health


async def send_code(datasette: Any, request: Any) -> Any:
    """Answer `/-/code/content/1200003.txt` with the listing, as text that no browser runs."""
    from datasette.utils.asgi import NotFound, Response  # Datasette is complete only by now

    database = request.url_vars["database"]
    if database not in datasette.databases or not await is_ours(datasette.get_database(database)):
        raise NotFound("No such database")
    found = await datasette.client.get(
        datasette.urls.row(database, "code_blocks", request.url_vars["id"]) + ".json?_shape=array",
        cookies=request.cookies,
    )
    if found.status_code != 200:
        raise NotFound("No such listing")
    row = await Reader(datasette, database, request).first(
        "select code from code_blocks where id = :id", id=int(request.url_vars["id"])
    )
    return Response.text(row["code"] if row else "")


async def send_databases(datasette: Any) -> Any:
    """Answer `/-/databases.json` as Datasette does, without the paths of the files."""
    from datasette.utils.asgi import Response  # Datasette is complete only by now

    return Response.json(
        [
            {
                "name": name,
                "path": None,
                "size": database.size,
                "is_mutable": database.is_mutable,
                "is_memory": database.is_memory,
                "hash": database.hash,
            }
            for name, database in datasette.databases.items()
            if not name.startswith("_")
        ]
    )


async def send_nothing() -> Any:
    """Answer 404 where Datasette would show the server's tasks with the paths of its files."""
    from datasette.utils.asgi import NotFound  # Datasette is complete only by now

    raise NotFound("Not shown")


ROUTES = [
    (r"^/-/code/(?P<database>[^/]+)/(?P<id>\d{1,18})\.txt$", send_code),
    (r"^/-/databases(\.json)?$", send_databases),
    (r"^/-/threads(\.json)?$", send_nothing),
    (r"^/-/feedsette\.json$", health.send_health),
]
