"""Take pictures of every page, in light and dark, on a desk and on a phone.

    python docs/screenshots.py FOLDER [content.db] [WORD]
    python docs/screenshots.py --readme

Without a database, the sample feed is loaded. WORD is what the search pages look for. With
`--readme`, the four pictures of the README are taken anew, of the sample. Needs chromium (found by
its usual names, or its path in CHROMIUM).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAGES = {
    "home": "/",
    "articles": "/content/articles",
    "article": "/content/articles/{article}",
    "edited": "/content/articles/{edited}",
    "search": "/content/search?q={word}",
    "search-empty": "/content/search?q=xyzzyx+%26%26",
    "search-code": "/content/search_code?q={code}",
    "tag": "/content/tags/{tag}",
    "feed": "/content/feeds/1",
    "code": "/content/code_blocks",
    "links": "/content/links",
    "images": "/content/images",
    "table": "/content/article_list",
    "row": "/content/links/{link}",
    "query": "/content/publishing_calendar",
    "database": "/content",
    "missing": "/content/articles/999999",
}
README = {"home": 900, "article": 780, "search": 760, "code": 760}
"""The pictures of the README and their heights; all are 1280 pixels wide."""
WORDS = {"word": "database", "code": "select", "article": "2", "edited": "7", "tag": "1"}
SIZES = {"desk": (1280, 900), "phone": (360, 760)}


@contextmanager
def serve(database: Path) -> Iterator[str]:
    """Run Datasette on a free port of this machine and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(database)]
    command += ["-m", str(ROOT / "metadata.yml"), "-p", str(port), "--setting"]
    command += ["suggest_facets", "off"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, at most 30 seconds."""
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urlopen(address, timeout=10).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start")


def take(address: str, folder: Path, words: dict[str, str]) -> None:
    """Save one PNG for every page, size and colour scheme."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                for name, path in PAGES.items():
                    page.goto(address + path.format(**words), wait_until="load")
                    page.screenshot(
                        path=folder / f"{name}-{size}-{scheme}.png", full_page=size == "phone"
                    )
                page.close()
        browser.close()


def take_for_readme(address: str) -> None:
    """Save the four pictures that README.md shows."""
    folder = ROOT / "docs" / "screenshots"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(color_scheme="light")
        for name, height in README.items():
            page.set_viewport_size({"width": 1280, "height": height})
            page.goto(address + PAGES[name].format(**WORDS), wait_until="load")
            page.screenshot(path=folder / f"{name}.png")
            shrink(folder / f"{name}.png")
        browser.close()


def shrink(picture: Path) -> None:
    """Halve a picture's size with pngquant, where that is installed."""
    if program := shutil.which("pngquant"):
        options = ["--force", "--skip-if-larger", "--quality", "80-98", "--output", str(picture)]
        subprocess.run([program, *options, str(picture)], check=False)


def load_sample(folder: Path) -> Path:
    """Load the feed that stands in this repository."""
    database = folder / "content.db"
    load = [sys.executable, "-m", "feedsette", "load", str(ROOT / "feeds" / "sample.xml")]
    subprocess.run([*load, "-d", str(database)], check=True)
    return database


def main() -> None:
    """Serve the database and take the pictures."""
    with tempfile.TemporaryDirectory() as temporary:
        if sys.argv[1:] == ["--readme"]:
            with serve(load_sample(Path(temporary))) as address:
                take_for_readme(address)
            return
        folder, *rest = sys.argv[1:]
        Path(folder).mkdir(parents=True, exist_ok=True)
        database = Path(rest[0]) if rest else load_sample(Path(temporary))
        words = {**WORDS, "link": "200000", "word": rest[1] if len(rest) > 1 else WORDS["word"]}
        with serve(database) as address:
            take(address, Path(folder), words)


if __name__ == "__main__":
    main()
