"""Sweep the feeds under a folder and print what was found in each: to find our own errors.

    python -m bench.corpus FOLDER [--expect FILE.tsv] [--workers N] [--detect]

Prints a TSV: a line for every feed and one for all, refusals with their reason. `--expect` names a
TSV with the column `path` (below FOLDER; a column `repo` is put before it) and any of the counts;
`expected_entries` stands for entries, and an empty cell says nothing. Exit code 1 if a count
differs, or if a file took longer than SECONDS or more than MEGABYTES.
"""

import argparse
import csv
import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from feedsette.errors import SourceError
from feedsette.loading import flatten_document
from feedsette.records import Failure, Known
from feedsette.rows import Article, FlatFeed
from feedsette.sources import SourceOptions
from feedsette.sources.copies import Found
from feedsette.sources.files import list_folder, read_document

SECONDS = 10
MEGABYTES = 500
COUNTS = (
    "entries", "articles", "skipped", "sections", "words", "code_blocks", "languages", "links",
    "images", "embeds", "problems",
)  # fmt: skip
HEADER = ("path", *COUNTS, "seconds", "note")


class TooLongError(BaseException):
    """A file took more than its time; no `except Exception` on the way may keep it."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one file gave. Counts are empty for a file that was refused; the note says why."""

    path: str
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    megabytes: int = 0
    """What the process had grown by, at its peak."""
    note: str = ""
    refused: bool = False

    @property
    def excess(self) -> str:
        """Which bound was exceeded, if any."""
        if self.seconds >= SECONDS:
            return f"{self.path}: took {self.seconds:.0f} s, more than {SECONDS}"
        if self.megabytes > MEGABYTES:
            return f"{self.path}: took {self.megabytes} MB, more than {MEGABYTES}"
        return ""

    def cells(self) -> list[str]:
        """A row under HEADER."""
        counts = [str(self.counts.get(name, "")) for name in COUNTS]
        note = f"refused: {self.note}" if self.refused else self.note
        return [self.path, *counts, f"{self.seconds:.2f}", note]


def sweep(folder: Path, workers: int = 1, *, detect: bool = False) -> Iterator[Swept]:
    """Read every feed under a folder, in the order of their paths."""
    found = sorted(list_folder(folder, SourceOptions()), key=lambda one: one.path)
    read = partial(sweep_file, folder=folder, detect=detect)
    if workers == 1:
        yield from map(read, (Path(one.path) for one in found))
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(read, [Path(one.path) for one in found], chunksize=4)


def sweep_file(path: Path, *, folder: Path, detect: bool = False) -> Swept:
    """Read one file within SECONDS."""
    name = str(path.relative_to(folder))
    try:
        document = read_document(Found(str(path)), SourceOptions())
    except SourceError as error:
        return Swept(name, note=str(error), refused=True)
    before = _peak_megabytes()
    previous = signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    try:
        flattened = flatten_document(document, Known(), detect)
    except TooLongError:
        return Swept(name, seconds=float(SECONDS), note="took too long", refused=True)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)
    grown = _peak_megabytes() - before
    if isinstance(flattened.outcome, Failure):
        reason = flattened.outcome.reason
        return Swept(name, {}, flattened.seconds, grown, reason, refused=True)
    counts = count(flattened.outcome)
    return Swept(name, counts, flattened.seconds, grown, flattened.outcome.message or "")


def count(flat: FlatFeed) -> dict[str, int]:
    """The rows of one document, by COUNTS; problems are links with one."""
    articles = [article for article in flat.articles if isinstance(article, Article)]
    blocks = [block for article in articles for block in article.code_blocks]
    links = [link for article in articles for link in article.links]
    return {
        "entries": len(articles) + flat.skipped_count,
        "articles": len(articles),
        "skipped": flat.skipped_count,
        "sections": sum(len(article.sections) for article in articles),
        "words": sum(article.word_count for article in articles),
        "code_blocks": len(blocks),
        "languages": sum(block.language is not None for block in blocks),
        "links": len(links),
        "images": sum(len(article.images) for article in articles),
        "embeds": sum(len(article.embeds) for article in articles),
        "problems": sum(link.problem is not None for link in links),
    }


def total(swept: Iterable[Swept]) -> Swept:
    """All files in one row."""
    counts, seconds, feeds, refused = Counter[str](), 0.0, 0, 0
    for one in swept:
        counts.update(one.counts)
        seconds += one.seconds
        feeds += not one.refused
        refused += one.refused
    sums = {name: counts[name] for name in COUNTS}
    return Swept("total", sums, seconds, note=f"{feeds} feeds, {refused} refused")


def read_expected(path: Path) -> dict[str, dict[str, int]]:
    """Counts by path, of the cells that are numbers."""
    expected: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            row["entries"] = row.get("entries") or row.get("expected_entries") or ""
            name = "/".join(filter(None, (row.get("repo"), row["path"])))
            found = {key: int(row[key]) for key in COUNTS if (row.get(key) or "").isdecimal()}
            if found and row["path"] != "total":
                expected[name] = found
    return expected


def differences(swept: Sequence[Swept], expected: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """A line for every count that is not the expected one; a refused feed has no entries."""
    by_path = {one.path: one for one in swept}
    for path, counts in expected.items():
        if path.endswith(".opml"):  # a list of feeds; its entries are none of ours
            continue
        one = by_path.get(path)
        if one is None:
            yield f"{path}: not found among the feeds"
            continue
        for name, number in counts.items():
            found = one.counts.get(name, 0)
            if found != number:
                yield f"{path}: {name}: {found}, expected {number}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--expect", type=Path, help="TSV of path and counts to compare with")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--detect", action="store_true", help="guess languages, as load does")
    options = parser.parse_args(arguments)
    print(*HEADER, sep="\t")
    swept = []
    try:
        for one in sweep(options.folder, options.workers, detect=options.detect):
            swept.append(one)
            print(*one.cells(), sep="\t")
    except SourceError as error:
        parser.error(f"{options.folder}: {error}")
    print(*total(swept).cells(), sep="\t")
    wrong = [one.excess for one in swept if one.excess]
    if options.expect:
        wrong += differences(swept, read_expected(options.expect))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TooLongError


def _peak_megabytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.exit(main())
