"""Loading while Datasette serves the same file: readers see whole articles, and never an error."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from bench.corpora import write_feeds

from datasets import ROOT
from feedsette import load_feeds

HALF_ARTICLES = """
select id from articles
where code_block_count <> (select count(*) from code_blocks where article_id = articles.id)
  or image_count <> (select count(*) from images where article_id = articles.id)
  or not exists (select 1 from articles_fts where rowid = articles.id)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[httpx.Client]:
    list(write_feeds(tmp_path / "feeds", 24, 6))
    load_feeds(tmp_path / "feeds", database=tmp_path / "content.db", detect=False)
    port = free_port()
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "datasette", "serve", str(tmp_path / "content.db"),
             "-m", str(ROOT / "metadata.yml"), "-p", str(port),
             "--setting", "sql_time_limit_ms", "10000"],
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as web:
            wait_for(web)
            yield web
    finally:
        server.kill()
        server.wait()


def wait_for(web: httpx.Client) -> None:
    for _ in range(300):
        try:
            web.get("/-/versions.json")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("Datasette did not start")


def test_readers_see_whole_articles_while_a_load_goes_on(site: httpx.Client, tmp_path: Path):
    list(write_feeds(tmp_path / "feeds", 120, 6, edited=3))
    loader = subprocess.Popen(
        [sys.executable, "-m", "feedsette", "load", str(tmp_path / "feeds"), "--quiet",
         "--no-detect", "--workers", "1", "-d", str(tmp_path / "content.db")],
        cwd=ROOT / "scripts",
    )  # fmt: skip
    counts = []
    while loader.poll() is None or len(counts) < 3:
        asked = site.get("/content.json", params={"sql": HALF_ARTICLES, "_shape": "array"})
        assert (asked.status_code, asked.json()) == (200, [])
        for page in ("/", "/content/articles", "/content/articles/1", "/content/search?q=ba"):
            assert site.get(page).status_code == 200, page
        counts.append(
            site.get("/content.json?sql=select+count(*)+from+articles&_shape=arrayfirst").json()[0]
        )
    assert loader.returncode == 0
    assert counts[-1] == 120
    assert counts == sorted(counts)
