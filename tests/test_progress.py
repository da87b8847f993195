"""What a person sees: lines in a pipe, a moving line on a real terminal."""

import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from datasets import SAMPLE, feed, item
from feedsette.progress import counted, outcome_words, problem_line, summary_words
from feedsette.store import Load

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("load", "words"),
    [
        (Load(NOW, "a", "unchanged"), "unchanged"),
        (Load(NOW, "a", "not_modified"), "not modified"),
        (Load(NOW, "a", "loaded", entries=0), "0 articles"),
        (Load(NOW, "a", "loaded", entries=1, new=1), "1 article: 1 new"),
        (
            Load(NOW, "a", "loaded", entries=1200, new=1, changed=2, unchanged=3, removed=4,
                 skipped=5),
            "1,200 articles: 1 new, 2 changed, 3 unchanged, 4 removed, 5 skipped",
        ),
    ],
)  # fmt: skip
def test_outcome_words(load: Load, words: str):
    assert outcome_words(load) == words


def test_a_problem_is_one_line_whatever_it_holds():
    load = Load(NOW, "feed.xml", "failed", message="is\nbroken\n\tin  places")
    assert problem_line(load) == "feed.xml: is broken in places"


def test_the_summary_counts_documents_and_articles():
    loads = [Load(NOW, "a", "loaded", new=2, changed=1), Load(NOW, "b", "failed")]
    assert summary_words(loads) == "2 documents: 2 new articles, 1 changed, 1 failed"
    assert counted(1, "feed") == "1 feed"


def run_on_a_terminal(folder: Path, *words: str) -> str:
    mine, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "feedsette", "load", *words, "-d", str(folder / "content.db")],
        stdout=theirs, stderr=theirs, cwd=Path(__file__).parent.parent / "scripts",
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(mine, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not piece:
            break
        shown += piece
    process.wait()
    os.close(mine)
    return shown.decode()


def test_a_terminal_shows_a_moving_line(tmp_path: Path):
    shown = run_on_a_terminal(tmp_path, str(SAMPLE), "missing.xml")
    assert "2 feeds · 13 new · 0 changed · 1 failed" in shown
    assert "missing.xml: no such file" in shown
    assert "content.db: 2 documents: 13 new articles, 0 changed, 1 failed\r\n" in shown
    assert shown.rstrip().splitlines()[-1].startswith("To browse it: ")


def test_a_terminal_shows_problems_in_one_line_each_however_narrow(tmp_path: Path):
    source = tmp_path / "flawed.xml"
    source.write_text(feed(item("One", published="the day before yesterday"), item("Two")))
    shown = run_on_a_terminal(tmp_path, str(source))
    assert (
        f"{source}: 1 date is unusable (“One”: “the day before yesterday”): it is kept in "
        "published_raw\r\n"
    ) in shown
