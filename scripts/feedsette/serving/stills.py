"""metadata.yml in memory, in a form that is cheap to copy.

Datasette 0.65.5 copies all of it, word for word, for every permission that it checks: twice a
page, which took a third of the time of a page. Only the copy is changed, and only near the top, so
descriptions of columns and saved queries may be the same objects in every copy.
"""

from typing import Any, Self

_LARGE = ("columns", "queries")


class Still(dict[str, Any]):
    """A dict that is its own copy."""

    def __deepcopy__(self, memo: object) -> Self:
        """Give itself."""
        return self


def keep_still(datasette: Any) -> None:
    """Put the large parts of the metadata of a Datasette into Stills; 1.0 does not copy them."""
    metadata = getattr(datasette, "_metadata_local", None) or {}
    databases = [config for config in _values(metadata, "databases") if isinstance(config, dict)]
    tables = [table for config in databases for table in _values(config, "tables")]
    for part in (*databases, *tables):
        for name in _LARGE:
            if isinstance(part, dict) and isinstance(part.get(name), dict):
                part[name] = Still(part[name])


def _values(part: dict[str, Any], name: str) -> list[Any]:
    found = part.get(name)
    return list(found.values()) if isinstance(found, dict) else []
