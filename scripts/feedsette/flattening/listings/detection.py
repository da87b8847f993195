"""Guesses the language of code that nobody labelled, with magika (the extra `detect`).

The model is loaded once per process, at the first question; it is bound to one thread, since
feedsette already uses a process per core. The same code gets the same answer on any machine.
Threshold and length were chosen by measuring: docs/language-detection.md.
"""

import re
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from feedsette.flattening.listings.languages import known_name, words

if TYPE_CHECKING:
    from magika import Magika

THRESHOLD = 0.7
"""The least score of the model that counts as an answer for a language that blogs show often."""
COMMON = words(
    """
    asm c cmake cpp cs csharp css diff dockerfile go hcl html ini java javascript json jsonl kotlin
    lua makefile php python ruby rust scss shell sql swift toml typescript xml yaml
    """
)
"""The model's labels of those languages."""
RARE = 0.95
"""The least score for all others: a rare language needs more evidence. (Also for batch and
powershell, which magika sees in lines of Unix commands.)"""
SHORTEST = 40
"""Code of fewer characters (without white space around it) is not asked."""
LONGEST = 20_000
"""Characters that are shown to the model, which itself looks at both ends only."""

JAVASCRIPT_CONFIDENCE = 0.9
"""Set by hand, not measured: the corpus has too little JavaScript to say."""

_JAVASCRIPT = tuple(
    re.compile(phrase, re.MULTILINE)
    for phrase in (
        r"^[ \t]*+(?:export\s+)?const\s+(?:\w+|[{\[][\w\s,:]{1,200}[}\]])\s*=[^=]",
        r"^[ \t]*+let\s+\w+\s*=[^=].*;$",
        r"\)\s*=>\s*[{(\w]|\b\w+\s*=>\s*\{",
        r"\bmodule\.exports\b|\brequire\(['\"]",
        r"\bconsole\.(?:log|error)\(",
        r"\bawait\s+\w+|\basync\s+(?:function|\()",
        r"\w\s[!=]==\s",
        r"\.(?:includes|forEach|push|then|addEventListener)\(",
        r"\bfunction\s*\w*\([\w\s,]{0,200}\)\s*\{",
    )
)
_NOT_JAVASCRIPT = re.compile(
    r"::|<\?php|\$this|\bfn\s|\bfunc\s|#include|\bdef\s|\busing\s|\bpackage\s|\bend$|@import\("
    r"|\bvar\s+\w+\s+\w+\s*=|\blet\s+mut\b|:\s*(?:string|number|boolean|void)\b"
    r"|^[ \t]*+\w+:[ \t]*$|\b"
    r"(?:public|private|protected)\s|\b(?:interface|enum)\s+\w+\s*\{|->",
    re.MULTILINE,
)
"""PHP, Rust, Go, C++, Python, C#, Scala, Ruby, Zig, TypeScript and Java share some phrases."""

_OWN = {
    "go": re.compile(r":=|\bfunc\b|^package \w|^import [(\"]|\b(?:fmt|err|chan)\b", re.MULTILINE),
    "swift": re.compile(r"\b(?:func|let|var|import|struct|enum|guard|extension|protocol)\b"),
    "rust": re.compile(r"\b(?:fn|let|impl|pub|mod|match)\b|\buse \w+|::|#\["),
    "kotlin": re.compile(r"\b(?:fun|val|var|import|class|object)\b"),
}
"""What any piece of a language has; without it the model was misled by the shape of a few lines."""

_NO_ANSWER = words(
    """
    txt randomtxt unknown undefined empty markdown rst csv tsv srt vtt ics eml sum textproto
    ignorefile internetshortcut rtf po sgml m3u pem crt gitmodules gitattributes ascii stltext
    """
)
"""Labels that are no programming, markup or data language, or that prose gets too."""
_LABELS = {
    "appleplist": "xml",
    "batch": "batch",
    "bazel": "bazel",
    "csproj": "xml",
    "dockerfile": "docker",
    "gemfile": "ruby",
    "gemspec": "ruby",
    "gradle": "groovy",
    "hcl": "terraform",
    "htaccess": "apacheconf",
    "ipynb": "json",
    "jsonl": "json",
    "lisp": "common-lisp",
    "rdf": "xml",
    "svg": "xml",
    "vba": "vb.net",
    "vcxproj": "xml",
    "winregistry": "registry",
}
"""What Pygments calls the same; all other labels go through languages.known_name."""


def is_installed() -> bool:
    """Whether the extra `detect` is there."""
    return find_spec("magika") is not None


def detect_language(code: str) -> tuple[str, float] | None:
    """(canonical language, confidence from 0 to 1), or None where nothing is sure.

    None as well without the extra, so that a caller need not ask first. What a parser or the words
    of the code prove is not asked of the model, which is unsure of short snippets.
    """
    if not is_installed():
        return None
    # late: without the extra nobody needs its many patterns, which take 20 ms to compile
    from feedsette.flattening.listings.clues import find_clue, has_types

    if clue := find_clue(code):
        return clue
    if len(code.strip()) < SHORTEST:
        return None
    label, score = classify(code[:LONGEST])
    language = language_of(label)
    if language and score >= _least(label) and _has_own(language, code):
        if language == "typescript" and score < RARE and not has_types(code[:LONGEST]):
            language = "javascript"
        return language, round(score, 3)
    return ("javascript", JAVASCRIPT_CONFIDENCE) if _is_javascript(code, language) else None


def _least(label: str) -> float:
    return THRESHOLD if label in COMMON else max(RARE, THRESHOLD)


def _has_own(language: str, code: str) -> bool:
    own = _OWN.get(language)
    return own is None or own.search(code[:LONGEST]) is not None


def _is_javascript(code: str, language: str | None) -> bool:
    """Whether several of JavaScript's own phrases are there and none of a neighbour's."""
    code = code[:LONGEST]
    if _NOT_JAVASCRIPT.search(code):
        return False
    told = sum(1 for phrase in _JAVASCRIPT if phrase.search(code))
    return told >= (1 if language == "javascript" else 2)


@cache
def language_of(label: str) -> str | None:
    """A label of magika's → Pygments' first alias; None for labels that are no language."""
    return None if label in _NO_ANSWER else known_name(_LABELS.get(label, label))


@lru_cache(maxsize=4096)
def classify(code: str) -> tuple[str, float]:
    """The model's own (label, score)."""
    result = _model().identify_bytes(code.encode("utf-8", "replace"))
    return str(result.prediction.dl.label), float(result.prediction.score)


@cache
def _model() -> "Magika":
    from magika import Magika

    onnxruntime = import_module("onnxruntime")

    class SingleThreaded(Magika):  # type: ignore[misc]
        def _init_onnx_session(self) -> Any:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3  # errors only
            return onnxruntime.InferenceSession(
                self._model_path, sess_options=options, providers=["CPUExecutionProvider"]
            )

    return SingleThreaded()
