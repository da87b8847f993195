"""Signs that give a language away, in snippets too short for a model to judge.

Three commands, a fragment of HTML, a session at a prompt: blogs are full of them. A clue is here
because it was right on labelled snippets (docs/language-detection.md), however seldom it applies.
"""

import json
import re
import tomllib
from dataclasses import dataclass

from feedsette.flattening.listings.commands import by_commands
from feedsette.flattening.listings.languages import known_name, words

LONGEST = 20_000
"""Longer code is not asked: it is enough for a model."""
CONFIDENCE = 0.95
"""What clues were worth on snippets that were held out, rounded down."""


@dataclass(frozen=True, slots=True)
class _Clue:
    """A language is told by all of its phrases together, unless a relative's is there, too."""

    language: str
    phrases: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None


def _clue(language: str, *phrases: str, unless: str = "") -> _Clue:
    compiled = tuple(re.compile(phrase, re.MULTILINE) for phrase in phrases)
    return _Clue(language, compiled, re.compile(unless, re.MULTILINE) if unless else None)


_CLUES = (
    _clue("python", r"\A\s*>>> \S"),
    _clue("console", r"\A(?:#[^\n]*\n|\s)*(?:[\w.@~:/\[\]() -]{1,60})?\$ [\w./~-]"),
    _clue(
        "diff",
        r"\A(?:diff --git |index [0-9a-f]+\.\.|--- \S[^\n]*\n\+\+\+ |@@ -\d+(?:,\d+)? \+\d)",
    ),
    _clue("http", r"\A(?:[A-Z]{3,7} \S+ HTTP/\d|HTTP/\d(?:\.\d)? \d{3})"),
    _clue("php", r"\A\s*<\?(?:php\b|=)"),
    _clue(  # front matter, manifests of Kubernetes; what has other lines is a document with it
        "yaml",
        r"\A---[ \t]*\n(?:(?:[A-Za-z_][\w./-]*+:(?:[ \t][^\n]*+)?|[ \t]++[^\n]*+|-[ \t][^\n]*+|"
        r"#[^\n]*+|---)(?:\n|\Z)|\n)++\Z",
        r"^[A-Za-z_][\w./-]*+:(?:[ \t]|$)",
    ),
    _clue("xml", r"\A\s*<\?xml\b"),
    _clue(
        "html", r"\A\s*(?:<!--.{0,500}?-->\s*)?<(?i:!doctype html|html)\b", unless=r"<%|\{%|\{\{"
    ),
    _clue(
        "docker",
        r"\A(?:(?:#|ARG )[^\n]*\n|\s)*FROM [\w./:${}@-]+(?: (?i:as) [\w.-]+)?$",
        r"^(?:RUN|COPY|CMD|WORKDIR|ENTRYPOINT|ENV|EXPOSE|ADD|USER) \S",
    ),
    _clue(
        "sql",
        r"\A\s*+(?:--[^\n]*+\n\s*+)*+(?i:select\s[^;]{1,400}?\sfrom\s|insert\s+into\s|"
        r"create\s+(?:or\s+replace\s+)?(?:unique\s+)?(?:table|view|index|database|schema)\s|"
        r"update\s+\S+\s+set\s|delete\s+from\s|(?:alter|drop)\s+table\s|with\s+\w+\s+as\s*\()",
    ),
    _clue(
        "python",
        r"^[ \t]*(?:async )?def \w+\([^\n]*\)(?: *+->[^\n:)]++)?:[ \t]*(?:#.*)?$",
        unless=r"\bcp?def\b|^[ \t]*func\b|^extends ",
    ),
    _clue("python", r"^from [\w.]+ import [\w(*]", unless=r"[;{][ \t]*$"),
    _clue(
        "python",
        r"^import \w+(?:\.\w+)*(?: as \w+)?$",
        r"^\w[\w.]*(?: = \S|\()|^(?:for|if|with|while) [^\n]*:$",
        unless=r"[;{][ \t]*$|^[ \t]*(?:let|val|var|func|fun|package) |::|<-|^@\w+ import",
    ),
    _clue("php", r"\$this->\w", unless=r"^[ \t]*+(?:my|sub) "),
    _clue("php", r"^[ \t]*+(?:use|namespace) (?:[A-Z]\w*+\\)++[A-Z]\w*+(?: as \w++)?;"),
    _clue(
        "php",
        r"^[ \t]*+(?:(?:public|private|protected|static) )*+function \w++\([^$)\n]*+\$\w",
        r";[ \t]*$",
    ),
    _clue("csharp", r"^[ \t]*+using (?:static )?[A-Z][\w.]*+;"),
    _clue("csharp", r"\bfrom (?:\w+ )?\w+ in \w", r"\bselect\b", unless=r"^from \w+ in .*:$"),
    _clue(
        "csharp",
        r"^[ \t]*+(?:public|private|protected|internal) (?:(?:static|async|override|readonly) )*+"
        r"(?:(?:I?Dictionary|IEnumerable|Task)<[^\n]{1,200}> \w|\w++ \w++ *+\{ *+get\b)",
        unless=r"\b(?:val|var|let|fun|func|def) \w+:",
    ),
    _clue("vb.net", r"^[ \t]*+(?:Dim|Private|Public|Static) \w++(?:\([^)\n]*+\))? As (?:New )?\w"),
    _clue("vb.net", r"^[ \t]*+(?:(?:Private|Public) )?(?:Sub|Function) \w++\(", r"^[ \t]*+Dim "),
    _clue(
        "powershell",
        r"(?:^|[|=({])[ \t]*+(?:Get|Set|New|Add|Remove|Write|Import|Invoke|Install|Enable|Disable|"
        r"ForEach|Where|Select|ConvertTo|ConvertFrom|Connect)-[A-Z][A-Za-z]++"
        r"(?: *+$| ++[-$\"'({|@A-Z])",
    ),
    _clue("go", r"^package \w+$", r"^(?:func|import|type|var|const) ", unless=r";[ \t]*$"),
    _clue(
        "cpp",
        r"^[ \t]*#include\s*<(?:[a-z_]*stream|vector|string|map|memory|algorithm|functional|"
        r"utility|(?:unordered_)?set|thread|optional|array|tuple|chrono|type_traits|cassert|cstd\w+)>|"
        r"\bstd::\w|^using namespace \w+;|\btemplate\s*<(?:typename|class)\b",
        r"[;{]|#include",
        unless=r"^use |\bfn |\blet |__global__",
    ),
    _clue(
        "c",
        r"^[ \t]*#include\s*<(?:std(?:io|lib|int|bool)|string|unistd|errno|sys/\w+)\.h>",
        unless=r"::|\bclass\b|@(?:interface|property|end)|#import|\b(?:namespace|template)\b",
    ),
    _clue(
        "ruby",
        r"^[ \t]*def (?:self\.)?\w+[?!=]?(?:\(.*\))?$",
        r"^[ \t]*end$",
        unless=r"\bdefmodule\b|\bdo:|^[ \t]*(?:macro|function) ",
    ),
    _clue(
        "ruby",
        r"^[ \t]*\S.* do(?: \|[\w, ]+\|)?$",
        r"^[ \t]*end$",
        r"^[ \t]*(?:require|gem|it|describe|get|post|resources|config\.\w+|puts|class|\w+\.each)\b",
        unless=r"\bdefp?\b.*\bdo$|\bdefmodule\b|^[ \t]*(?:local|function) ",
    ),
    _clue("ruby", r"\A(?:#[^\n]*\n|\s)*(?:require(?:_relative)?|gem) ['\"][\w./-]+['\"](?:, |$)"),
    _clue(
        "css",
        r"\A\s*+(?:/\*[^*]*+\*/\s*+)*+[.#@:\w*\[][^{};=]*+\{\s*+"
        r"(?:(?:/\*[^*]*+\*/\s*+)*+[\w-]++\s*+:[^;{}=]++(?:;\s*+|(?=\})))++"
        r"(?:/\*[^*]*+\*/\s*+)*+\}(?:[^{}$]*+\{[^{}$=]*+\})*+\s*+\Z",
        unless=r"^[ \t]*//|\$\w|@(?:mixin|include|use|extend)|&[:.\w-]|=>|"
        r"^[ \t]*(?:type|interface|const|class|export|proc|struct|enum|func|fn) |"
        r"^#(?:include|define|if)|^[ \t]*(?:public|private|protected):",
    ),
)
_SHEBANG = re.compile(r"\A#!\s*(?:\S*/)?(?:env (?:-S )?)?(\w[\w+-]*)")
_FRAGMENT = re.compile(
    r"\A\s*<(?:!--.{0,500}?-->\s*<)?([a-z][\w:.-]*)(?:\s[^<>]*)?/?>.*>\s*\Z", re.DOTALL
)
_TEMPLATE = re.compile(
    r"\{\{|\{%|<%|\{#|\$\{|=\{|className=|</?[A-Z]|<\?(?:php|=)|<!\[CDATA\[|<template\b|"
    r"<script setup|\s(?:v-|:|@|\*ng|\[\w|\(\w|x-|#\w|client:)[\w.:-]*\]?\)?="
)
"""Of Vue, Angular, Svelte, React, Jinja, ERB, PHP, Mako …"""
_HTML = words(
    """
    a abbr address article aside audio b base blockquote body br button canvas caption cite code
    dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 head header hr i iframe img input ins kbd label legend li link main map mark meta nav
    noscript object ol optgroup option p param picture pre q s samp script section select small
    source span strong style sub summary sup table tbody td textarea tfoot th thead time title
    tr track u ul var video
    """
)
_TABLE = re.compile(r"^\[\[?[\w.\"-]+\]\]?[ \t]*$", re.MULTILINE)
_TYPES = re.compile(
    r"\b(?:interface|enum|namespace|declare \w+|abstract class|readonly|satisfies|implements) \w|"
    r"\btype \w+(?:<[^<>\n]*+>)? =|\bimport type\b|\bas (?:const|any|[A-Z]\w*)\b|\w\?: |"
    r"[\w)\]]!?: ?(?:string|number|boolean|void|any|unknown|never|object|Promise<|Record<|Array<)|"
    r"(?:\b(?:const|let|var) \w+|\)): ?[A-Z]\w*|[(,] ?\w+: [A-Z]\w*[,)<\[]|"
    r"\w<(?:[A-Z]\w*|string|number)(?:\[\])?>\(|\b(?:private|public|protected) \w|^@\w+\(",
    re.MULTILINE,
)


def find_clue(code: str) -> tuple[str, float] | None:
    """(canonical language, confidence) where a sign tells it, else None. Pure."""
    if len(code) > LONGEST:
        return None
    if is_json(code):
        return "json", 1.0
    for judge in (_by_shebang, _by_phrases, by_commands, _by_tags, _by_tables):
        if (name := judge(code)) and (language := known_name(name)):
            return language, CONFIDENCE
    return None


def has_types(code: str) -> bool:
    """Whether JavaScript bears types, and so is TypeScript."""
    return _TYPES.search(code) is not None


def is_json(code: str) -> bool:
    """Whether a parser takes it, and it holds more than numbers."""
    if not code.lstrip().startswith(("{", "[")) or '"' not in code:
        return False
    try:
        return isinstance(json.loads(code), dict | list)
    except (ValueError, RecursionError):
        return False


def _by_shebang(code: str) -> str | None:
    match = _SHEBANG.match(code)
    return match[1] if match else None


def _by_phrases(code: str) -> str | None:
    for clue in _CLUES:
        told = all(phrase.search(code) for phrase in clue.phrases)
        if told and not (clue.unless and clue.unless.search(code)):
            return clue.language
    return None


def _by_tags(code: str) -> str | None:
    match = _FRAGMENT.match(code)
    return "html" if match and match[1] in _HTML and not _TEMPLATE.search(code) else None


def _by_tables(code: str) -> str | None:
    if "=" not in code or not _TABLE.search(code):
        return None
    try:
        tomllib.loads(code)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return "toml"
