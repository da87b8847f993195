"""Measure language detection: hide the labels of labelled code, guess them, print a table.

    python bench/detection.py FOLDER… > docs/language-detection.md

Reads every feed under the folders; each distinct labelled block counts once.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from feedsette.errors import FeedError
from feedsette.flattening import detection
from feedsette.flattening.bodies import read_body
from feedsette.parsing import parse_document
from feedsette.records import Document

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
LENGTHS = (20, 40, 80, 160)
FAMILIES = {"c": "cpp", "clojurescript": "clojure", "sass": "scss", "console": "bash"}
"""Labels that an author and the model may both be right about."""


def labelled_blocks(folders: list[Path]) -> dict[str, str]:
    """Code → declared language."""
    found: dict[str, str] = {}
    for path in sorted(file for folder in folders for file in folder.rglob("*") if file.is_file()):
        for html in bodies(path):
            for spot in read_body(html).spots:
                if spot.listing and spot.listing.language:
                    found.setdefault(spot.listing.code, spot.listing.language)
    return found


def bodies(path: Path) -> Iterator[str]:
    """The HTML of a feed's entries; nothing if the file is not a feed."""
    document = Document(path.name, path.read_bytes(), datetime.now(UTC))
    try:
        feed = parse_document(document)
    except FeedError:
        return
    yield from (entry.html for entry in feed.entries if entry.html)


def measure(blocks: dict[str, str], threshold: float, shortest: int) -> tuple[int, float, float]:
    """(answers, precision, recall) of detect_language."""
    detection.THRESHOLD, detection.SHORTEST = threshold, shortest
    answers = right = 0
    for code, language in blocks.items():
        guess = detection.detect_language(code)
        if guess:
            answers += 1
            right += FAMILIES.get(guess[0], guess[0]) == FAMILIES.get(language, language)
    return answers, right / max(answers, 1), right / max(len(blocks), 1)


def main() -> None:
    folders = [Path(argument) for argument in sys.argv[1:]]
    chosen = detection.THRESHOLD, detection.SHORTEST
    blocks = labelled_blocks(folders)
    print(INTRODUCTION.format(count=len(blocks), languages=len(set(blocks.values()))))
    print("| threshold | shortest | answers | precision | recall |")
    print("|---|---|---|---|---|")
    for threshold in THRESHOLDS:
        for shortest in LENGTHS:
            answers, precision, recall = measure(blocks, threshold, shortest)
            mark = "**" if (threshold, shortest) == chosen else ""
            cells = (threshold, shortest, answers, f"{precision:.3f}", f"{recall:.3f}")
            print("| " + " | ".join(f"{mark}{cell}{mark}" for cell in cells) + " |")
    detection.THRESHOLD, detection.SHORTEST = chosen
    print("\n" + EXPLANATION)
    print("\n| declared | detected | confidence | length |\n|---|---|---|---|")
    for code, language in blocks.items():
        guess = detection.detect_language(code)
        if guess and FAMILIES.get(guess[0], guess[0]) != FAMILIES.get(language, language):
            print(f"| {language} | {guess[0]} | {guess[1]} | {len(code)} characters |")


INTRODUCTION = """# How well the language of unlabelled code is guessed

Made by `python bench/detection.py FOLDER`, which works on any folder of feeds. It reads every
labelled block ({count} distinct ones in {languages} languages), hides the label, asks
`feedsette.flattening.detection`, and compares. C and C++, console and bash, Sass and SCSS,
ClojureScript and Clojure count as the same. Bold is what feedsette uses.

Precision: the share of the answers that equal the author's label. Recall: the share of all labelled
blocks that got the right answer. `threshold` is the model's least score, `shortest` the least
length in characters.

Threshold, length and the phrases that tell JavaScript were chosen on these same blocks, and most of
them come from two blogs about C and C++: expect other figures on other feeds.
"""
EXPLANATION = """## Where guess and label differ

Not every difference is an error of the detector: authors put a C++ label on the assembly that their
compiler printed. So the true precision is higher than the table says.
"""

if __name__ == "__main__":
    main()
