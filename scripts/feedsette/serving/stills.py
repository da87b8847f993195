"""metadata.yml in memory, in a form that is cheap to copy and to ask.

Datasette 0.65.5 copies all of it, word for word, for every permission that it checks: twice for a
page of a table, 76 times for home. It changes only the top of the copy, where it puts dicts of its
own, so that the original may stand for it. For a table it then puts the names of all tables into
lower case, which took half of home's time; who may see one follows from the metadata alone.
"""

from functools import lru_cache
from typing import Any, Self

MOST_NAMES = 1_000
"""Names of tables that are remembered: a visitor may ask for any."""


class Still(dict[str, Any]):
    """A dict that is its own deep copy."""

    def __deepcopy__(self, memo: object) -> Self:
        """Give itself."""
        return self


def keep_still(datasette: Any) -> None:
    """Let the metadata of a Datasette be copied by reference; 1.0 does not copy it."""
    from datasette.plugins import pm  # Datasette is complete only by now

    metadata = getattr(datasette, "_metadata_local", None)
    if isinstance(metadata, dict):
        datasette._metadata_local = Still(metadata)
    read_rules = getattr(datasette, "_table_permission_allows", None)
    if read_rules and not pm.hook.get_metadata.get_hookimpls():  # they might change their mind
        datasette._table_permission_allows = lru_cache(MOST_NAMES)(read_rules)
