"""Many readers while another copy is refreshed: `python -m bench.crowd --clients 8 --seconds 60`.

Serves a snapshot in a process of its own, asks it from so many threads as fast as it answers, and
meanwhile loads feeds into another database. Prints errors, answers a second, p95 and memory.
`--snapshot content.db` serves one that is there, of that name, with which the addresses begin; what
is loaded meanwhile is 2,000 articles still.
"""

import argparse
import http.client
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from bench.corpora import write_feeds
from feedsette.publishing import write_snapshot

TIMEOUT = 120
ROOT = Path(__file__).parent.parent
PATHS = (
    "/",
    "/content/articles/{n}",
    "/content/articles/{n}.json?_shape=array",
    "/content/search?q=server",
    "/content/recent_articles.json?_shape=array",
    "/content/links?_size=20",
    "/content/code_blocks?_size=20",
    "/-/feedsette.json",
)


def load(feeds: Path, database: Path) -> "subprocess.Popen[bytes]":
    words = ["load", str(feeds), "-d", str(database), "-q", "--no-detect", "--force"]
    return subprocess.Popen([sys.executable, "-m", "feedsette", *words])


def serve(snapshot: Path, port: int) -> "subprocess.Popen[bytes]":
    words = ["serve", "-i", str(snapshot), "-m", str(ROOT / "metadata.yml"), "-p", str(port)]
    settings = ["--setting", "sql_time_limit_ms", "1500", "--setting", "suggest_facets", "off"]
    return subprocess.Popen(
        [sys.executable, "-m", "datasette", *words, *settings],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def ask(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            ask(port, "/-/versions.json")
        except OSError:
            time.sleep(0.1)
        else:
            return


def visit(port: int, until: float, articles: int, seen: list[tuple[float, int, str]]) -> None:
    chance = random.Random(threading.get_ident())
    while time.perf_counter() < until:
        page = chance.choice(PATHS)
        path = page.format(n=chance.randint(1, articles))
        started = time.perf_counter()
        try:
            status = ask(port, path)
        except OSError:
            status = 0
        seen.append((time.perf_counter() - started, status, page))


def count_articles(snapshot: Path) -> int:
    with closing(sqlite3.connect(f"file:{snapshot}?mode=ro", uri=True)) as connection:
        (count,) = connection.execute("select count(*) from articles").fetchone()
    return int(count)


def resident(number: int) -> float:
    """Megabytes of a process."""
    lines = Path(f"/proc/{number}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


def main() -> None:
    """Measure; exit 1 if any request failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--snapshot", type=Path)
    parser.add_argument("--port", type=int, default=8765)
    asked = parser.parse_args()
    if asked.snapshot and asked.snapshot.name != "content.db":
        parser.error("--snapshot must be named content.db: the saved queries are of that database")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        list(write_feeds(folder / "feeds", asked.articles if not asked.snapshot else 2000, 20))
        load(folder / "feeds", folder / "content.db").wait()
        snapshot = asked.snapshot or folder / "snapshot" / "content.db"
        if not asked.snapshot:
            write_snapshot(folder / "content.db", snapshot)
        asked.articles = count_articles(snapshot)
        server = serve(snapshot, asked.port)
        try:
            wait_for(asked.port)
            report(asked, server.pid, folder)
        finally:
            server.terminate()
            server.wait()


def report(asked: argparse.Namespace, number: int, folder: Path) -> None:
    seen: list[tuple[float, int, str]] = []
    until = time.perf_counter() + asked.seconds
    visitors = [
        threading.Thread(target=visit, args=(asked.port, until, asked.articles, seen))
        for _ in range(asked.clients)
    ]
    for visitor in visitors:
        visitor.start()
    loads, memory = 0, [resident(number)]
    while time.perf_counter() < until:
        loads += load(folder / "feeds", folder / "content.db").wait() == 0
        memory.append(resident(number))
    for visitor in visitors:
        visitor.join()
    times = sorted(seconds for seconds, _, _ in seen)
    failed = Counter((status, page) for _, status, page in seen if status != 200)
    print(
        f"{asked.clients} clients, {asked.seconds:.0f} s, {loads} refreshes: {len(seen):,} answers"
        f" ({len(seen) / asked.seconds:.0f}/s), {failed.total()} failed,"
        f" p50 {times[len(times) // 2]:.3f} s, p95 {times[int(len(times) * 0.95)]:.3f} s,"
        f" memory {memory[0]:.0f} to {max(memory):.0f} MB"
    )
    for (status, page), count in failed.most_common():
        print(f"{count:6,}  {status} {page}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
