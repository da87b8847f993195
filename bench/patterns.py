"""Regular expressions that hostile text makes slow: `python -m bench.patterns` tries all of ours.

From each pattern's own tree come texts that it nearly matches: what leads to a repetition, then the
repeated part again and again, then an end that does not fit. Each is tried by the methods that our
code calls. One that takes more than LEAST seconds for LONG characters and grows faster than they do
is printed, and makes the exit code 1.
"""

import ast
import importlib
import pkgutil
import re
import re._constants as op
import re._parser as parser
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedsette

SHORT, LONG = 1000, 4000
LEAST = 0.02
LIMIT = 2.0
MOST = 8.0
"""Twice what is linear."""
METHODS = ("match", "fullmatch", "search", "sub", "findall", "finditer", "split")
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
PROBES = "a1 -_/.:=;,'\"<>[](){}\n\t@%&#é"
ENDS = ("\x01", "!", "")


@dataclass(frozen=True, slots=True)
class Slow:
    """A pattern and what makes it slow."""

    name: str
    method: str
    seconds: float
    lead: str
    piece: str


class TooSlow(BaseException):
    """Raised by the alarm."""


def used_patterns() -> Iterator[tuple[str, re.Pattern[str], set[str]]]:
    """`module.NAME` of every pattern of text that a module holds, and how the module calls it."""
    for found in pkgutil.walk_packages(feedsette.__path__, "feedsette."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        calls = _calls(Path(str(module.__file__)))
        for name, value in vars(module).items():
            for pattern in _patterns(value):
                if isinstance(pattern.pattern, str):
                    yield f"{found.name[10:]}.{name}", pattern, calls.get(name) or {"search"}


def _patterns(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        yield from (p for part in value.values() for p in _patterns(part, depth + 1))
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        yield from (p for part in value for p in _patterns(part, depth + 1))


def _calls(path: Path) -> dict[str, set[str]]:
    """The methods that a module calls on each name."""
    calls: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in METHODS:
                calls.setdefault(name, set()).add(attr)
    return {name: {_like(method) for method in methods} for name, methods in calls.items()}


def _like(method: str) -> str:
    return method if method in ("match", "fullmatch") else "search"


def attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """What to begin with and what to repeat."""
    tree = list(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    whole = _sample(tree)
    tried = {("", piece) for piece in (*PROBES, whole, whole[:-1], whole[: len(whole) // 2])}
    for lead, body in _repetitions(tree, ""):
        tried |= {(one, piece) for piece in _pieces(body) for one in (lead, "")}
    yield from sorted(one for one in tried if one[1])


def _repetitions(tree: Any, lead: str) -> Iterator[tuple[str, Any]]:
    for kind, value in tree:
        if kind in REPEATS:
            least, most, body = value
            if most > 8:
                yield lead, body
            yield from _repetitions(body, lead)
            lead += _sample(body) * max(least, 1)
            continue
        for inner in _inner(kind, value):
            yield from _repetitions(inner, lead)
        lead += _sample([(kind, value)])


def _inner(kind: Any, value: Any) -> list[Any]:
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.SUBPATTERN:
        return [value[3]]
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def _pieces(body: Any) -> Iterator[str]:
    yield _sample(body)
    for kind, value in body:
        if kind is op.IN:
            accepts = re.compile(_class(value))
            yield from (sign for sign in PROBES if accepts.fullmatch(sign))
        elif kind is op.ANY:
            yield from PROBES
        elif kind in REPEATS:
            yield from _pieces(value[2])
        for inner in _inner(kind, value):
            yield _sample(inner)
            yield from _pieces(inner)


def _sample(tree: Any) -> str:
    """A text that a pattern matches, about the shortest."""
    return "".join(_sign(kind, value) for kind, value in tree)


def _sign(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.IN:
        accepts = re.compile(_class(value))
        first = chr(value[0][1]) if value[0][0] is op.LITERAL else ""
        return next((one for one in (first, *PROBES) if one and accepts.fullmatch(one)), "a")
    if kind in REPEATS:
        return _sample(value[2]) * int(value[0])
    inner = _inner(kind, value) if kind in (op.BRANCH, op.SUBPATTERN) else []
    if inner:
        return _sample(inner[0])
    return "x" if kind in (op.ANY, op.NOT_LITERAL) else ""


_CATEGORIES = {
    op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _class(parts: Any) -> str:
    """A class of signs as text again."""
    out = ""
    for kind, value in parts:
        if kind is op.NEGATE:
            out += "^"
        elif kind is op.LITERAL:
            out += re.escape(chr(value))
        elif kind is op.RANGE:
            out += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            out += _CATEGORIES[value]
    return f"[{out}]"


def try_pattern(name: str, pattern: re.Pattern[str], method: str) -> Slow | None:
    """The worst that was found, if it is more than linear."""
    worst: Slow | None = None
    for lead, piece in attacks(pattern):
        for end in ENDS:
            long = _seconds(pattern, method, lead + piece * (LONG // len(piece)) + end)
            if long < max(LEAST, worst.seconds if worst else 0):
                continue
            short = lead + piece * (SHORT // len(piece)) + end
            # thrice: a busy machine slows one of them
            if long >= LIMIT or all(
                long > MOST * _seconds(pattern, method, short) for _ in range(3)
            ):
                worst = Slow(name, method, long, lead, piece)
        if worst and worst.seconds >= LIMIT:
            break
    return worst


def _seconds(pattern: re.Pattern[str], method: str, text: str) -> float:
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    started = time.process_time()
    try:
        getattr(pattern, method)(text)
    except TooSlow:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - started


def slow_patterns() -> Iterator[Slow]:
    """Every pattern that hostile text makes slow, by the methods that are used."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    try:
        for name, pattern, methods in used_patterns():
            for method in sorted(methods):
                if slow := try_pattern(name, pattern, method):
                    yield slow
    finally:
        signal.signal(signal.SIGPROF, before)


def main() -> None:
    """Print what is slow."""
    number = 0
    for slow in slow_patterns():
        number += 1
        print(f"{slow.name:45} {slow.method:9} {slow.seconds:5.2f} s {slow.lead!r} {slow.piece!r}")
    print(f"{sum(1 for _ in used_patterns())} patterns, {number} slow")
    sys.exit(1 if number else 0)


if __name__ == "__main__":
    main()
