"""`text [3]`, footnotes and lists of references: which link cites what, and what it is called.

Citations are marks behind a link (`text [3]`), links that are a mark themselves
(`<sup><a href="#fn1">1</a></sup>`, `<a>[1]</a>`), and entries are what they point to: a line that
starts with `[3]`, the element with the footnote's id, or the n-th item of a list of references.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from urllib.parse import unquote

from feedsette.flattening.blocks import GAP_OF
from feedsette.flattening.spots import Body, Spot
from feedsette.markup import Element
from feedsette.rows import Link

LONGEST_TITLE = 300
LONGEST_MARK = 20
NEAR = 8
"""How many levels up an item of a list is looked for."""

_HEADING = re.compile(
    r"(?:links?|references?|sources?|foot-?notes?|end-?notes?|notes?|citations?|bibliography|"
    r"works cited|further reading|resources|referenzen|quellen|fu(?:ß|ss)noten|literatur|"
    r"anmerkungen|r[ée]f[ée]rences|liens|notes de bas de page|referencias|enlaces|fuentes|notas|"
    r"bibliograf[íi]a|refer[êe]ncias|fontes|riferimenti|fonti|note|bronnen|verwijzingen|voetnoten|"
    r"источники|ссылки|примечания|литература|参考文献|参考资料|参考链接|参考|脚注|引用|資料|リンク|"
    r"注釈|참고|참고문헌|출처|각주)(?:\s*(?:&|and|und|et|y)\s*\w+)?\s*:?",
    re.IGNORECASE,
)
_RAISED_DIGIT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# markdown-it numbers the second citation of a note 2:1
_BRACKETED = re.compile(r"\s*[\[［]\s*(\d{1,3})(?::\d{1,2})?\s*[\]］]\s*")
_BARE = re.compile(r"\s*+[(\[*※]?\s*+(\d{1,3})\s*+[)\].]?\s*+")
_RAISED = re.compile(r"[ .,;:)\"'”’]{0,3}([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_BEHIND = re.compile(r"([ .,;:)\"'”’…]{0,3})[\[［](\d{1,3})(?:[,\s–-]+\d{1,3})*[\]］]")
_LATER = re.compile(r"[^.!?\n\[\]]{1,40}?\s[\[［](\d{1,3})[\]］]")
_LINE_START = re.compile(
    r"\s*(?:[-*•·]\s*)?(?:[\[［](\d{1,3})[\]］]|\((\d{1,3})\)|(\d{1,3})[.):])\s*"
)
_STARRED = re.compile(r"[*※]\s?\d{1,3}\s*[:：.)]?\s*")
_NOTE_TARGET = re.compile(r"#.*(?:fn|foot-?note|note|ref|cite|bib|_ftn|sdfoot)", re.IGNORECASE)
_NOTE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:foot|end|side)-?note|fn-?ref|footref|noteref|citation|sdfootnote)",
    re.IGNORECASE,
)
_BACK_SIGNS = r"[\s↩↵⤴⏎^︎️\u2191\u21a9]"
_STOPS = " .,;:!?)\"'”’…"
_BACK = re.compile(rf"(?<!{_BACK_SIGNS}){_BACK_SIGNS}++$")
_URL = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Reference:
    """The number that a link cites or bears, and the entry's title where there is one."""

    number: int
    title: str | None = None


@dataclass(slots=True)
class _Entries:
    """What the lists of references say: titles by number, and which links stand in an entry."""

    titles: dict[int, str | None] = field(default_factory=dict)
    urls: dict[int, set[str | None]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    """Number of the entry by position of the link that stands in it."""

    def add(self, number: int, title: str | None, link: Link | None) -> None:
        self.titles.setdefault(number, title)
        if link is not None:
            self.numbers.setdefault(link.position, number)
            self.urls.setdefault(number, set()).update((link.clean_url, link.domain))


def find_references(
    body: Body, spots: Sequence[Spot], links: Sequence[Link]
) -> Mapping[int, Reference]:
    """References by the position of the link that cites them or stands in their entry."""
    if not links:
        return {}
    reader = _Reader(body, spots, links)
    reader.read_lines()
    marks = reader.read_marks()
    reader.read_notes(marks)
    told = dict(reader.entries.numbers)
    reader.read_lists()
    cited = {**reader.read_citations(marks), **marks}
    # a numbered list that nothing cites is a list, whatever it is called
    numbers = {**cited, **(reader.entries.numbers if cited else told)}
    return {
        position: Reference(number, reader.entries.titles.get(number))
        for position, number in numbers.items()
    }


class _Reader:
    def __init__(self, body: Body, spots: Sequence[Spot], links: Sequence[Link]) -> None:
        self.text = body.text
        self.spots = spots
        self.links = links
        self.pairs = [
            (spot, link) for spot, link in zip(spots, links, strict=True) if not spot.footer
        ]
        """Links of the article itself, with their spots."""
        self.has_brackets = "[" in body.text or "［" in body.text
        self.has_raised = not body.text.isascii() and bool(_RAISED_DIGIT.search(body.text))
        self.entries = _Entries()
        self.listed = frozenset(
            section.position
            for section in body.sections
            if section.title and _HEADING.fullmatch(section.title.strip())
        )

    def read_lines(self) -> None:
        """Entries that are a line with its number in front."""
        for spot, link in self.pairs:
            if link.kind == "anchor":
                continue
            # a line may be the whole article: it is not searched for its beginning at every link
            earliest = max(0, spot.start - LONGEST_TITLE)
            start = max(self.text.rfind("\n", earliest, spot.start) + 1, earliest)
            match = _LINE_START.match(self.text, start, spot.end)
            if not match or match.end() > spot.start:
                continue
            digits = match[1] or (spot.section in self.listed and (match[2] or match[3]))
            if digits:
                self.entries.add(int(digits), self._line_title(match.end(), spot), link)

    def _line_title(self, start: int, spot: Spot) -> str | None:
        linked = self.text[spot.start : spot.end]
        if start == spot.start and not _URL.match(linked):
            return _title(linked)
        latest = max(spot.end, start + 2 * LONGEST_TITLE)
        end = self.text.find("\n", spot.end, latest)
        line = self.text[start : end if end >= 0 else latest][: 2 * LONGEST_TITLE]
        return _title(_URL.sub("", line)) or _title(linked)

    def read_marks(self) -> dict[int, int]:
        """Links that are a mark themselves, by position."""
        marks: dict[int, int] = {}
        for spot, link in self.pairs:
            number = self._mark(spot.element, link)
            if number is not None and link.position not in self.entries.numbers:
                marks[link.position] = number
        return marks

    def _mark(self, element: Element, link: Link) -> int | None:
        text = link.text or ""
        if len(text) > LONGEST_MARK:
            return None
        text = text.translate(_SUPERSCRIPT)
        match = _BRACKETED.fullmatch(text)
        if match:
            return int(match[1])
        match = _BARE.fullmatch(text)
        if not match:
            return None
        number = int(match[1])
        raised = any(near.name == "sup" for near in _around(element, 2)) or any(
            inner.name == "sup" for inner in element.elements
        )
        noted = link.kind == "anchor" and _is_noted(element)
        # a bare number that leads nowhere is what Markdown makes of `[5](which is a good read)`
        mangled = link.problem is not None and number in self.entries.titles
        if (
            noted
            or mangled
            or (raised and (link.kind == "anchor" or number in self.entries.titles))
        ):
            return number
        return None

    def read_notes(self, marks: Mapping[int, int]) -> None:
        """Entries that a mark's fragment names: footnotes."""
        wanted = self._wanted(marks)
        if not wanted:
            return
        notes: dict[int, int] = {}
        for element in _root(self.spots[0].element).find_all(*_NOTE_NAMES):
            anchor = element.attributes.get("id") or element.attributes.get("name", "")
            if anchor in wanted:
                note = _note_of(element)
                cited = wanted.pop(anchor)
                # a box that holds several notes is the first one's: nothing tells them apart
                if id(note) not in notes:
                    notes[id(note)] = cited
                    self.entries.add(cited, _title(_note_text(note)), None)
        self._number_links(notes)

    def _wanted(self, marks: Mapping[int, int]) -> dict[str, int]:
        """Fragments that marks lead to, with their numbers.

        A mark that stands where an earlier one leads to, or leads to where an earlier one stands,
        is the note's own number: it leads back.
        """
        wanted: dict[str, int] = {}
        passed: set[str] = set()
        for position, number in marks.items():
            element = self.spots[position].element
            names = _names(element)
            target = unquote(element.attributes["href"].partition("#")[2]).strip()
            if self.links[position].kind != "anchor" or target in passed:
                continue
            if wanted.keys().isdisjoint(names):
                wanted.setdefault(target, number)
                passed |= names
        wanted.pop("", None)
        return wanted

    def read_lists(self) -> None:
        """Entries that are items of a numbered list under a heading such as References."""
        notes: dict[int, int] = {}
        counted: dict[int, dict[int, int]] = {}
        for spot, link in self.pairs:
            if spot.section not in self.listed or link.position in self.entries.numbers:
                continue
            item = next((e for e in _around(spot.element, NEAR) if e.name == "li"), None)
            if item is None or item.parent is None or item.parent.name != "ol":
                continue
            if id(item.parent) not in counted:
                counted[id(item.parent)] = _count(item.parent)
            number = counted[id(item.parent)][id(item)]
            if number not in self.entries.titles:
                self.entries.add(number, _title(_note_text(item)), None)
                notes[id(item)] = number
        self._number_links(notes)

    def _number_links(self, notes: Mapping[int, int]) -> None:
        if not notes:
            return
        for spot, link in self.pairs:
            if link.kind == "anchor":
                continue
            for near in _around(spot.element, NEAR):
                if id(near) in notes:
                    self.entries.add(notes[id(near)], None, link)
                    break

    def read_citations(self, marks: Mapping[int, int]) -> dict[int, int]:
        """Links with a mark behind them, by position."""
        cited: dict[int, int] = {}
        for (spot, link), following in zip_longest(self.pairs, self.pairs[1:]):
            if link.position in marks or link.position in self.entries.numbers:
                continue
            number = self._number_behind(spot, link, following, marks)
            if number is not None:
                cited[link.position] = number
        return cited

    def _number_behind(
        self,
        spot: Spot,
        link: Link,
        following: tuple[Spot, Link] | None,
        marks: Mapping[int, int],
    ) -> int | None:
        if spot.start == spot.end:
            return None
        if following and following[1].position in marks:
            between = self.text[spot.end : following[0].start]
            if len(between) <= 2 and "\n" not in between:
                return marks[following[1].position]
        match = _BEHIND.match(self.text, spot.end) if self.has_brackets else None
        if match and (match[1] or int(match[2]) in self.entries.titles):
            return int(match[2])
        match = _RAISED.match(self.text, spot.end) if self.has_raised else None
        if match:
            return int(match[1].translate(_SUPERSCRIPT))
        number = _sup_behind(spot.element)
        if number is not None:
            return number if number in self.entries.titles else None
        return self._number_later(spot, link, following)

    def _number_later(
        self, spot: Spot, link: Link, following: tuple[Spot, Link] | None
    ) -> int | None:
        """`<a>metric format</a> (EMF) [4]`: words between, but the entry leads to the same site."""
        if not self.has_brackets:
            return None
        end = following[0].start if following else len(self.text)
        match = _LATER.match(self.text, spot.end, max(end, spot.end))
        if not match:
            return None
        known = self.entries.urls.get(int(match[1]), set())
        same = link.clean_url in known or (link.domain is not None and link.domain in known)
        return int(match[1]) if same else None


_NOTE_NAMES = (
    "li",
    "p",
    "div",
    "dd",
    "dt",
    "td",
    "tr",
    "table",
    "a",
    "span",
    "sup",
    "aside",
    "cite",
    "small",
)
_NOTE_BOXES = frozenset({"li", "p", "div", "dd", "td", "tr", "table", "aside"})


def _is_noted(link: Element) -> bool:
    """Whether its address, role or class calls it the mark of a note, or that of a box around."""
    return bool(
        _NOTE_TARGET.match("#" + link.attributes["href"].partition("#")[2])
        or link.attribute("role") in ("doc-noteref", "doc-biblioref")
        or _NOTE_CLASS.search(link.attributes.get("class", ""))
        or (link.parent is not None and _NOTE_CLASS.search(link.parent.attributes.get("class", "")))
    )


def _names(element: Element) -> set[str]:
    """The ids of an element and of what closely surrounds it: where a note's own number stands."""
    near = (element, *_around(element, 2))
    return {one.attributes.get(key, "") for one in near for key in ("id", "name")} - {""}


def _note_of(element: Element) -> Element:
    """The box of a note whose target is only an anchor at its beginning, or its label."""
    box = element
    if element.name not in _NOTE_BOXES and element.name != "dt":
        box = next((e for e in _around(element, 3) if e.name in _NOTE_BOXES), element)
    parent = box.parent
    if parent is None or box.name not in {"dt", "td"}:
        return box
    if box.name == "td":
        return parent
    siblings = list(islice(parent.elements, 200))
    place = next((n for n, one in enumerate(siblings) if one is box), len(siblings))
    return next((one for one in siblings[place + 1 :] if one.name == "dd"), box)


def _note_text(note: Element) -> str:
    """A note's words without its back links and its own number, be that in an element or not."""
    words: list[str] = []
    length = 0
    stack: list[Element | str] = [note]
    while stack and length < 4 * LONGEST_TITLE:
        node = stack.pop()
        if isinstance(node, str):
            words.append(node)
            length += len(node)
        elif not (node.name == "a" and _leads_back(node)) and (length or not _is_label(node)):
            words.append(" " if node.name in GAP_OF else "")
            stack.extend(reversed(node.children))
    text = " ".join("".join(words).split())
    match = _LINE_START.match(text) or _STARRED.match(text)
    return text[match.end() :] if match else text


def _is_label(element: Element) -> bool:
    """`<sup>1</sup>` or `<span>1</span>`, with nothing else in it."""
    match element.children:
        case [str(text)]:
            return element.name in {"sup", "span", "b"} and bool(_BARE.fullmatch(text))
    return False


def _leads_back(link: Element) -> bool:
    if not link.attributes.get("href", "").strip().startswith("#"):
        return False
    text = link.raw_text().strip()
    return len(text) <= 3 or bool(_BRACKETED.fullmatch(text)) or not _BACK.sub("", text)


def _title(text: str) -> str | None:
    text = _BACK.sub("", " ".join(text.split())).strip(" :–—-,;[(<").lstrip(".)]：、 ")
    if len(text) > LONGEST_TITLE:
        text = text[: LONGEST_TITLE - 1].rstrip() + "…"
    return text or None


def _sup_behind(element: Element) -> int | None:
    """The n of `<a>text</a><sup>n</sup>`, perhaps with a comma between."""
    siblings = element.parent.children if element.parent else []
    if len(siblings) > 1000:  # a hostile paragraph of links would make this quadratic
        return None
    place = next(i for i, sibling in enumerate(siblings) if sibling is element)
    rest = siblings[place + 1 : place + 3]
    if rest and isinstance(rest[0], str) and not rest[0].strip(_STOPS):
        rest = rest[1:]
    following = rest[0] if rest else None
    if not isinstance(following, Element) or following.name != "sup":
        return None
    match = _BARE.fullmatch(following.raw_text())
    return int(match[1]) if match else None


def _around(element: Element, levels: int) -> Iterator[Element]:
    for _, ancestor in zip(range(levels), element.ancestors(), strict=False):
        yield ancestor


def _root(element: Element) -> Element:
    while element.parent is not None:
        element = element.parent
    return element


def _count(items: Element) -> dict[int, int]:
    start = items.attribute("start") or "1"
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    rows = (child for child in items.elements if child.name == "li")
    return {id(item): first + place for place, item in enumerate(rows)}
