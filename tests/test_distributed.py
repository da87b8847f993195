"""A real Dask cluster on this machine: a scheduler and two workers, one of them killed at work."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="needs the extra distributed")

from bench.corpora import write_feeds

from tables import read_tables

SCRIPTS = str(Path(__file__).parent.parent / "scripts")
ENVIRONMENT = {**os.environ, "PYTHONPATH": SCRIPTS, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


def start(folder: Path, name: str, *words: str) -> "subprocess.Popen[bytes]":
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
            env=ENVIRONMENT, stdout=log, stderr=log,
        )  # fmt: skip


def wait_for(log: Path, pattern: str) -> str:
    for _ in range(600):
        found = re.search(pattern, log.read_text("utf-8", "replace"))
        if found:
            return found[0]
        time.sleep(0.1)
    raise TimeoutError(log.read_text("utf-8", "replace"))


@pytest.fixture
def cluster(tmp_path: Path) -> "Iterator[tuple[str, list[subprocess.Popen[bytes]]]]":
    processes = [
        start(tmp_path, "scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0",
              "--no-dashboard")
    ]  # fmt: skip
    try:
        address = wait_for(tmp_path / "scheduler.log", r"tcp://127\.0\.0\.1:\d+")
        for name in ("one", "two"):
            processes.append(
                start(tmp_path, name, "worker", address, "--nthreads", "1", "--no-nanny",
                      "--no-dashboard", "--local-directory", str(tmp_path / name))
            )  # fmt: skip
            wait_for(tmp_path / f"{name}.log", "Registered to")
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def feedsette(*words: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "feedsette", *map(str, words), "--quiet", "--no-detect"],
        env={**ENVIRONMENT, "SOURCE_DATE_EPOCH": "1767323045"},
    )


def test_a_cluster_that_loses_a_worker_makes_the_same_database(
    tmp_path: Path, cluster: "tuple[str, list[subprocess.Popen[bytes]]]"
):
    address, workers = cluster
    feeds = tmp_path / "feeds"
    list(write_feeds(feeds, 400, 8))
    alone = feedsette("load", feeds, "-d", tmp_path / "alone.db", "--workers", 1)
    assert alone.wait(120) == 0
    together = feedsette("load", feeds, "-d", tmp_path / "cluster.db", "--scheduler", address)
    for _ in range(600):
        if (tmp_path / "cluster.db").exists() and together.poll() is None:
            break
        time.sleep(0.05)
    workers[0].send_signal(signal.SIGKILL)
    assert together.wait(300) == 0
    assert read_tables(tmp_path / "cluster.db") == read_tables(tmp_path / "alone.db")
