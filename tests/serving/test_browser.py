"""The site in a real browser: home → search → article → code → tag → CSV, on a desk and a phone.

Fails on an error in the console, a request to a foreign host that is not an article's picture, a
broken link, or text that runs out of its box. An axe-core run is part of it where axe.min.js is
named by AXE or stands in node_modules.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from datasets import QUERIES, ROOT

pytest.importorskip("playwright", reason="needs playwright, of the extra dev")
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
]  # fmt: skip
AXE = Path(os.environ.get("AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
SIZES = {"desk": (1280, 900), "phone": (375, 760), "narrow": (320, 640)}
PAGES = (
    "/",
    "/content",
    "/content/articles",
    "/content/articles?_view=table",
    "/content/articles?_search=a&language__not=xx",
    "/content/articles/{article}",
    "/content/search?q={word}",
    "/content/search?q=xyzzyx+->",
    "/content/search_sections?q={word}",
    "/content/search_code?q={code}",
    "/content/code_blocks",
    "/content/links",
    "/content/images",
    "/content/tags",
    "/content/tags/1",
    "/content/authors/1",
    "/content/feeds/1",
    "/content/links/100000",
    "/content/code_blocks/{listing}",
    "/content/article_list",
    "/content/publishing_calendar",
    "/content?sql=select+title%2C+url+from+articles",
    "/content/nothing-here",
)
OVERFLOWS = """() => {
  const page = document.documentElement;
  const found = [];
  for (const e of document.querySelectorAll("body *")) {
    const style = getComputedStyle(e);
    if (style.display === "inline" || style.clipPath !== "none" || e.closest("svg, .cm-editor")) {
      continue;
    }
    const spills = style.overflowX === "visible" && e.clientWidth && e.scrollWidth > e.clientWidth + 1;
    const beyond = page.scrollWidth > page.clientWidth
      && e.getBoundingClientRect().right > page.clientWidth + 1;
    if (spills || beyond) found.push([e.scrollWidth, e.clientWidth, e.outerHTML.slice(0, 150)]);
  }
  return found.slice(-3);
}"""
"""Elements whose content is wider than they are, or that stand beyond the page's edge; what
scrolls may hold more than it shows.
"""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM and not os.environ.get("CI"), reason="needs chromium, or its path in CHROMIUM"
    ),
    # Playwright's own event loop, closed by its garbage collector
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def serve(path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(path), "-p", str(port)]
    command += ["-m", str(ROOT / "metadata.yml"), "--setting", "suggest_facets", "off"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address)
            yield address
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urlopen(address, timeout=30).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


@pytest.fixture(scope="module")
def sample_site(sample_path: Path) -> Iterator[str]:
    yield from serve(sample_path)


@pytest.fixture(scope="module")
def odd_site(odd_path: Path) -> Iterator[str]:
    yield from serve(odd_path)


@pytest.fixture(scope="module")
def attack_site(attack_path: Path) -> Iterator[str]:
    yield from serve(attack_path)


@pytest.fixture(scope="module")
def empty_site(empty_path: Path) -> Iterator[str]:
    yield from serve(empty_path)


class Watch:
    """A page with everything that went wrong on it. Pictures of feeds are never really fetched."""

    def __init__(self, browser: Browser, size: str, scheme: str = "light") -> None:
        width, height = SIZES[size]
        self.page: Page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        self.wrongs: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.wrongs.append(f"error: {error}"))
        self.page.on("request", self._see)
        self.page.route(lambda url: not url.startswith("http://127.0.0.1"), _answer_nothing)

    def _hear(self, message: ConsoleMessage) -> None:
        # chromium logs a page that answers 404; that it does is what the test asks for
        if message.type == "error" and "404 (Not Found)" not in message.text:
            self.wrongs.append(f"console: {message.text} {message.location}")

    def _see(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host not in (None, "127.0.0.1") and request.resource_type != "image":
            self.wrongs.append(f"request: {request.resource_type} {request.url}")

    def visit(self, address: str) -> None:
        self.page.goto(address, wait_until="load")
        self.check(address)

    def check(self, name: str) -> None:
        assert not self.wrongs, (name, self.wrongs)
        wide = self.page.evaluate(OVERFLOWS)
        assert not wide, (name, self.page.viewport_size, wide)


def _answer_nothing(route: object) -> None:
    route.fulfill(status=200, content_type="image/gif", body="")  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_walk(browser: Browser, sample_site: str, size: str) -> None:
    watch = Watch(browser, size)
    page = watch.page
    watch.visit(sample_site)
    page.get_by_label("Search articles, sections and code").last.fill("database")
    page.locator(".big-find button").click()
    page.wait_for_url("**/content/search?q=database")
    watch.check("search")
    assert page.locator("mark").count() > 2
    page.locator(".results h2 a").first.click()
    page.wait_for_url("**/content/articles/*")
    watch.check("article")
    page.goto(f"{sample_site}/content/articles/2")
    page.locator(".beside a[href^='#code-']").nth(1).click()
    assert page.evaluate("location.hash") == "#code-1"
    assert "CREATE INDEX" in page.locator("#code-1").inner_text()
    watch.check("code")
    page.locator(".article header .tag").first.click()
    page.wait_for_url("**/content/tags/*")
    watch.check("tag")
    page.get_by_role("link", name="Table, SQL, facets").click()
    watch.check("articles")
    with page.expect_download() as download:
        page.get_by_role("link", name="All rows as CSV").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert lines[0].startswith("id,feed_id")
    assert len(lines) > 1
    assert not watch.wrongs
    page.close()


def addresses(site: str) -> list[str]:
    words = {"article": "2", "word": "database", "code": "select", "listing": "200000"}
    return [site + page.format(**words) for page in PAGES]


@pytest.mark.parametrize("name", ["sample_site", "odd_site", "empty_site"])
def test_nothing_runs_out_of_its_box(
    browser: Browser, request: pytest.FixtureRequest, name: str
) -> None:
    watch = Watch(browser, "desk")
    site = request.getfixturevalue(name)
    extra = [f"{site}/content/articles/{number}" for number in range(1, 6)]
    for address in addresses(site) + extra:
        watch.page.goto(address, wait_until="load")
        for width, height in SIZES.values():
            watch.page.set_viewport_size({"width": width, "height": height})
            watch.check(address)
    watch.page.close()


@pytest.mark.parametrize(
    "style", ["width: 50px", "margin-left: 99%", "position: relative; left: 99%"]
)
def test_what_runs_out_of_its_box_is_seen(browser: Browser, empty_site: str, style: str) -> None:
    watch = Watch(browser, "phone")
    watch.visit(f"{empty_site}/content/feeds")
    watch.page.evaluate(
        """style => document.querySelector("main").insertAdjacentHTML(
          "beforeend", `<p style="overflow-wrap: normal; ${style}">${"w".repeat(40)}</p>`)""",
        style,
    )
    with pytest.raises(AssertionError):
        watch.check("a word that is too long")
    watch.page.close()


CHARTS = [name for name, query in QUERIES.items() if query.get("fragment")]


def test_charts_are_drawn(browser: Browser, sample_site: str) -> None:
    pytest.importorskip("datasette_vega", reason="needs datasette-vega")
    watch = Watch(browser, "desk")
    # the sample has one language only, and datasette-vega draws nothing of a single row
    pages = [f"/content/{n}#{QUERIES[n]['fragment']}" for n in CHARTS if n != "languages"]
    assert len(pages) > 4
    pages.append("/content/tag_months#" + QUERIES["publishing_calendar"]["fragment"])
    for page in pages:
        watch.page.goto("about:blank")  # from one fragment to another, nothing would be loaded
        watch.visit(sample_site + page)
        watch.page.wait_for_function(INK)
        watch.check(page)
    watch.page.close()


INK = """() => {
  const canvas = document.querySelector(".vega-embed canvas");
  if (!canvas || !canvas.width) return false;
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return data.some((value, index) => index % 4 < 2 && value > 0 && value < 100);
}"""
"""True if a chart has dark marks, not an empty frame only."""


def test_attacks_run_nothing_and_load_nothing(browser: Browser, attack_site: str) -> None:
    watch = Watch(browser, "desk")
    extra = [f"{attack_site}/content/articles/{number}" for number in range(1, 31)]
    extra += [f"{attack_site}/content/search?q=window", f"{attack_site}/content/search_code?q=scr"]
    for address in addresses(attack_site) + extra:
        watch.visit(address)
        assert watch.page.evaluate("window.attacked") is None, address
        assert watch.page.url.startswith(attack_site), address
    watch.page.close()


def test_the_keyboard_reaches_the_content(browser: Browser, sample_site: str) -> None:
    watch = Watch(browser, "desk")
    watch.visit(f"{sample_site}/content/articles/2")
    watch.page.keyboard.press("Tab")
    assert watch.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    watch.page.keyboard.press("Enter")
    assert watch.page.evaluate("document.activeElement.id") == "main"
    watch.page.close()


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(browser: Browser, sample_site: str, size: str, scheme: str) -> None:
    if not AXE.exists() and not os.environ.get("CI"):
        pytest.skip("needs axe-core: npm install axe-core, or its axe.min.js named by AXE")
    watch = Watch(browser, size, scheme)
    code = AXE.read_text("utf-8")
    for address in addresses(sample_site):
        watch.page.goto(address, wait_until="load")
        watch.page.evaluate(f"(() => {{ {code} }})()")
        found = watch.page.evaluate(
            """async () => (await axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}))
              .violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))])"""
        )
        assert not found, (address, found)
    watch.page.close()
