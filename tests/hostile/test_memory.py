"""Servers that send as much as they may, all at once."""

import gzip
import sys
from contextlib import ExitStack
from pathlib import Path

from bench.alone import run_alone

from datasets import feed, item
from servers import FeedServer, reply

HOSTS = 16
MEGABYTES = 500


def test_sixteen_servers_that_send_as_much_as_they_may(tmp_path: Path) -> None:
    """Each 31 MB, of which its gzip is 30 KB: 496 MB if all of them were held at once."""
    with ExitStack() as stack:
        urls = []
        for number in range(HOSTS):
            content = feed(item("x"), site=f"https://{number}.example").encode()
            body = gzip.compress(content + b" " * (31 * 2**20), 6)
            routes = {"/feed": reply(body, Content_Encoding="gzip")}
            server = stack.enter_context(FeedServer(routes, f"127.0.0.{number + 2}"))
            urls.append(server.url("/feed"))
        code, said, megabytes = load(tmp_path, urls)
    assert (code, said) == (0, "")
    assert megabytes < MEGABYTES


def load(folder: Path, urls: list[str]) -> tuple[int, str, float]:
    """Load, in one process; exit code, what it said, and its peak of memory."""
    (folder / "urls.txt").write_text("\n".join(urls))
    words = ["load", "urls.txt", "-q", "--allow-private", "--no-detect", "--workers", "1"]
    said = folder / "said.txt"
    took = run_alone([sys.executable, "-m", "feedsette", *words], said, folder)
    return took.code, said.read_text(), took.megabytes
