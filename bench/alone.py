"""Run a command and learn what it took, whatever the size of the process that asks.

Linux counts for a new process what its parent held when it began (ru_maxrss of getrusage(2)
outlives exec), so what pytest begins seems as large as pytest. This file is run between them.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command and its children did."""

    code: int
    """Its exit code, or minus the signal that ended it."""
    seconds: float
    """Of CPU."""
    megabytes: float
    """Of the largest of them, at its peak."""


def run_alone(command: list[str], said: Path, folder: Path | None = None) -> Usage:
    """Run a command to its end; what it says goes into the file `said`."""
    usage = said.with_suffix(".json")
    with said.open("wb") as stream:
        subprocess.run(
            [sys.executable, __file__, usage, *command],
            cwd=folder,
            stdout=stream,
            stderr=subprocess.STDOUT,
            check=True,
        )
    return Usage(*json.loads(usage.read_text()))


def main() -> None:
    """Be the process between: argv holds the file for the Usage, then the command."""
    path, *command = sys.argv[1:]
    _, status, usage = os.wait4(os.posix_spawnp(command[0], command, os.environ), 0)
    seconds = usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    Path(path).write_text(json.dumps([code, seconds, usage.ru_maxrss / 1000]))


if __name__ == "__main__":
    main()
