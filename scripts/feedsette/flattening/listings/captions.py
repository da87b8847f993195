"""Names of listings: captions, file names and visible language labels."""

import re
from typing import NamedTuple

from feedsette.flattening.caches import remember
from feedsette.flattening.listings.languages import (
    canonical,
    is_no_language,
    known_name,
    label_name,
)
from feedsette.markup import Element

_ATTRIBUTES = (
    "data-title",
    "data-filename",
    "data-file-name",
    "data-file",
    "data-label",
    "data-caption",
    "data-path",
    "data-rehype-pretty-code-title",
    "file",
    "filename",
)
_TITLED = frozenset(_ATTRIBUTES)
_META = re.compile(
    r"""(?:^|[\s;,{])(?:title|caption|filename|file)\s*[:=]\s*"""
    r"""(?:"([^"]+)"|'([^']+)'|([^\s;,}"']+))"""
)
_BRUSH_TITLE = re.compile(r"\btitle\s*:\s*([^;]+)")
_FILE_IN_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang)-[\w+#-]+:(?:title=)?([^\s:{}]+\.[^\s:{}]+)"
)
_FILE_AS_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang)-([^\s:{}]*[\w-]\.[A-Za-z]\w*)(?=\s|$)")
_FILE = re.compile(
    r"[\w@.~/\\()\[\]-]*[\w)\]]\.[A-Za-z]\w{0,9}|(?:[\w.-]+/)*(?:Dockerfile|Makefile)", re.ASCII
)
_NO_CAPTION = re.compile(
    r"(?:\[?link\]?|view raw|raw|copy( code)?|copied!?|download|code|open in .*|run|expand|"
    r"copy to clipboard|terminal(?: window)?|wrap|(?:toggle|show|hide)(?: \S+){0,2}|view plain|"
    r"print\??|example|code language\W?|copier|kopieren|复制(?:代码)?|複製|コピー|"
    r"select(?: all)?|(?:php |html |source )?code\W*(?:\[?select(?: all)?\]?)?|\W+)",
    re.IGNORECASE,
)


def is_no_caption(text: str) -> bool:
    """Whether a text beside a listing is what a button or link says."""
    return _NO_CAPTION.fullmatch(" ".join(text.split())) is not None


def is_file_name(text: str) -> bool:
    """Whether a text is a file's name or path and nothing else."""
    return len(text) <= _LONGEST_NAME and _FILE.fullmatch(text) is not None


_LABEL_TAIL = re.compile(r"(?:代码|代碼|code|コード|코드)\s*+[:：]?$", re.IGNORECASE)
"""`Java代码` and `C# code:` are labels, too."""
_SELECTOR = re.compile(
    r"code\W{0,9}\(([^\s()]{1,40})\)\W{0,9}(?:select(?: all)?|copy)?\W{0,9}", re.IGNORECASE
)
"""Forums' `Code: (php) [Select]`."""
_LONGEST_NAME = 120
_TAIL = re.compile(r"\s*(?:\[link\]|view raw|\(?download\)?)\s*$", re.IGNORECASE)
LONGEST = 1000


class Naming(NamedTuple):
    """What the words around a listing give."""

    caption: str | None
    language: str | None
    """Canonical, from a caption that was only the language's name."""
    label: str | None
    """That caption, as found."""


def read_naming(texts: list[str], elements: list[Element], language: str | None) -> Naming:
    """The caption among the visible texts of a wrapper, else in attributes of its elements."""
    label = title = None
    for text in texts:
        caption = _TAIL.sub("", " ".join(text.split())).removeprefix("title=")
        if not caption or len(caption) > LONGEST or is_no_caption(caption):
            continue
        if selector := _SELECTOR.fullmatch(caption):
            caption = selector[1]
        if _is_language(caption, language):
            label = label or caption.strip("[]() ")
        else:
            title = title or caption
    title = title or _in_attributes(elements, language)
    return Naming(title, _named(label) if label else None, label)


def _named(label: str) -> str | None:
    return label_name(label) or label_name(_LABEL_TAIL.sub("", label))


def _is_language(caption: str, language: str | None) -> bool:
    if _named(caption.strip("[]()")) or is_no_language(caption):
        return True
    return language is not None and (
        caption.lower() == language
        or (" " not in caption and canonical(caption) == language and "." not in caption)
    )


def _in_attributes(elements: list[Element], language: str | None) -> str | None:
    for element in elements:
        for found in _candidates(element):
            caption = " ".join(found.split())
            if caption and not _is_language(caption, language) and not is_no_caption(caption):
                return caption[:LONGEST]
    return None


@remember
def _in_classes(classes: str) -> list[str]:
    found: list[str] = []
    if "brush" in classes:
        found += _BRUSH_TITLE.findall(classes)
    elif match := _META.search(classes):
        found.append(match[1] or match[2] or match[3])
    found += _FILE_IN_LANGUAGE.findall(classes)
    found += [name for name in _FILE_AS_LANGUAGE.findall(classes) if not known_name(name)]
    return found


def _candidates(element: Element) -> list[str]:
    attributes = element.attributes
    if not attributes:
        return []
    found: list[str] = []
    if not _TITLED.isdisjoint(attributes):
        found = [attributes[name] for name in _ATTRIBUTES if name in attributes]
    if "class" in attributes:
        found += _in_classes(attributes["class"])
    for name in ("data-meta", "metastring", "data-metastring"):
        if name in attributes and (match := _META.search(attributes[name])):
            found.append(match[1] or match[2] or match[3])
    if element.name in {"pre", "code"}:
        found += [attributes["title"]] if "title" in attributes else []
        found += [name for name in (attributes.get("data-name", ""),) if is_file_name(name)]
    return found
