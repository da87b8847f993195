"""metadata.yml in memory, in a form that is cheap to copy.

Datasette 0.65.5 copies all of it, word for word, for every permission that it checks: twice for a
page of a table, 76 times for home. It changes only the top of the copy, where it puts dicts of its
own, so that the original may stand for it.
"""

from typing import Any, Self


class Still(dict[str, Any]):
    """A dict that is its own deep copy."""

    def __deepcopy__(self, memo: object) -> Self:
        """Give itself."""
        return self


def keep_still(datasette: Any) -> None:
    """Let the metadata of a Datasette be copied by reference; 1.0 does not copy it."""
    metadata = getattr(datasette, "_metadata_local", None)
    if isinstance(metadata, dict):
        datasette._metadata_local = Still(metadata)
