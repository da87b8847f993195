"""Pull the plug: `python -m bench.kills 50` kills a load of 200 feeds (-9) at random moments.

After each kill the files are as the crash left them: `check` must find no error, and loading once
more must complete the database, equal to one that was never interrupted, table by table.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.corpora import write_feeds
from feedsette.schema import TABLES
from feedsette.store import open_database

EPOCH = "1767323045"
"""The clock of every load, so that two databases can be equal."""
LOGS = {"loads", "fetches"}
NUMBERS = {"load_id"}
"""Columns that count loads, of which an interrupted database has more."""


@dataclass(frozen=True, slots=True)
class Field:
    """Feeds to load, what they give without interruption, and how long that takes."""

    folder: Path
    whole: dict[str, list[tuple[object, ...]]]
    seconds: float


def prepare(folder: Path, articles: int, per_feed: int, workers: int = 1) -> Field:
    """Write the feeds and load them undisturbed."""
    list(write_feeds(folder / "feeds", articles, per_feed))
    started = time.perf_counter()
    load(folder / "feeds", folder / "whole.db", workers).wait()
    seconds = time.perf_counter() - started
    return Field(folder / "feeds", rows_of(folder / "whole.db"), seconds)


def load(feeds: Path, database: Path, workers: int) -> "subprocess.Popen[bytes]":
    """Start the command; it leads a group of its own, so that its workers can be killed too."""
    words = ["load", str(feeds), "-d", str(database), "-q", "--no-detect"]
    return subprocess.Popen(
        [sys.executable, "-m", "feedsette", *words, "--workers", str(workers)],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table but the logs."""
    with open_database(path, read_only=True) as database:
        return {
            table.name: database.connection.execute(
                "select {} from {} order by rowid".format(
                    ", ".join(f'"{name}"' for name in table.column_names if name not in NUMBERS),
                    table.name,
                )
            ).fetchall()
            for table in TABLES
            if table.name not in LOGS
        }


def kill_once(field: Field, database: Path, after: float, workers: int) -> tuple[int, list[str]]:
    """Kill a load after so many seconds; how many feeds stood, and what was wrong then."""
    running = load(field.folder, database, workers)
    time.sleep(after)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    wrong: list[str] = []
    stood = 0
    if database.exists() and database.stat().st_size:
        with open_database(database) as opened:
            wrong += [str(one) for one in opened.check() if one.severity == "error"]
            (stood,) = opened.connection.execute("select count(*) from feeds").fetchone()
    code = load(field.folder, database, 1).wait()
    if code:
        wrong.append(f"the next load ended with {code}")
    after_all = rows_of(database)
    wrong += [f"{name} differs" for name, rows in field.whole.items() if after_all[name] != rows]
    return stood, wrong


def main() -> None:
    """Kill, compare, and say how it went; exit 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("times", type=int, default=50, nargs="?")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    stood, wrong = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        field = prepare(folder, 2000, 10)
        for number in range(asked.times):
            after = chance.uniform(0.2, field.seconds)
            database = folder / "killed" / "content.db"
            database.parent.mkdir()
            count, faults = kill_once(field, database, after, 1 + number % 2)
            shutil.rmtree(database.parent)
            stood.append(count)
            wrong += bool(faults)
            if faults:
                print(f"after {after:.2f} s, {count} feeds: {'; '.join(faults)}", flush=True)
    moments = sum(1 for count in stood if 0 < count < 200)
    print(f"{asked.times} kills, {moments} in the midst of it ({sorted(stood)}), {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
