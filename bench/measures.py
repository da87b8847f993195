"""Run a command and measure it: CPU time, wall time and peak memory, its own children included."""

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
PLAIN_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a command took."""

    cpu: float
    """Seconds, of all its processes."""
    wall: float
    """Seconds."""
    peak: float
    """Megabytes, of the largest of its processes."""


class CommandError(Exception):
    """A command of the bench ended with an error; nothing can be measured."""


def measure(command: Sequence[str | Path], folder: Path | None = None) -> Measure:
    """Run a command to its end; raises CommandError with what it said."""
    _adopt_orphans()
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=os.environ | PLAIN_ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    # wait4 counts this child and those it waited for, and not the server that runs beside it
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    usages = [usage, *_usages_of_orphans(process.pid)]
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandError(f"{' '.join(map(str, command))[:300]}\n{said.decode()[-2000:]}")
    cpu = sum(one.ru_utime + one.ru_stime for one in usages)
    took = Measure(cpu, wall, max(one.ru_maxrss for one in usages) / 1024)
    print(f"{took.cpu:8.2f} s CPU {took.wall:8.2f} s {_name(command)}", file=sys.stderr, flush=True)
    return took


def _adopt_orphans() -> None:
    """Make processes ours whose parent ended: Python's fork server outlives its load."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _usages_of_orphans(group: int) -> Iterator[resource.struct_rusage]:
    """What processes of a command's group took that it did not wait for."""
    while True:
        try:
            yield os.wait4(-group, 0)[2]
        except ChildProcessError:
            return


def _name(command: Sequence[str | Path]) -> str:
    return " ".join(Path(part).name for part in command)[:100]


def least(measures: Sequence[Measure]) -> Measure:
    """The least of each figure; of peak memory the largest."""
    return Measure(
        min(one.cpu for one in measures),
        min(one.wall for one in measures),
        max(one.peak for one in measures),
    )


def middle(measures: Sequence[Measure]) -> Measure:
    """The median of each figure; of peak memory the largest."""
    return Measure(
        median(one.cpu for one in measures),
        median(one.wall for one in measures),
        max(one.peak for one in measures),
    )
