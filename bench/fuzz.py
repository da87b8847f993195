"""Fuzz the whole trip, bytes → database: `python -m bench.fuzz 100000 --seed 0 --workers 2`.

Each case is a document made by mutations.py, read as standard input by the very loader that a user
runs, into a database in memory. A finding is a traceback (also one that the loader turned into a
failed load), a hang of more than SECONDS, a process that outgrows MEGABYTES, or a row that breaks
what design.md promises of it (invariants.py). Findings are written into the folder --out.
"""

import argparse
import io
import resource
import signal
import socket
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from bench.invariants import broken_promises
from bench.mutations import make_case, read_seeds
from feedsette.errors import FeedsetteError
from feedsette.executors import InlineExecutor
from feedsette.flattening import flatten_feed
from feedsette.loading import Trip
from feedsette.parsing import parse_document
from feedsette.records import Document, Known
from feedsette.sources import SourceOptions
from feedsette.store import Database, open_database

SECONDS = 10
MEGABYTES = 500
ROUND = 250
"""Cases that share a database: enough that feeds meet their own earlier versions."""
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


Round = Future[tuple[list["Trouble"], float, Counter[str]]]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a case did that it must not do."""

    number: int
    what: str


class TooSlow(BaseException):
    """Raised by the alarm; no `except Exception` on the way may swallow it."""


def run_round(first: int, count: int, out: str | None) -> tuple[list[Trouble], float, Counter[str]]:
    """Run `count` cases from number `first`; the findings, the slowest, what became of all."""
    _shut_network()
    signal.signal(signal.SIGPROF, _raise_too_slow)
    seeds = read_seeds()
    found: list[Trouble] = []
    slowest, fates = 0.0, Counter[str]()
    with open_database(":memory:", clock=lambda: NOW) as database:
        for number in range(first, first + count):
            content = make_case(number, seeds)
            started = time.perf_counter()
            troubles = list(try_case(database, content, fates))
            slowest = max(slowest, time.perf_counter() - started)
            found += [Trouble(number, what) for what in troubles]
            if troubles and out:
                _keep(Path(out), content, troubles)
        damage = [finding for finding in database.check() if finding.severity == "error"]
        found += [Trouble(first, f"check: {finding}") for finding in damage]
    if _peak_megabytes() > MEGABYTES:
        found.append(Trouble(first, f"memory: {_peak_megabytes():.0f} MB by the end of this round"))
    return found, slowest, fates


def try_case(database: Database, content: bytes, fates: Counter[str]) -> Iterator[str]:
    """Load one document; yields what went wrong."""
    options = SourceOptions(
        stdin=io.BytesIO(content), retries=0, clock=lambda: NOW, sleep=lambda _: None
    )
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of CPU: the machine may be busy
    try:
        loads = list(Trip(database, options, InlineExecutor(), detect=False).load(["-"]))
    except FeedsetteError:
        fates["refused"] += 1
        return
    except TooSlow as error:
        yield f"hang: {_place(error)}"
        return
    except Exception as error:  # noqa: BLE001 — whatever comes is what we are looking for
        yield f"traceback: {type(error).__name__}: {error} at {_place(error)}"
        return
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    for load in loads:
        fates[load.status] += 1
        if load.message and "bug in feedsette" in load.message:
            yield f"traceback: {_retrace(content) or load.message}"
        if load.message and "\n" in load.message:
            yield f"message of several lines: {load.message!r}"
        if load.id and load.status == "loaded":
            yield from broken_promises(database.connection, load.id)


def _retrace(content: bytes) -> str | None:
    try:
        flatten_feed(parse_document(Document("-", content, NOW)), Known(), None)
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {str(error)[:200]} at {_place(error)}"
    return None


def _place(error: BaseException) -> str:
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "feedsette" in frame.filename and "bench" not in frame.filename
    ]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def _raise_too_slow(*_: object) -> None:
    raise TooSlow


def _shut_network() -> None:
    """Lists and web pages name addresses, which a fuzzer must not visit."""

    def refuse(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no network while fuzzing")

    socket.getaddrinfo = refuse  # type: ignore[assignment]


def _peak_megabytes() -> float:
    scale = 1_000_000 if sys.platform == "darwin" else 1_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def _keep(folder: Path, content: bytes, troubles: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = sha256(content).hexdigest()[:12]
    (folder / f"{name}.bin").write_bytes(content)
    (folder / f"{name}.txt").write_text("\n".join(troubles) + "\n", "utf-8", "backslashreplace")


def _tell(jobs: list[Round], kinds: Counter[str], started: float) -> None:
    """Print each new kind of finding, and now and then how far it is."""
    fates, slowest = Counter[str](), 0.0
    for number, job in enumerate(jobs, 1):
        found, slow, became = job.result()
        slowest, fates = max(slowest, slow), fates + became
        for trouble in found:
            kind = trouble.what[:110]
            kinds[kind] += 1
            if kinds[kind] == 1:
                print(f"case {trouble.number}: {trouble.what[:400]}", flush=True)
        if number % 10 == 0 or number == len(jobs):
            seconds = time.perf_counter() - started
            done = f"{number * ROUND:,} cases in {seconds:.0f} s, {dict(fates)}"
            print(f"{done}, slowest {slowest:.2f} s, {kinds.total()} findings", flush=True)


def main() -> None:
    """Run, print a summary, exit 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cases", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=0, help="number of the first case")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", help="folder for findings")
    asked = parser.parse_args()
    kinds, started = Counter[str](), time.perf_counter()
    with ProcessPoolExecutor(asked.workers, mp_context=get_context("spawn")) as pool:
        firsts = range(asked.seed, asked.seed + asked.cases, ROUND)
        jobs = [pool.submit(run_round, first, ROUND, asked.out) for first in firsts]
        _tell(jobs, kinds, started)
    for kind, count in kinds.most_common():
        print(f"{count:7,}  {kind}")
    sys.exit(1 if kinds else 0)


if __name__ == "__main__":
    main()
