"""The trip without a database: locations → documents → feeds → rows → Parquet, on every worker.

There is no single writer in the way, and so no identity over time either: no ids, no revisions, no
removals. For those who have a warehouse that does that.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from pathlib import Path

from feedsette.loading import flatten_document
from feedsette.messages import describe_flaws
from feedsette.publishing.partitions import require_pyarrow, write_partitions
from feedsette.records import Document, Failure, Known, shown_name
from feedsette.rows import Article
from feedsette.sources import SourceOptions, read_documents
from feedsette.waiting import WINDOW_DOCUMENTS


@dataclass(frozen=True, slots=True)
class Partition:
    """What became of a document; message says what was wrong with it."""

    location: str
    articles: int = 0
    message: str | None = None


def write_partition(document: Document, folder: Path, detect: bool) -> Partition:
    """Flatten a document and write its rows where this process runs."""
    name = shown_name(document.location)
    outcome = flatten_document(document, Known(), detect).outcome
    if isinstance(outcome, Failure):
        return Partition(name, message=outcome.reason)
    try:
        write_partitions(folder, document, outcome)
    except OSError as error:
        return Partition(name, message=f"{folder} cannot be written: {error.strerror}")
    articles = [one for one in outcome.articles if isinstance(one, Article)]
    return Partition(name, len(articles), describe_flaws(outcome, articles))


def write_parquet_dataset(
    locations: Sequence[str],
    folder: Path,
    options: SourceOptions,
    executor: Executor,
    *,
    detect: bool = True,
) -> Iterator[Partition]:
    """Write every location's rows below a folder that all workers share.

    Raises FeedsetteError if pyarrow is missing.
    """
    require_pyarrow()
    waiting: deque[tuple[str, Future[Partition]]] = deque()
    for found in read_documents(locations, options, {}):
        if isinstance(found, Document):
            future = executor.submit(write_partition, found, folder.resolve(), detect)
            waiting.append((shown_name(found.location), future))
        elif isinstance(found, Failure):
            yield Partition(shown_name(found.location), message=found.reason)
        while len(waiting) > WINDOW_DOCUMENTS:
            yield _result(*waiting.popleft())
    while waiting:
        yield _result(*waiting.popleft())


def _result(name: str, future: "Future[Partition]") -> Partition:
    try:
        return future.result()
    except BrokenExecutor:
        return Partition(name, message="the process that read it died; try it alone")
