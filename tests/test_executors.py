"""Where the work runs: here, in other processes, and when one of those is killed."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedsette.errors import FeedsetteError
from feedsette.executors import (
    POOL_AFTER,
    GrowingExecutor,
    InlineExecutor,
    default_workers,
    open_executor,
)

PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Work:
    content: bytes


def size_and_process(work: Work) -> tuple[int, int]:
    return len(work.content), os.getpid()


def niceness(_: Work) -> int:
    return os.nice(0)


def kill_own_process(work: Work) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_inline_runs_here_and_keeps_errors():
    executor = InlineExecutor()
    assert executor.submit(size_and_process, Work(b"ab")).result() == (2, os.getpid())
    with pytest.raises(ZeroDivisionError):
        executor.submit(lambda work: 1 / 0, Work(b"")).result()


def test_small_work_stays_here_and_large_work_moves_to_other_processes():
    with GrowingExecutor(2) as executor:
        small = executor.submit(size_and_process, Work(b"x" * 10))
        large = executor.submit(size_and_process, Work(b"x" * POOL_AFTER))
        assert small.result() == (10, os.getpid())
        size, process = large.result()
        assert (size, process != os.getpid()) == (POOL_AFTER, True)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no niceness")
def test_workers_give_way_to_the_one_that_writes():
    with GrowingExecutor(2) as executor:
        work = Work(b"x" * (POOL_AFTER + 1))
        assert executor.submit(niceness, work).result() == min(os.nice(0) + 3, 19)


STAY = """
import time
from feedsette.executors import POOL_AFTER, GrowingExecutor
from test_executors import Work, size_and_process

if __name__ == "__main__":
    executor = GrowingExecutor(2)
    for _ in range(3):
        size, _ = executor.submit(size_and_process, Work(b"x" * POOL_AFTER)).result()
    print(size, flush=True)
    time.sleep(60)
"""


def processes_of(session: int) -> list[str]:
    """The commands of a session's processes that live."""
    living = []
    for folder in PROCESSES.glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                living.append((folder / "cmdline").read_text().replace("\0", " "))
    return living


@pytest.mark.skipif(not PROCESSES.exists(), reason="this system does not list its processes")
def test_idle_workers_end_with_a_load_that_is_killed(tmp_path: Path):
    script = tmp_path / "load.py"
    script.write_text(STAY)
    paths = os.pathsep.join(path for path in sys.path if path)
    with subprocess.Popen(
        [sys.executable, script],
        env=os.environ | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as load:
        assert load.stdout
        assert load.stdout.readline().strip() == str(POOL_AFTER).encode()
        assert len(processes_of(load.pid)) > 2
        load.kill()
    deadline = time.monotonic() + 30
    while (left := processes_of(load.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []


GET_READY = """
import os
from feedsette.executors import SERVER_AFTER, GrowingExecutor
from test_executors import Work, processes_of, size_and_process

if __name__ == "__main__":
    executor = GrowingExecutor(2)
    for size in (SERVER_AFTER, 1):
        _, process = executor.submit(size_and_process, Work(b"x" * size)).result()
        servers = [one for one in processes_of(os.getsid(0)) if "multiprocessing" in one]
        print(process == os.getpid(), len(servers) > 0)
"""


@pytest.mark.skipif(not PROCESSES.exists(), reason="this system does not list its processes")
def test_others_get_ready_before_there_is_work_for_them(tmp_path: Path):
    script = tmp_path / "load.py"
    script.write_text(GET_READY)
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, script],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        start_new_session=True,
        check=True,
    )
    assert done.stdout.decode().splitlines() == ["True False", "True True"]


def test_a_killed_process_breaks_its_own_work_only():
    with GrowingExecutor(2) as executor:
        killed = executor.submit(kill_own_process, Work(b"x" * (POOL_AFTER + 1)))
        with pytest.raises(BrokenExecutor):
            killed.result()
        assert executor.submit(size_and_process, Work(b"later")).result()[0] == 5


@pytest.mark.parametrize(
    ("workers", "kind"), [(1, InlineExecutor), (2, GrowingExecutor), (None, GrowingExecutor)]
)
def test_open_executor(workers, kind):
    if workers is None and default_workers() == 1:
        kind = InlineExecutor
    with open_executor(workers) as executor:
        assert type(executor) is kind


def test_a_scheduler_that_is_not_there_is_one_clear_line():
    with (
        pytest.raises(FeedsetteError, match=r"tcp://127\.0\.0\.1:9: "),
        open_executor(1, "tcp://127.0.0.1:9"),
    ):
        pass
