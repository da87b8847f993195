"""feedsette from Python: for notebooks, scripts and other programs. All of it is public."""

from collections.abc import Callable
from os import PathLike, fspath
from typing import Any

from feedsette.clocks import utc_now
from feedsette.executors import open_executor
from feedsette.loading import Trip
from feedsette.sources import SourceOptions
from feedsette.store import Load, OnArticle, open_database

Source = str | PathLike[str]


def load_feeds(
    *sources: Source,
    database: Source = "content.db",
    on_article: OnArticle | None = None,
    on_load: Callable[[Load], None] | None = None,
    workers: int | None = 1,
    detect: bool = True,
    **options: Any,
) -> list[Load]:
    """Load feeds into a database, as `feedsette load` does.

    sources: files, folders, globs, URLs, OPML or text lists.
    on_article: called as `on_article(db, article_id, article)` for every article that is new or
        has changed, inside the transaction that writes it: what it writes through `db`, a
        sqlite_utils.Database, is saved with the article or not at all. What it raises ends the
        load; the documents before are saved.
    on_load: called with every Load as it happens.
    workers: processes that parse and flatten; None for one per core. Above 1 a script needs the
        usual `if __name__ == "__main__":` (multiprocessing's documentation says why).
    options: fields of feedsette.sources.SourceOptions, such as force=True or allow_private=True.

    Returns a Load for each document, in the order of the sources; where something was wrong,
    is_flawed is true and message says what (status is "failed" if nothing could be read). Raises
    FeedsetteError in one line if the database cannot be used, ValueError for an unfit option.
    """
    found = SourceOptions(clock=utc_now, **options)
    loads = []
    with (
        open_database(fspath(database), clock=utc_now, on_article=on_article) as opened,
        open_executor(workers) as executor,
    ):
        for load in Trip(opened, found, executor, detect=detect).load([fspath(s) for s in sources]):
            loads.append(load)
            if on_load:
                on_load(load)
    return loads
