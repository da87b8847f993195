"""Words for scripts that do not part theirs: every two characters in a row count as one.

An index of words takes a whole run of Chinese for a word, so that nothing inside of it is found.
Of `机器学习` these are `机器 器学 学习 习`, and a search for `学习` finds it; the last one alone
lets a single character be looked for as the start of a word. It is what Lucene's CJKBigramFilter
does, and for Korean, which does part its words, it finds a noun before its particle.
"""

import re
import unicodedata
from collections.abc import Iterable

from feedsette.rows import Bigrams

CJK = (
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U000323af"
)
"""Chinese and Japanese, which do not part their words: what may stand in a regex's brackets."""
RUN = re.compile(
    f"[{CJK}"
    "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7a3\ud7b0-\ud7ff"  # Korean
    # Thai, Lao, Burmese and Khmer, with the vowels that stand above, below and behind
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u109d\u1780-\u17d3]+"
)


def bigram_rows(title: str | None, tags: Iterable[str], *texts: str | None) -> tuple[Bigrams, ...]:
    """The row of an article that holds such a script, none for others; `texts`: author, text."""
    found = (title, " ".join(tags) or None, *texts)
    if not any(one and not one.isascii() and RUN.search(one) for one in found):
        return ()
    return (Bigrams(0, *[spread(one) if one else None for one in found]),)


def spread(text: str) -> str:
    """Put every run as its pairs and its last character; all else stays as it is."""
    return RUN.sub(lambda run: f" {' '.join(pairs(run[0]))} ", unicodedata.normalize("NFKC", text))


def pairs(run: str) -> list[str]:
    """Every two characters in a row, and the last one alone."""
    return [run[n : n + 2] for n in range(len(run))]
