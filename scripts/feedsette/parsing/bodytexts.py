"""Which of an entry's texts is its article, and which its summary."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedsette.parsing.texts import clean, html_of_text, unescape_all

_CLOSING = re.compile(
    r"(?i:</(?:p|a|div|em|strong|b|i|ul|ol|li|h[1-6]|pre|code|blockquote|table|span)>|<br ?/?>"
    r"|<img\s[^<>]*?src=[\"']?https?://)|<p>"
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_BEGINNING = 100
"""Characters that two texts share only if one is the other's teaser."""
_SCRAP = 8
"""So many times shorter, a content is no article: `Read more on our site`, a picture's credit."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as its feed gives it."""

    value: str
    kind: str = "text/html"
    """Media type."""
    typed: bool = True
    """The feed named the type."""
    base: str | None = None
    language: str | None = None
    rank: int = 0
    """0 for content, 1 for the summary, more for what stands in where both are missing."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An entry's article and summary as HTML."""

    html: str | None = None
    summary: str | None = None
    base: str | None = None
    language: str | None = None


def choose_texts(texts: Sequence[Text]) -> Chosen:
    """The longest content is the article, HTML before plain text.

    A longer summary beats it only where it says the same and goes on: then the content is the
    teaser. Else it is another text, such as a promotion.
    """
    read = [(text, html_of(text)) for text in texts]
    found = [(text, html) for text, html in read if html]
    main = [item for item in found if item[0].rank <= 1] or found[:1]
    if not main:
        return Chosen()
    contents = [item for item in main if item[0].rank == 0] or main
    best = max(contents, key=lambda item: (is_html(item[0]), len(item[1])))
    rivals = [item for item in main if is_html(item[0]) or not is_html(best[0])]
    longer = [item for item in rivals if item[0].rank and len(item[1]) > len(best[1])]
    best = max([best, *(item for item in longer if _goes_on(item[1], best[1]))], key=_length)
    summary = next((html for text, html in found if text.rank and html is not best[1]), None)
    different = summary and _visible(summary) != _visible(best[1])
    return Chosen(best[1], summary if different else None, best[0].base, best[0].language)


def _length(item: tuple[Text, str]) -> int:
    return len(item[1])


def _goes_on(summary: str, content: str) -> bool:
    """Whether a summary begins as the content does, or the content has hardly any words."""
    words, longer = _visible(content).rstrip(" .…[]"), _visible(summary)
    begins = longer.startswith(words[: min(_BEGINNING, len(words) // 2)])
    return begins or _SCRAP * len(words) < len(longer)


def html_of(text: Text) -> str | None:
    """A text as HTML: plain text is escaped, pictures and other foreign types are nothing."""
    value = clean(text.value)
    if value is None or not _is_readable(text.kind):
        return None
    if is_html(text):
        return value
    return html_of_text(unescape_all(value) if text.rank > 1 else value)


def is_html(text: Text) -> bool:
    """HTML by its type, or untyped and full of tags, which Atom would have us show as they are."""
    if "html" in text.kind or "xml" in text.kind:
        return True
    return not text.typed and bool(_CLOSING.search(text.value))


def _is_readable(kind: str) -> bool:
    return kind.startswith("text/") or "html" in kind or kind.endswith(("/xml", "+xml"))


def _visible(html: str) -> str:
    return " ".join(_ANY_TAG.sub(" ", html).split())
