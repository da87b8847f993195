"""Where documents are parsed and flattened: here, in other processes, or on a cluster.

All three are `concurrent.futures.Executor`, so that loading.py knows only that interface.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from feedsette.errors import FeedsetteError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.context import BaseContext

P = ParamSpec("P")
T = TypeVar("T")

SERVER_AFTER, POOL_AFTER = 250_000, 750_000
"""Bytes that are worked on in this process before others get ready, and before they work.

To get ready takes half a second of another core, about as long as flattening what lies between the
two: a small load does without, and a large one does not wait.
"""


class InlineExecutor(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Call fn now; an exception is kept in the future, as a pool does."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future hands every error to its reader
            future.set_exception(error)
        return future


class GrowingExecutor(Executor):
    """Runs in this process until POOL_AFTER bytes were submitted, then in `workers` others.

    The first positional argument of every call must have the attribute `content` (bytes).
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._bytes = 0
        self._inline = InlineExecutor()
        self._context: BaseContext | None = None
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Call fn here or in the pool."""
        self._bytes += len(cast(Any, args[0]).content)
        if self._context is None and self._bytes > SERVER_AFTER:
            self._context = _start_method()
        if self._bytes <= POOL_AFTER:
            return self._inline.submit(fn, *args, **kwargs)
        try:
            return self._started().submit(fn, *args, **kwargs)
        except BrokenExecutor:  # one of its processes was killed: what comes now gets a new pool
            self.shutdown(wait=False)
            self._pool = None
            return self._started().submit(fn, *args, **kwargs)

    def _started(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=self._context, initializer=_begin_work
            )
        return self._pool

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop the other processes, if there are any."""
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _start_method() -> "BaseContext":
    """How to start processes. Not by fork: this one has threads (fetching), and that deadlocks.

    A server that has imported all is forked instead, so that this is paid once and not by each. It
    begins to import here, and nobody waits for it before the first process is wanted.
    """
    from multiprocessing import get_all_start_methods, get_context

    if "forkserver" not in get_all_start_methods():  # Windows
        return get_context("spawn")
    from multiprocessing import forkserver

    context = get_context("forkserver")
    context.set_forkserver_preload(["feedsette.flattening.listings.detection", "feedsette.parsing"])
    forkserver.ensure_running()
    return context


def _begin_work() -> None:
    """What each of the other processes does first."""
    _give_way()
    Thread(target=_end_with_parent, daemon=True).start()


def _give_way() -> None:
    """Let the process that writes go first where there are not cores enough for all.

    There is one of it, so the load lasts as long as it takes; two workers beside it on two cores
    made that a tenth longer. No more than that: where other programs run, too, workers that are
    nicer than these hardly run at all.
    """
    if hasattr(os, "nice"):
        os.nice(3)


def _end_with_parent() -> None:
    """Without this a worker outlives a load that was killed (out of memory): it waits for ever."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def default_workers() -> int:
    """As many as this process may use cores."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def open_executor(workers: int | None, scheduler: str | None = None) -> Iterator[Executor]:
    """Give the executor that a load asks for; stops it afterwards.

    Raises FeedsetteError if a scheduler is named but dask.distributed is missing or unreachable.
    """
    if scheduler:
        with _cluster(scheduler) as executor:
            yield executor
        return
    count = default_workers() if workers is None else workers
    executor = GrowingExecutor(count) if count > 1 else InlineExecutor()
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        message = f"{address}: a scheduler needs `pip install 'feedsette[distributed]'`"
        raise FeedsetteError(message) from error
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise FeedsetteError(f"{address}: no Dask scheduler answers there: {error}") from error
    with client:
        # a worker that dies is no fault of the task: try it on the others
        yield client.get_executor(retries=3)
