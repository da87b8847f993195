"""Names of languages, and guesses where there is no name."""

import pytest

from feedsette.flattening import detection
from feedsette.flattening.languages import bare_name, canonical, label_name


@pytest.mark.parametrize(
    ("marking", "name"),
    [
        ("js", "javascript"),
        ("C#", "csharp"),
        ("c++", "cpp"),
        ("Text", None),
        ("plaintext", None),
        ("mermaid", "mermaid"),
        ("js{1,3}", "javascript"),
        ("rust,ignore", "rust"),
        ("{r echo=FALSE}", canonical("r")),
        ("text/x-python", "python"),
        ("app.ts", "typescript"),
        ("pt-br", None),
        ("1234", None),
        ("`", None),
        ("repl", None),
        ("x" * 60, None),
    ],
)
def test_canonical(marking: str, name: str | None) -> None:
    assert canonical(marking) == name


@pytest.mark.parametrize("word", ["code", "text", "box", "output", "note", "pony", "md5", "h"])
def test_everyday_words_are_no_bare_names(word: str) -> None:
    assert bare_name(word) is None


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("C++", "cpp"),
        ("JavaScript", "javascript"),
        ("Common  Lisp", "common-lisp"),
        ("My", None),
        ("Plain text", None),
    ],
)
def test_labels(label: str, name: str | None) -> None:
    assert label_name(label) == name


needs_magika = pytest.mark.skipif(not detection.is_installed(), reason="needs the extra detect")

SHELL = """#!/bin/bash
set -eu
for file in *.txt; do
  grep -q needle "$file" && echo "$file"
done
"""


@needs_magika
@pytest.mark.parametrize(
    ("code", "language"),
    [
        ('{\n  "name": "lamp",\n  "watts": [40, 60],\n  "on": true\n}', "json"),
        ("const lamp = await find(room)\nif (lamp !== undefined) lamp.push(1)\n", "javascript"),
        (SHELL, "bash"),
        ("x = 1", None),
        ("It was a dark night, and nobody had brought a lamp to the house.", None),
        ("[link](a) and [another link](b) stand in this line of prose", None),
        ("fn main() {\n    let lamp = 1;\n}\nlamp.push(1); lamp.push(2); x", None),
    ],
)
def test_detection(code: str, language: str | None) -> None:
    guess = detection.detect_language(code)
    assert (guess and guess[0]) == language
    assert guess is None or detection.THRESHOLD <= guess[1] <= 1
