"""Which of the databases that one Datasette serves are ours; with the others we have nothing to do.

Without Datasette, which is not complete when its plugins are imported.
"""

from collections.abc import Iterable
from typing import Any

_NEEDED = frozenset(("articles", "sections", "links", "code_blocks", "tags", "feeds"))


def is_made_by_us(table_names: Iterable[str]) -> bool:
    """Whether a database with these tables is one that feedsette made, whatever its name."""
    return _NEEDED.issubset(table_names)


def note(db: Any, *, ours: bool) -> None:
    """Note on a Database of Datasette what was found: at the start, and with every page."""
    db.made_by_feedsette = ours


def was_ours(datasette: Any, name: str | None) -> bool:
    """Whether a database was ours when it was looked at last; for those who cannot wait."""
    return bool(name and getattr(datasette.databases.get(name), "made_by_feedsette", False))


def database_at(datasette: Any, path: str) -> Any:
    """Give the Database that the path of a request leads into, or None."""
    inside = path.removeprefix(datasette.setting("base_url")).lstrip("/")
    return database_called(datasette, inside.partition("/")[0])


def database_called(datasette: Any, name: str) -> Any:
    """Give the Database that has this name in addresses, or None."""
    from datasette.utils import tilde_decode  # Datasette is complete only by now

    route = tilde_decode(name)
    return next((db for db in datasette.databases.values() if db.route == route), None)


def is_of_others(datasette: Any, path: str) -> bool:
    """Whether a path leads into a database that is known not to be ours."""
    return not getattr(database_at(datasette, path), "made_by_feedsette", True)
