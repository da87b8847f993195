"""What is said when all is loaded: the sum, and what to type next, as it can be pasted."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from feedsette.progress import counted, summary_words
from feedsette.store import Load
from feedsette.wording import legible


def closing_lines(
    loads: Sequence[Load], database: Path, dry_run: bool, *, is_new: bool, not_asked: int = 0
) -> Iterator[str]:
    """The last lines of a load; `is_new` if there was no such database before.

    not_asked: how many feeds a refresh left for later.
    """
    dry = " (dry run: nothing was written)" if dry_run else ""
    yield legible(f"{database}: {summary_words(loads)}{dry}")
    if not_asked:
        yield f"{counted(not_asked, 'feed')} not asked: fresh, told us to wait, or gone for good"
    if is_new and not dry_run and any(done.new for done in loads):
        yield legible(f"To browse it: {serving_words(database)}")


def serving_words(database: Path) -> str:
    """The command that serves a database, after the one that makes what it still lacks.

    A metadata.yml lies in many a folder: one is taken if it speaks of this database, and none is
    written over.
    """
    serve = f"{_program('datasette')} {shlex.quote(str(database))}"
    names = ("metadata.yml", f"{database.stem}-metadata.yml")
    named = next((name for name in names if _describes(Path(name), database.stem)), None)
    if named:
        return f"{serve} -m {shlex.quote(named)}"
    free = next((shlex.quote(name) for name in names if not Path(name).exists()), None)
    if free is None:
        return serve
    which = "" if database.name == "content.db" else f" -d {shlex.quote(str(database))}"
    return f"{_program('feedsette')} metadata{which} > {free} && {serve} -m {free}"


def _describes(metadata: Path, database: str) -> bool:
    import yaml  # late: once for each database

    try:
        found = yaml.safe_load(metadata.read_text(encoding="utf-8"))
        return database in found["databases"]
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError):
        return False


def _program(name: str) -> str:
    """What starts a program of this very environment: another one's datasette lacks our pages."""
    ours, found = Path(sys.executable).with_name(name), shutil.which(name)
    if not ours.exists():
        return name if found else f"{shlex.quote(sys.executable)} -m {name}"
    if found and Path(found).samefile(ours):
        return name
    near = os.path.relpath(ours)
    return shlex.quote(str(ours) if near.startswith(os.pardir) else near)
