"""What machines do to a load: kills, full disks, read-only folders, clocks, other loaders."""

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bench.kills import kill_once, prepare, rows_of

from datasets import document, feed, item
from feedsette import waiting
from feedsette.errors import StoreError
from feedsette.executors import InlineExecutor
from feedsette.loading import Trip
from feedsette.sources import SourceOptions
from feedsette.store import open_database
from feedsette.waiting import BATCH_DOCUMENTS
from tables import ask, read_tables

COMMAND = [sys.executable, "-m", "feedsette"]


def write_blogs(folder: Path, count: int, size: int = 2000) -> Path:
    folder.mkdir()
    for number in range(count):
        site = f"https://blog-{number}.example"
        items = [
            item(f"{number} {n}", html="word " * (size // 5), link=f"{site}/{n}") for n in range(3)
        ]
        (folder / f"{number:03}.xml").write_text(feed(*items, site=site))
    return folder


def load(path: Path, *sources: Path, now: datetime | None = None) -> list[str]:
    clock = (lambda: now) if now else (lambda: datetime.now(UTC))
    with open_database(path, clock=clock) as database:
        trip = Trip(database, SourceOptions(clock=clock), InlineExecutor(), detect=False)
        return [done.status for done in trip.load([str(source) for source in sources])]


def errors(path: Path) -> list[str]:
    with open_database(path, read_only=True) as database:
        return [finding.detail for finding in database.check() if finding.severity == "error"]


def test_killed_at_any_moment(tmp_path: Path) -> None:
    field = prepare(tmp_path, 60, 3)
    chance = random.Random(8)
    for number in range(2):
        database = tmp_path / str(number) / "content.db"
        database.parent.mkdir()
        after = chance.uniform(field.seconds * 0.4, field.seconds)
        _, wrong = kill_once(field, database, after, 1 + number % 2)
        assert wrong == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if not mount or os.geteuid() != 0:
        pytest.skip("mounting a small tmpfs takes root")
    words = [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine allows no mounts")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_one_line_and_harms_nothing(small_disk: Path, tmp_path: Path) -> None:
    feeds = write_blogs(tmp_path / "feeds", 60, 30_000)
    path = small_disk / "content.db"
    words = [*COMMAND, "load", str(feeds), "-d", str(path), "-q", "--no-detect", "--workers", "1"]
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    (line,) = result.stderr.splitlines()
    assert "disk" in line
    held = ask(path, "select count(*) from feeds")[0][0]
    assert 0 < held < 60
    assert errors(path) == []
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert "failed" not in load(path, feeds)
    assert ask(path, "select count(*) from articles") == [(180,)]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    feeds = write_blogs(tmp_path / "feeds", 1)
    if os.geteuid() == 0:
        folder = Path("/proc")  # root may write anywhere else
    else:
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o555)
    words = [*COMMAND, "load", str(feeds), "-d", str(folder / "content.db"), "-q"]
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "folder" in result.stderr or "permission" in result.stderr


def test_few_file_descriptors(tmp_path: Path) -> None:
    feeds = write_blogs(tmp_path / "feeds", 40)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))

    words = [*COMMAND, "load", str(feeds), "-d", str(tmp_path / "content.db"), "-q", "--no-detect"]
    result = subprocess.run(words, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert (result.returncode, result.stderr) == (0, "")
    assert ask(tmp_path / "content.db", "select count(*) from feeds") == [(40,)]


def test_a_clock_that_goes_backwards(tmp_path: Path) -> None:
    feeds = write_blogs(tmp_path / "feeds", 2)
    path = tmp_path / "content.db"
    now = datetime(2026, 1, 2, tzinfo=UTC)
    load(path, feeds, now=now)
    before = read_tables(path)
    assert load(path, feeds, now=now - timedelta(days=400)) == ["unchanged"] * 2
    edited = (feeds / "000.xml").read_text().replace("word word", "other word")
    (feeds / "000.xml").write_text(edited)
    assert load(path, feeds, now=now - timedelta(days=300)) == ["loaded", "unchanged"]
    assert errors(path) == []
    after = read_tables(path)
    assert [row["removed_at"] for row in after["articles"]] == [None] * 6
    assert {row["last_seen"] for row in before["feeds"]} == {"2026-01-02T00:00:00+00:00"}


def test_two_loaders_at_once_lose_nothing(tmp_path: Path) -> None:
    one, two = write_blogs(tmp_path / "a", 20), tmp_path / "b"
    two.mkdir()
    for number in range(20, 40):
        link = f"https://blog-{number}.example"
        (two / f"{number}.xml").write_text(feed(item("x", link=f"{link}/1"), site=link))
    path = tmp_path / "content.db"
    words = [*COMMAND, "load", "-d", str(path), "-q", "--no-detect", "--workers", "1"]
    running = [subprocess.Popen([*words, str(folder)]) for folder in (one, two, one)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert ask(path, "select count(*), count(distinct feed_key) from feeds") == [(40, 40)]
    assert ask(path, "select count(*) from articles") == [(80,)]
    assert errors(path) == []


def test_a_file_that_somebody_else_makes_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "content.db"
    open_database(path).close()
    maker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    maker.execute("pragma journal_mode = delete")
    maker.execute("begin immediate")
    with pytest.raises(StoreError, match="is locked by another process; try again"):
        open_database(path, busy_seconds=0.05)
    release = threading.Timer(0.3, maker.close)
    release.start()
    open_database(path).close()
    release.join()


def test_a_loader_that_waits_too_long_says_so(tmp_path: Path) -> None:
    path = tmp_path / "content.db"
    with open_database(path), open_database(path, busy_seconds=0.05) as second:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("begin immediate")
        with pytest.raises(StoreError, match="is locked by another process; try again"):
            second.save_unchanged(document(feed(item("a"))))
        holder.execute("rollback")
        holder.close()


def test_power_loss_between_writes(tmp_path: Path) -> None:
    """The file and its log copied at any moment, as a disk would hold them."""
    feeds = write_blogs(tmp_path / "feeds", 30)
    path = tmp_path / "content.db"
    copies = 0
    with open_database(path) as database:
        trip = Trip(database, SourceOptions(), InlineExecutor(), detect=False)
        for number, _ in enumerate(trip.load([str(feeds)])):
            if number % 5:
                continue
            copy = tmp_path / f"copy-{number}" / "content.db"
            copy.parent.mkdir()
            for suffix in ("", "-wal"):  # without -shm, which is memory
                shutil.copy(f"{path}{suffix}", f"{copy}{suffix}")
            assert ask(copy, "select count(*) from feeds")[0][0] > number
            assert errors(copy) == []
            copies += 1
    assert copies == 6


def test_a_torn_log_loses_the_last_transaction_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "BATCH_SECONDS", 60.0)  # so that there are three
    feeds = write_blogs(tmp_path / "feeds", 2 * BATCH_DOCUMENTS + 8)
    path = tmp_path / "content.db"
    with open_database(path) as database:
        trip = Trip(database, SourceOptions(), InlineExecutor(), detect=False)
        list(trip.load([str(feeds)]))
        torn = tmp_path / "torn" / "content.db"
        torn.parent.mkdir()
        shutil.copy(path, torn)
        log = Path(f"{path}-wal").read_bytes()
        Path(f"{torn}-wal").write_bytes(log[: len(log) - 5000])
    assert errors(torn) == []
    assert ask(torn, "select count(*) from feeds") == [(2 * BATCH_DOCUMENTS,)]
    assert "failed" not in load(torn, feeds)
    whole = {name: len(rows) for name, rows in rows_of(path).items()}
    assert {name: len(rows) for name, rows in rows_of(torn).items()} == whole


def test_interrupting_says_what_is_done(tmp_path: Path) -> None:
    feeds = write_blogs(tmp_path / "feeds", 1_000, 20_000)
    path = tmp_path / "content.db"
    words = [*COMMAND, "load", str(feeds), "-d", str(path), "--no-detect", "--workers", "1"]
    pipe = subprocess.PIPE
    # what a shell starts in the background ignores interrupts, and so do all that it starts
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True) as run:
        signal.signal(signal.SIGINT, before)
        assert run.stdout is not None
        assert run.stderr is not None
        guard = threading.Timer(300, run.kill)
        guard.start()
        for _ in range(3):
            run.stdout.readline()
        run.send_signal(signal.SIGINT)
        said = run.stdout.read() + run.stderr.read()
        code = run.wait()
        guard.cancel()
    assert code == 130, said[-2_000:]
    assert "Traceback" not in said
    assert "stopped; what was loaded is saved" in said
    assert errors(path) == []
    assert 3 <= ask(path, "select count(*) from feeds")[0][0] < 1_000


def test_a_corrupt_page_is_named_with_the_way_out(tmp_path: Path) -> None:
    feeds = write_blogs(tmp_path / "feeds", 5, 20_000)
    path = tmp_path / "content.db"
    load(path, feeds)
    content = bytearray(path.read_bytes())
    size = 4096
    for page in range(8, len(content) // size, 3):
        content[page * size : page * size + 100] = b"\xff" * 100
    path.write_bytes(content)
    words = [*COMMAND, "check", "-d", str(path)]
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    said = result.stdout + result.stderr
    assert result.returncode == 1
    assert "Traceback" not in said
    assert "move the file away and load the feeds again" in said
