"""Measure the site with wrk, beside stock Datasette without our plugin on the same file.

    python -m bench.serving DATABASE [--seconds 5] [--output FILE]

Needs wrk (https://github.com/wg/wrk) and a database that feedsette loaded. Both servers have the
file immutable, with inspect data, as `make publish-serve` does, and are asked in turns, one at a
time. The first request of a page is timed alone: what is remembered until the file changes, and
what the system has of the file in memory, helps the later ones. Articles are asked for at random.
A large file is asked for much in the background when ours starts, which is waited for: its time is
named, and would else be counted as that of the pages asked for meanwhile.
"""

import argparse
import csv
import os
import re
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bench.environments import ROOT, python_of
from bench.machines import describe_machine

CONNECTIONS = 4
WAIT_SECONDS = 60
STILL_SECONDS = 5
"""So long without work: a server's preparations are over."""
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_COUNT = re.compile(r"(\d+) requests in")
_P95 = re.compile(r"95%\s+([\d.]+)(us|ms|s|m)\b")
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, slots=True)
class Answer:
    """How fast a page came."""

    first: float
    """Milliseconds of the first request."""
    cpu: float
    """Milliseconds of the server's CPU time a request: all that counts on a busy machine."""
    rate: float
    """Requests a second."""
    p95: float
    """Milliseconds."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running Datasette."""

    url: str
    pid: int

    def cpu(self) -> float:
        """Milliseconds of CPU time so far (proc(5): utime and stime)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def settings() -> list[str]:
    """The settings of `make serve`, from the one place that has them."""
    text = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    line = next(line for line in text.splitlines() if line.startswith("SETTINGS :="))
    return line.partition(":=")[2].split()


@contextmanager
def inspected(database: Path) -> Iterator[Path]:
    """Inspect data of a database as it is now, until the block ends."""
    with TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "inspect-data.json"
        command = [python_of("feedsette"), "-m", "datasette", "inspect", database]
        subprocess.run([*command, "--inspect-file", path], check=True)
        yield path


@contextmanager
def serve(database: Path, environment: str, *options: str | Path) -> Iterator["Server"]:
    """Run Datasette on a free port until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python_of(environment), "-m", "datasette", "serve", "-i", database, *options]
    process = subprocess.Popen(
        [*map(str, command), *settings(), "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(f"{url}/-/versions.json")
        yield Server(url, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait(url: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            urllib.request.urlopen(url).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def prepared(server: Server) -> float:
    """Wait until a server has nothing to do of its own; gives the seconds of CPU that it took."""
    before, now = -1.0, server.cpu()
    while now - before > 100:  # asking nobody costs a little as well
        time.sleep(STILL_SECONDS)
        before, now = now, server.cpu()
    return now / 1000


def ask(server: Server, path: str, seconds: int) -> Answer | None:
    """Ask for a page as fast as it comes; None if the server answers with an error."""
    command = ["wrk", f"-c{CONNECTIONS}", "-t1", f"-d{seconds}s", "--timeout", "30s", "--latency"]
    script = Path(__file__).with_name("pages.lua")
    url, _, last = (server.url + path).partition("{1-")
    started = time.monotonic()
    with urllib.request.urlopen(url + last.rstrip("}")) as answer:
        answer.read()
    first = 1000 * (time.monotonic() - started)
    before = server.cpu()
    said = subprocess.run(
        [*command, "-s", str(script), url, "--", last.rstrip("}")],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    cpu = server.cpu() - before
    rate, p95, count = _RATE.search(said), _P95.search(said), _COUNT.search(said)
    if not rate or not p95 or not count or _BAD.search(said):
        return None
    return Answer(first, cpu / int(count[1]), float(rate[1]), float(p95[1]) * _UNITS[p95[2]])


def words(database: Path) -> tuple[str, str]:
    """A word that nearest to a third of the articles have, and one that very few have."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "select text from articles"
            " where id % max((select max(id) from articles) / 1000, 1) = 0 limit 1000"
        )
        texts = [set(re.findall(r"\b[a-z]{4,}\b", text or "")) for (text,) in rows]
    counts = Counter(word for text in texts for word in text)
    common = min(counts, key=lambda word: (abs(counts[word] - len(texts) / 3), word))
    return common, min(counts, key=lambda word: (counts[word], word))


def pages(database: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Names and paths of the pages that both servers have, and of those that only ours has."""
    common, rare = words(database)
    with closing(sqlite3.connect(database)) as connection:
        (last,) = connection.execute("select max(id) from articles").fetchone()
        (tag,) = connection.execute(
            "select name from tags order by article_count desc, name limit 1"
        ).fetchone()
    shared = {
        "table of articles": "/content/articles",
        "articles at random": f"/content/articles/{{1-{last}}}",
        "table of links, a facet": "/content/links?_facet=kind",
        "articles with a tag": "/content/articles?" + urlencode({"tags__arraycontains": tag}),
        "full-text search, common": "/content/articles?" + urlencode({"_search": common}),
        "full-text search, rare": "/content/articles?" + urlencode({"_search": rare}),
        "JSON of a table": "/content/articles.json?_shape=array&_size=100",
    }
    own = {
        "home": "/",
        "search, common": "/content/search?" + urlencode({"q": common}),
        "search, rare": "/content/search?" + urlencode({"q": rare}),
        "code search": "/content/search_code?" + urlencode({"q": f"= {common}("}),
    }
    return shared, own


def count_csv(url: str) -> tuple[int, float]:
    """Rows of the first download that home offers, and how many seconds it took."""
    with urllib.request.urlopen(url) as answer:
        (path,) = re.findall(r'href="([^"]+)">Articles as CSV', answer.read().decode())
    started = time.monotonic()
    with urllib.request.urlopen(url + unescape(path)) as answer:
        lines = (line.decode() for line in answer)
        rows = sum(1 for _ in csv.reader(lines)) - 1
    return rows, time.monotonic() - started


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    csv.field_size_limit(1_000_000_000)
    database = options.database.resolve()
    with closing(sqlite3.connect(database)) as connection:
        (articles,) = connection.execute("select count(*) from articles").fetchone()
    lines = [
        f"### Serving {articles:,} articles",
        "",
        f"{describe_machine()}; {CONNECTIONS} connections.",
        "",
        "| page | first ms | CPU ms | requests/s | p95 ms "
        "| stock: first ms | CPU ms | requests/s | p95 ms | speed by CPU |",
        "| --- |" + 9 * " ---: |",
    ]
    shared, own = pages(database)
    with (
        inspected(database) as data,
        serve(database, "feedsette", "--inspect-file", data, "-m", ROOT / "metadata.yml") as ours,
        serve(database, "stock", "--inspect-file", data) as stock,
    ):
        lines.insert(4, f"Before the first request ours took {prepared(ours):.0f} s of CPU.\n")
        for name, path in (shared | own).items():
            one = ask(ours, path, options.seconds)
            other = ask(stock, path, options.seconds) if name in shared else None
            lines.append(_row(name, one, other))
            print(lines[-1], flush=True)
        rows, seconds = count_csv(ours.url)
        lines += [
            "",
            f"CSV of all articles, as home offers it: {rows:,} of {articles:,} in {seconds:.0f} s.",
        ]
    text = "\n".join(lines) + "\n"
    print(text)
    if options.output:
        options.output.write_text(text, encoding="utf-8")


def _row(name: str, one: Answer | None, other: Answer | None) -> str:
    cells = [name, *_cells(one), *(_cells(other) if other else ("", "", "", ""))]
    cells.append(f"{other.cpu / one.cpu:.2f} ×" if one and other else "")
    return f"| {' | '.join(cells)} |"


def _cells(answer: Answer | None) -> tuple[str, str, str, str]:
    if answer is None:
        return ("failed", "", "", "")
    return (f"{answer.first:.0f}", f"{answer.cpu:.1f}", f"{answer.rate:.1f}", f"{answer.p95:.0f}")


if __name__ == "__main__":
    main()
