"""What a person sees of a load: a bar on a terminal, plain lines in a pipe. rich lives here.

Problems go to stderr as `location: reason`, whatever else is shown.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from feedsette.store import Load
from feedsette.wording import in_one_line, legible

if TYPE_CHECKING:
    from rich.progress import Progress


class Reporter(Protocol):
    """Is shown every Load as it happens."""

    def show(self, load: Load) -> None:
        """Show one."""


class QuietReporter:
    """Problems on stderr, nothing else."""

    def show(self, load: Load) -> None:
        """Print what was wrong."""
        if load.is_flawed:
            print(problem_line(load), file=sys.stderr, flush=True)


class LineReporter(QuietReporter):
    """A line per document on stdout; problems on stderr."""

    def show(self, load: Load) -> None:
        """Print what became of one document."""
        if load.status != "failed":
            print(f"{legible(load.shown_as or load.location)}: {outcome_words(load)}", flush=True)
        super().show(load)


class BarReporter:
    """One line that moves, and the problems above it."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None, counts="")
        self._done = self._new = self._changed = self._failed = 0

    def show(self, load: Load) -> None:
        """Move the bar by one document."""
        self._done += 1
        self._new += load.new or 0
        self._changed += load.changed or 0
        self._failed += load.status == "failed"
        if load.is_flawed:
            self._progress.console.print(
                problem_line(load), markup=False, highlight=False, soft_wrap=True
            )
        counts = f"{self._done} feeds · {self._new} new · {self._changed} changed"
        if self._failed:
            counts += f" · {self._failed} failed"
        self._progress.update(self._task, completed=self._done, counts=counts)


@contextmanager
def open_reporter(*, quiet: bool) -> Iterator[Reporter]:
    """Choose the way to show a load: quiet, a bar if stderr is a terminal, else lines."""
    if quiet:
        yield QuietReporter()
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if console.is_terminal:
        columns = SpinnerColumn(), TextColumn("{task.fields[counts]}"), TimeElapsedColumn()
        with Progress(*columns, console=console, transient=True) as progress:
            yield BarReporter(progress)
    else:
        yield LineReporter()


def problem_line(load: Load) -> str:
    """`location: reason`, in one line whatever the reason holds."""
    return f"{legible(load.shown_as or load.location)}: {in_one_line(load.message or 'failed')}"


def outcome_words(load: Load) -> str:
    """Say what a document brought: `12 articles: 2 new, 1 changed, 9 unchanged`."""
    if load.status != "loaded":
        return load.status.replace("_", " ")
    parts = [(load.new, "new"), (load.changed, "changed"), (load.unchanged, "unchanged"),
             (load.removed, "removed"), (load.skipped, "skipped")]  # fmt: skip
    told = ", ".join(f"{count} {word}" for count, word in parts if count)
    return f"{counted(load.entries or 0, 'article')}{': ' + told if told else ''}"


def summary_words(loads: Iterable[Load]) -> str:
    """One line over all documents."""
    done = list(loads)
    new, changed = (sum(getattr(load, name) or 0 for load in done) for name in ("new", "changed"))
    failed = sum(load.status == "failed" for load in done)
    flawed = sum(load.is_flawed for load in done) - failed
    tail = f", {failed} failed" if failed else ""
    tail += f", {flawed} with problems" if flawed else ""
    articles = f"{counted(new, 'new article')}, {changed:,} changed"
    return f"{counted(len(done), 'document')}: {articles}{tail}"


def counted(number: int, noun: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
