"""Labelled snippets of the length that blogs show, cut from source files of this machine.

A second set for bench/detection.py, on which nothing was tuned: the file's name gives the language,
a hash of its path gives the place of the cut, so that every run on one machine cuts alike.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = {
    ".awk": "awk",
    ".bash": "bash",
    ".c": "c",
    ".cc": "cpp",
    ".cmake": "cmake",
    ".cpp": "cpp",
    ".css": "css",
    ".go": "go",
    ".h": "c",
    ".hpp": "cpp",
    ".html": "html",
    ".ini": "ini",
    ".java": "java",
    ".js": "javascript",
    ".json": "json",
    ".lua": "lua",
    ".php": "php",
    ".pl": "perl",
    ".pm": "perl",
    ".ps1": "powershell",
    ".py": "python",
    ".rb": "ruby",
    ".rs": "rust",
    ".sh": "bash",
    ".sql": "sql",
    ".tcl": "tcl",
    ".toml": "toml",
    ".ts": "typescript",
    ".vim": "vim",
    ".xml": "xml",
    ".yaml": "yaml",
    ".yml": "yaml",
}
NAMES = {"Makefile": "make", "Dockerfile": "docker"}
PROSE = {".txt", ".log", ".rst"}
"""No code at all: an answer is wrong."""
A_LANGUAGE = 120
"""So many files of each language; a file gives one snippet."""
LARGEST = 300_000
A_README = 6
"""So many fenced listings of each Markdown file."""
A_LABEL = 250
"""So many fenced listings of each language."""
_FENCE = re.compile(
    r"^(```+|~~~+)[ \t]*([\w+#.-]+)[^\n`]*\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE
)


def cut_snippets(folders: list[Path], half: int | None = None) -> dict[str, str | None]:
    """Snippet → its file's language; None for prose.

    Half 0 served to choose the thresholds, half 1 only to report; None is both.
    """
    chosen: dict[str | None, list[tuple[str, Path]]] = defaultdict(list)
    for path in _files(folders):
        language = SUFFIXES.get(path.suffix) or NAMES.get(path.name)
        if language or (path.suffix in PROSE and "doc" in path.parts):
            chosen[language].append((_hash(path.name), path))
    found: dict[str, str | None] = {}
    for language, paths in chosen.items():
        for mark, path in _distinct(sorted(paths)):
            number = int(mark[:8], 16)
            snippet = _cut(path, number) if half in {None, number % 2} else None
            if snippet and (language != "html" or _is_markup(snippet)):
                found.setdefault(snippet, language)
    return found


def cut_fences(folders: list[Path], half: int) -> dict[str, str]:
    """Listing → label, as the authors of packages' Markdown files wrote them.

    A package is wholly in one half: 0 served to choose the clues, 1 only to report.
    """
    readmes = [path for path in _files(folders) if path.suffix.lower() in {".md", ".markdown"}]
    found: dict[str, str] = {}
    labels: Counter[str] = Counter()
    for _, path in sorted((_hash(str(path)), path) for path in readmes if _half(path) == half):
        for _, label, text in _FENCE.findall(path.read_text("utf-8", "replace"))[:A_README]:
            code = text.strip("\n")
            if code.strip() and code not in found and labels[label.lower()] < A_LABEL:
                labels[label.lower()] += 1
                found[code] = label
    return found


def _half(path: Path) -> int:
    package = str(path.parent).rpartition("node_modules/")[2]
    package = package.partition("/")[0] or str(path.parent)
    return int(hashlib.md5(package.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def _files(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink() and 200 < path.stat().st_size < LARGEST:
                yield path


def _distinct(paths: list[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """One file of each name, A_LANGUAGE at most, so that no package dominates."""
    return list({mark: (mark, path) for mark, path in paths}.values())[:A_LANGUAGE]


def _cut(path: Path, number: int) -> str | None:
    """3 to 30 lines from somewhere in the file, beginning after a blank line where there is one."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (UnicodeDecodeError, OSError):
        return None
    starts = [0, *(n + 1 for n, line in enumerate(lines) if not line.strip())]
    start = starts[number // 2 % len(starts)]
    snippet = "\n".join(lines[start : start + 3 + number // 7 % 28]).strip("\n")
    return snippet if len(snippet) < 4000 and snippet.strip() else None


def _is_markup(snippet: str) -> bool:
    """Whether a cut of an HTML file shows HTML rather than the style or script in it."""
    lines = snippet.splitlines()
    return 2 * sum(1 for line in lines if "<" in line or ">" in line) >= len(lines)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
