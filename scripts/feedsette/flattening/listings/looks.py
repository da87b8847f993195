"""Whether a text looks like code or like sentences: what decides where no markup does."""

import re

from feedsette.flattening.listings.commands import by_commands
from feedsette.flattening.listings.signs import LOOK

_SIGNS = re.compile(r"[;{}=<>$#|\\]|\w\(")
_SYNTAX = re.compile(_SIGNS.pattern + r"|^\s{2}")
_SENTENCE = re.compile(
    r"""(?<!\S)(?:["'“”‘’«(]?[^\W\d_]++(?:['’-][^\W\d_]++)*+["'“”‘’»,;.:!?…)]{0,3}+\s++){8}"""
)
"""So many words in a row are no code."""
_SURE_SIGN = re.compile(r"[{}<>|\\]|=(?!\))|\w\(|\$(?!\d)|^\s*+#")
"""What letters, verses and prices lack, which have semicolons, hashtags and smileys, too."""
_STATEMENT = re.compile(
    r"^\s*+(?:def \w|(?:class|module|struct|interface|enum) [A-Z]\w*+:?$|import \S++$)"
    r"|^\s++[a-z][\w-]*+:(?:$| [^\s\d]\S*+$)|\)\)$|[\w/-]\.\w{1,5}:\d++:"
)
"""A line of code without signs: what opens a block of words, YAML's indented keys, the end of
Lisp's lists, where a compiler complains.
"""
_ENDS = re.compile(r"\s*+(?:end|else|fi|done|esac|begin|rescue|ensure)$|.*;$")
"""How lines of code end, verses now and then, too."""
_COMMENT = "#/*%;'-"
_NOT_PROSE = re.compile(
    r"[;{}=<>$#|\\\[\]_]|::|\w\(|\d\.\d|[a-z][A-Z]|[a-z]\.[a-z]|\s--?[\w-]|(?:^|\s)[~.]{0,2}/\w"
)
_QUOTED = "> \t"


def is_sentence(line: str) -> bool:
    """Whether many words follow each other in a line that is no comment."""
    return line.lstrip()[:1] not in _COMMENT and _SENTENCE.search(line) is not None


def looks_like_code(code: str) -> bool:
    """Whether half of several lines bear signs that prose lacks; a paragraph has some of them."""
    lines = _lines(code)
    return len(lines) > 1 and 2 * sum(map(_has_syntax, lines)) >= len(lines)


def looks_like_typed_code(code: str) -> bool:
    """Whether lines that only a typewriter's letters set off look like code, not like verses."""
    lines = _lines(code)
    sure = [_is_surely_code(line) for line in lines]
    signs = sum(one or _ENDS.match(line) is not None for one, line in zip(sure, lines, strict=True))
    syntax = sum(one or _has_syntax(line) for one, line in zip(sure, lines, strict=True))
    return len(lines) > 1 and any(sure) and 3 * signs >= len(lines) <= 2 * syntax


def _lines(code: str) -> list[str]:
    return [line for line in code.splitlines()[:LOOK] if line.strip()]


def _has_syntax(line: str) -> bool:
    return _SYNTAX.search(line) is not None and not is_sentence(line)


def _is_surely_code(line: str) -> bool:
    if _STATEMENT.search(line):
        return True
    return has_sure_sign(line) and not is_sentence(line)


def has_sure_sign(line: str) -> bool:
    """Whether a line bears what letters, verses and prices lack."""
    return _SURE_SIGN.search(line) is not None


def reads_as_prose(text: str) -> bool:
    """Whether under a third of its lines bear signs of code; what letters quote counts as words."""
    lines = [bare for line in text.splitlines() if (bare := line.strip(_QUOTED))]
    signs = sum(1 for line in lines if _NOT_PROSE.search(line))
    return 3 * signs < max(len(lines), 1) and by_commands(text) is None
