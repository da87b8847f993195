"""Names of languages: what authors write → Pygments' first alias, so that js and JavaScript agree.

The only module of flattening that knows Pygments.
"""

import re
from collections.abc import Sequence
from functools import cache

from pygments.lexers import get_all_lexers

from feedsette.flattening.caches import remember


def words(text: str) -> frozenset[str]:
    """The words of a text: a list of names that stays readable however long it gets."""
    return frozenset(text.split())


NOT_A_LANGUAGE = words(
    """
    text txt plain plaintext plain-text plain_text text-only textonly text-plain simple none no
    null nil undefined unknown nolang nolanguage no-lang nohighlight no-highlight no_highlight
    nocode auto autodetect auto-detect generic raw fallback default standard output literal
    verbatim  code codeblock code-block highlight highlighter hljs prettyprint pre
    block ascii asciiart ascii-art snippet false true na n/a error stdout stderr result results
    """
)
"""Labels that say "no language" (Forem, Discourse, Enlighter, Chroma, Sphinx …): NULL."""

CALLED_OTHERWISE = {"splus": "r"}
"""First aliases that nobody would look for: the lexer of R is named after the older S-PLUS."""
SYNONYMS = {
    "asp": "aspx-vb",
    "bash-session": "console",
    "c++hdr": "cpp",
    "c++src": "cpp",
    "c-sharp": "csharp",
    "c_cpp": "cpp",
    "cc": "cpp",
    "chdr": "c",
    "cjs": "javascript",
    "cmd": "batch",
    "coldfusion": "cfm",
    "cplusplus": "cpp",
    "csrc": "c",
    "cxx": "cpp",
    "docker-compose": "yaml",
    "dos": "batch",
    "ecmascript": "javascript",
    "erl": "erlang",
    "es6": "javascript",
    "fs": "fsharp",
    "gradle": "groovy",
    "gql": "graphql",
    "h": "c",
    "hbs": "handlebars",
    "hpp": "cpp",
    "htm": "html",
    "html-basic": "html",
    "html4strict": "html",
    "html5": "html",
    "htmlmixed": "html",
    "ipython": "python",
    "ipython2": "python",
    "ipython3": "python",
    "java5": "java",
    "javascript-1.8": "javascript",
    "jinja2": "jinja",
    "jscript": "javascript",
    "jsonc": "json",
    "jsonl": "json",
    "kt": "kotlin",
    "kts": "kotlin",
    "m4a": "",
    "markup": "html",
    "mjs": "javascript",
    "ml": "ocaml",
    "node": "javascript",
    "node.js": "javascript",
    "nodejs": "javascript",
    "objective-cpp": "objective-c++",
    "objective_cpp": "objective-c++",
    "patch": "diff",
    "pgsql": "postgresql",
    "plpgsql": "plpgsql",
    "php-brief": "php",
    "plist": "xml",
    "ps": "powershell",
    "pyrepl": "pycon",
    "pyspark": "python",
    "python-repl": "pycon",
    "repl": "",
    "rlang": "r",
    "rss": "xml",
    "sh-session": "console",
    "shellscript": "bash",
    "shellsession": "console",
    "shell-script": "bash",
    "svg": "xml",
    "terminal": "console",
    "tf": "terraform",
    "vb": "vb.net",
    "viml": "vim",
    "vimscript": "vim",
    "wxml": "xml",
    "xaml": "xml",
    "xhtml": "html",
    "xsl": "xslt",
}
"""Names in the wild (Prism, highlight.js, Rouge, SyntaxHighlighter) that Pygments lacks."""

UNKNOWN_TO_PYGMENTS = words(
    """
    mermaid plantuml svelte astro stylus razor cshtml abnf qmljs wasm gitignore editorconfig mdx
    postcss log
    """
)
"""Languages without a lexer that may stand as a bare class."""

EVERYDAY_WORDS = words(
    """
    alloy arrow art as asc at b bare bc be bp bst bugs c-objdump carbon cf3 clay clean control
    cr croc cry desktop dg do ec ecl eg email ex fan fancy fc fift flo fy gap gas gst hx icon
    idl igor ik io irc j jade jags jp k kal kid lean less-than lid limbo liquid logos lsl m2
    make maple mask mason mf mime mojo monkey monte moo moon mosel ms nb ncl nit notmuch nt opa
    output pan pas pawn peg pem phix pig po pointless pony pot progress q qlik rd reason red
    register registry resource rest ride rita rout rsl s sage salt sas savi sc sed shen sieve
    silver singularity slash slim sls smarty snowball sp spec spice spitfire squeak squid ss ssp
    st stan sv tact tal tap tea teal text ti tid tlb tls tnt turtle ucode usd v val velocity vgl
    wl wren x10 xten zone zeek 🔥 http-equiv markup code h fs ps vb asp node patch log cc rss
    terminal md repl basic berry blueprint factor func org react td
    """
)
"""Aliases that are everyday CSS classes too: never a language without a prefix such as lang-."""

LIKELY_ON_CODE = words(
    """
    asp bc idl lean liquid make org patch react rss sas sed smarty stan tcl vb velocity
    """
)
"""Everyday words that on a pre or code element are rather the language (GeSHi, highlight.js)."""

_FIRST_WORD = re.compile(r"[\s{.=\"'“]*([^\W_][\w+#./*-]{0,40})")
_SINGLE_TOKEN = re.compile(r"[a-z0-9][a-z0-9+#.*_-]{0,29}")
_VERSIONED = re.compile(r"([a-z]{3,}|[a-z]{1,3}\+\+)[-_]?v?\d{1,2}(?:\.\d{1,2}){0,2}")
_HUMAN = re.compile(r"[a-z]{2}([-_][a-z]{2,4})?")


@cache
def _aliases() -> dict[str, str]:
    """Every alias in lower case → the first alias of its lexer; the first lexer wins."""
    aliases: dict[str, str] = {}
    for _, names, _, _ in get_all_lexers(plugins=False):
        for name in names:
            aliases.setdefault(name.lower(), _name(names))
    return aliases


def _name(aliases: Sequence[str]) -> str:
    return CALLED_OTHERWISE.get(aliases[0], aliases[0])


@cache
def _display_names() -> dict[str, str]:
    """Lexers' own names in lower case ("emacs lisp") → first alias."""
    lexers = get_all_lexers(plugins=False)
    return {name.lower(): _name(aliases) for name, aliases, _, _ in lexers if aliases}


@remember
def known_name(word: str) -> str | None:
    """The canonical name of a word that is surely a language's name, else None."""
    token = word.strip().lower()
    if token in NOT_A_LANGUAGE:
        return None
    found = _aliases().get(SYNONYMS.get(token, token)) or _aliases().get(token.replace("_", "-"))
    return found or (token if token in UNKNOWN_TO_PYGMENTS else None)


@remember
def bare_name(word: str, *, in_code: bool = False) -> str | None:
    """known_name for a class token that stands alone, so that it may mean anything."""
    lowered = word.lower()
    if lowered.replace("_", "-") in EVERYDAY_WORDS and not (in_code and lowered in LIKELY_ON_CODE):
        return None
    return known_name(word)


@remember
def label_name(label: str) -> str | None:
    """The language whose name a visible label shows ("C++", "Emacs Lisp", "Shell"), else None."""
    text = " ".join(label.lower().split())
    if is_no_language(text):
        return None
    return bare_name(text) or (None if text in EVERYDAY_WORDS else _display_names().get(text))


def is_no_language(label: str) -> bool:
    """Whether a label says that there is no language, or names nothing."""
    return " ".join(label.lower().split()).replace(" ", "-") in NOT_A_LANGUAGE


@remember
def canonical(marking: str) -> str | None:
    """Pygments' first alias for an explicit marking; what Pygments lacks stays, in lower case.

    None for the words that mean no language, for human languages (en, pt-br) and for garbage.
    Leftovers of an info string are cut: `js{1,3}`, `js:app.js`, `rust,ignore`, `{r echo=FALSE}`.
    """
    match = _FIRST_WORD.match(marking)
    if match is None:
        return None
    token = match[1].lower().rstrip(".-/*")
    found = known_name(token) or known_name(token.rpartition("/")[2].removeprefix("x-"))
    found = found or known_name(token.rpartition(".")[2])
    if not found and (versioned := _VERSIONED.fullmatch(token)):  # perl5, php7.4, c++17
        found = known_name(versioned[1])
    if not found and token.startswith("diff-"):  # Prism's and Zenn's: a diff of another language
        return "diff"
    if found or token in NOT_A_LANGUAGE or SYNONYMS.get(token) == "":
        return found
    return token if _is_plausible(token) else None


def _is_plausible(token: str) -> bool:
    if token.isdigit() or _HUMAN.fullmatch(token):
        return False
    return _SINGLE_TOKEN.fullmatch(token) is not None
