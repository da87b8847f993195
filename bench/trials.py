"""The trials: each makes its corpora, runs its commands in turns, and gives a table."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench import contestants
from bench.contestants import Contestant, Job, serve_folder
from bench.corpora import write_feeds
from bench.measures import Measure, least, measure, middle

PER_FEED = 12
LARGE = 200_000
TINY_FEEDS = 200
GIANT = 4_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What is asked for, and where to work."""

    folder: Path
    articles: int
    rounds: int
    large: bool = False
    python: Path = Path(sys.executable)
    """That of feedsette's own environment."""

    def corpus(self, name: str, articles: int, per_feed: int = PER_FEED, edited: int = 0) -> Path:
        """A folder of feeds, made once."""
        folder = self.folder / name
        if not folder.exists():
            for path in write_feeds(folder, articles, per_feed, edited=edited):
                # a whole second, as HTTP has it, and old, so that no server calls it fresh
                os.utime(path, (1_700_000_000 + edited, 1_700_000_000 + edited))
        return folder

    def job(self, folder: Path, server: str = "") -> Job:
        """A new database for a folder of feeds."""
        urls, database = self.folder / "urls.txt", self.folder / "content.db"
        remove_database(database)
        feeds = sorted(folder.glob("*.xml"))
        urls.write_text("".join(f"{server}/{path.name}\n" for path in feeds))
        return Job(folder, urls, database, self.python)

    def in_turns(self, runs: Sequence[Callable[[], Measure]]) -> list[Measure]:
        """Run them all, round after round; gives the medians in the same order."""
        return [middle(measures) for measures in self.all_in_turns(runs)]

    def all_in_turns(self, runs: Sequence[Callable[[], Measure]]) -> list[tuple[Measure, ...]]:
        """Run them all, round after round; gives every round's measure, in the same order."""
        rounds = [[run() for run in runs] for _ in range(self.rounds)]
        return list(zip(*rounds, strict=True))


def remove_database(path: Path) -> None:
    """Remove a database file with its write-ahead log."""
    for suffix in ("", "-wal", "-shm", ".search", ".search-wal", ".search-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def raw_html(database: Path) -> int:
    """Bytes of HTML that a database of ours holds."""
    with closing(sqlite3.connect(database)) as connection:
        (size,) = connection.execute(
            "select sum(length(cast(html as blob))) from articles"
        ).fetchone()
    return int(size)


def file_size(path: Path) -> int:
    """Bytes of a database with its log."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    return path.stat().st_size


def compare_peers(bench: Bench) -> Table:
    """All sides load the same feeds."""
    folder = bench.corpus("plain", bench.articles)
    with serve_folder(folder) as server:
        runs = [_first_load(bench, one, folder, server) for one in contestants.ALL]
        taken = dict(zip(contestants.ALL, bench.all_in_turns(runs), strict=True))
    ours = (taken[contestants.OURS], taken[contestants.COMPILED])
    return Table(
        f"{bench.articles:,} articles in feeds of {PER_FEED}, first load",
        (
            "", "CPU ms/article, median", "feedsette's CPU is", "compiled's",
            "least", "feedsette's least is", "compiled's", "wall s", "peak MB",
        ),
        tuple(
            (
                one.name,
                *_beside(bench, middle(took), [middle(side) for side in ours]),
                *_beside(bench, least(took), [least(side) for side in ours]),
                f"{middle(took).wall:.1f}",
                f"{middle(took).peak:.0f}",
            )
            for one, took in taken.items()
        ),
        f"{bench.rounds} rounds, in turns. What other programs take of a machine only adds to a "
        "time, so the least is nearest to what the work itself costs.",
    )  # fmt: skip


def _beside(bench: Bench, side: Measure, ours: Sequence[Measure]) -> tuple[str, ...]:
    """A side's milliseconds an article, and what part of them each of ours takes."""
    milliseconds = f"{side.cpu / bench.articles * 1000:.2f}"
    return milliseconds, *(f"{one.cpu / side.cpu:.2f} ×" for one in ours)


def _first_load(
    bench: Bench, one: Contestant, folder: Path, server: str = ""
) -> Callable[[], Measure]:
    return lambda: measure(one.command(bench.job(folder, server)))


def compare_reloads(bench: Bench) -> Table:
    """The same files again, and files in which one article in twenty was edited."""
    before = bench.corpus("plain", bench.articles)
    after = bench.corpus("edited", bench.articles, edited=20)
    kept = bench.folder / "kept.db"
    # where a file lies is what it is known by, so the edited ones take the place of the others
    place = bench.folder / "place"

    def first() -> Measure:
        _replace(place, before)
        job = bench.job(place)
        took = measure(contestants.OURS.command(job))
        file_size(job.database)
        shutil.copy(job.database, kept)
        return took

    def again(folder: Path) -> Measure:
        _replace(place, folder)
        job = bench.job(place)
        shutil.copy(kept, job.database)
        return measure(contestants.OURS.command(job))

    taken = bench.in_turns([first, lambda: again(before), lambda: again(after)])
    names = ("first load", "unchanged files", "one article in twenty edited")
    return Table(
        f"{bench.articles:,} articles loaded again",
        ("", "CPU s", "of the first load"),
        tuple(
            (name, f"{took.cpu:.2f}", f"{took.cpu / taken[0].cpu:.3f} ×")
            for name, took in zip(names, taken, strict=True)
        ),
    )


def _replace(place: Path, folder: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place)


def compare_refreshes(bench: Bench) -> Table:
    """200 feeds over HTTP, and once more when none has changed."""
    folder = bench.corpus("feeds", TINY_FEEDS * PER_FEED)
    with serve_folder(folder) as server:

        def first() -> Measure:
            return measure(contestants.OVER_HTTP.command(bench.job(folder, server)))

        def again() -> Measure:
            database = bench.folder / "content.db"
            start = contestants.OVER_HTTP.command(Job(folder, folder, database, bench.python))[:-1]
            start[start.index("load")] = "refresh"
            return measure(start)

        taken = bench.in_turns([first, again])
    return Table(
        f"{TINY_FEEDS} feeds over HTTP, refreshed when none has changed",
        ("", "CPU s", "of the first"),
        tuple(
            (name, f"{took.cpu:.2f}", f"{took.cpu / taken[0].cpu:.3f} ×")
            for name, took in zip(("first", "refresh"), taken, strict=True)
        ),
    )


def compare_sizes(bench: Bench) -> Table:
    """The cost of an article in ever larger databases; each once."""
    sizes = [200, 2_000, 20_000, *([LARGE] if bench.large else [])]
    rows = []
    for size in sizes:
        job = bench.job(bench.corpus(f"of-{size}", size))
        took = measure(contestants.OURS.command(job))
        rows.append(
            (
                f"{size:,} articles",
                f"{took.cpu / size * 1000:.2f}",
                f"{took.wall / size * 1000:.2f}",
                f"{took.peak:.0f}",
                f"{file_size(job.database) / raw_html(job.database):.2f} ×",
            )
        )
        shutil.rmtree(job.folder)
    header = ("", "CPU ms/article", "wall ms/article", "peak MB", "content.db / raw HTML")
    return Table("Growth", header, tuple(rows))


def compare_giant(bench: Bench) -> Table:
    """One document with very many articles; and very many documents with one article."""
    giant = bench.corpus("giant", GIANT, per_feed=GIANT)
    (document,) = giant.glob("*.xml")
    size = document.stat().st_size / 1e6
    rows = []
    for name, folder in (
        (f"{GIANT:,} articles in one feed of {size:.0f} MB", giant),
        (f"{GIANT:,} feeds of one article", bench.corpus("tiny", GIANT, per_feed=1)),
    ):
        job = bench.job(folder)
        command = [*contestants.OURS.command(job), "--max-size", "500"]
        took = measure(command)
        shape = f"{took.peak * 1.048576 / size:.1f} ×" if folder == giant else ""
        rows.append((name, f"{took.cpu / GIANT * 1000:.2f}", f"{took.peak:.0f}", shape))
    header = ("", "CPU ms/article", "peak MB", "memory / document")
    return Table("Extreme shapes", header, tuple(rows))


def compare_bytes(bench: Bench) -> Table:
    """What content.db consists of."""
    job = bench.job(bench.corpus("plain", bench.articles))
    measure(contestants.OURS.command(job))
    whole, html = file_size(job.database), raw_html(job.database)
    with closing(sqlite3.connect(job.database)) as connection:
        parts = connection.execute(
            "select name, sum(pgsize) from dbstat group by 1 order by 2 desc limit 20"
        ).fetchall()
    rows = [("content.db", f"{whole / 1e6:.1f}", f"{whole / html:.2f} ×")]
    rows += [(name, f"{size / 1e6:.1f}", f"{size / html:.2f} ×") for name, size in parts]
    return Table("Size", ("", "MB", "of the raw HTML"), tuple(rows))
