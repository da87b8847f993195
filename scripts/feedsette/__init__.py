"""feedsette turns RSS, Atom and JSON feeds into a dataset that people explore with Datasette.

from feedsette import load_feeds

load_feeds("https://example.com/feed.xml", "saved-feeds/", database="content.db")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feedsette.api import load_feeds as load_feeds
    from feedsette.errors import FeedsetteError as FeedsetteError
    from feedsette.rows import Article as Article
    from feedsette.store import Load as Load

__version__ = "0.1.0"
__all__ = ["Article", "FeedsetteError", "Load", "__version__", "load_feeds"]

_HOMES = {
    "load_feeds": "feedsette.api",
    "FeedsetteError": "feedsette.errors",
    "Article": "feedsette.rows",
    "Load": "feedsette.store",
}


def __getattr__(name: str) -> Any:
    # late, because Datasette imports the package for its pages only, and should start fast
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
