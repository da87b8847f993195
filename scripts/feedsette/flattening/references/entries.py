"""What the lists of references and the notes of an article say: number, title, and their links.

Entries are a line that starts with `[3]`, the element with a footnote's id, or the n-th item of a
list of references.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote

from feedsette.flattening.references.notes import (
    LINE_START,
    LONGEST_TITLE,
    NOTE_NAMES,
    entry_title,
    note_of,
    note_text,
    number_items,
)
from feedsette.flattening.text.spots import Body, Spot
from feedsette.markup import Element
from feedsette.rows import Link

NEAR = 8
"""How many levels up an item of a list is looked for."""

MOST_SIBLINGS = 1000
"""A hostile article has more lists beside one another."""
LONGEST_HEADING = 60

_HEADING = re.compile(
    r"(?:links?|references?|sources?|foot-?notes?|end-?notes?|notes?|citations?|bibliography|"
    r"works cited|further reading|resources|referenzen|quellen|fu(?:ß|ss)noten|literatur|"
    r"anmerkungen|r[ée]f[ée]rences|liens|notes de bas de page|referencias|enlaces|fuentes|notas|"
    r"bibliograf[íi]a|refer[êe]ncias|fontes|riferimenti|fonti|note|bronnen|verwijzingen|voetnoten|"
    r"источники|ссылки|примечания|литература|参考文献|参考资料|参考链接|参考|脚注|引用|資料|リンク|"
    r"注釈|注释|注釋|參考|參考文獻|參考資料|참고|참고문헌|출처|각주|bibliographie|weblinks|"
    r"einzelnachweise|källor|referenser|kilder|referanser|lähteet|viitteet|zdroje|źródła|przypisy|"
    r"bibliografia|kaynak(?:lar|ça)|források|surse|джерела|примітки|πηγές|(?:ال)?(?:مراجع|مصادر)|"
    r"מקורות|संदर्भ)(?:\s*(?:&|and|und|et|y)\s*\w+)?\s*:?",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+")
Linked = tuple[Spot, Link]
"""A link with where it stands."""


@dataclass(slots=True)
class Entries:
    """Titles by number, and which links stand in an entry."""

    titles: dict[int, str | None] = field(default_factory=dict)
    urls: dict[int, set[str | None]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    """Number of the entry by position of the link that stands in it."""

    def add(self, number: int, title: str | None, link: Link | None) -> None:
        """Note an entry and a link that stands in it; the first title of a number counts."""
        self.titles.setdefault(number, title)
        if link is not None:
            self.numbers.setdefault(link.position, number)
            self.urls.setdefault(number, set()).update((link.clean_url, link.domain))


class EntryReader:
    """Finds the entries; `pairs` are the links of the article itself, not of its footer."""

    def __init__(self, body: Body, pairs: Sequence[Linked]) -> None:
        self.text = body.text
        self.pairs = pairs
        self.entries = Entries()
        self.headed: dict[int, bool] = {}
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
            match = LINE_START.match(self.text, start, spot.end)
            if not match or match.end() > spot.start:
                continue
            digits = match[1] or (spot.section in self.listed and (match[2] or match[3]))
            if digits:
                self.entries.add(int(digits), self._line_title(match.end(), spot), link)

    def _line_title(self, start: int, spot: Spot) -> str | None:
        linked = self.text[spot.start : spot.end]
        if start == spot.start and not _URL.match(linked):
            return entry_title(linked)
        latest = max(spot.end, start + 2 * LONGEST_TITLE)
        end = self.text.find("\n", spot.end, latest)
        line = self.text[start : end if end >= 0 else latest][: 2 * LONGEST_TITLE]
        return entry_title(_URL.sub("", line)) or entry_title(linked)

    def read_notes(self, marks: Mapping[int, int]) -> None:
        """Entries that a mark's fragment names: footnotes."""
        wanted = self._wanted(marks)
        if not wanted:
            return
        notes: dict[int, int] = {}
        for element in _root(self.pairs[0][0].element).find_all(*NOTE_NAMES):
            anchor = element.attributes.get("id") or element.attributes.get("name", "")
            if anchor in wanted:
                note = note_of(element)
                cited = wanted.pop(anchor)
                # a box that holds several notes is the first one's: nothing tells them apart
                if id(note) not in notes:
                    notes[id(note)] = cited
                    self.entries.add(cited, entry_title(note_text(note)), None)
        self._number_links(notes)

    def _wanted(self, marks: Mapping[int, int]) -> dict[str, int]:
        """Fragments that marks lead to, with their numbers.

        A mark that stands where an earlier one leads to, or leads to where an earlier one stands,
        is the note's own number: it leads back.
        """
        wanted: dict[str, int] = {}
        passed: set[str] = set()
        for spot, link in self.pairs:
            number = marks.get(link.position)
            if number is None:
                continue
            element = spot.element
            names = _names(element)
            target = unquote(element.attributes["href"].partition("#")[2]).strip()
            if link.kind != "anchor" or target in passed:
                continue
            if wanted.keys().isdisjoint(names):
                wanted.setdefault(target, number)
                passed |= names
        wanted.pop("", None)
        return wanted

    def read_lists(self) -> None:
        """Entries that are items of a numbered list under a heading such as References, or under
        a line that is one in all but markup.
        """
        notes: dict[int, int] = {}
        counted: dict[int, dict[int, int]] = {}
        for spot, link in self.pairs:
            if link.position in self.entries.numbers:
                continue
            item = next((e for e in islice(spot.element.ancestors(), NEAR) if e.name == "li"), None)
            if item is None or item.parent is None or item.parent.name != "ol":
                continue
            if spot.section not in self.listed and not self._is_headed(item.parent):
                continue
            if id(item.parent) not in counted:
                counted[id(item.parent)] = number_items(item.parent)
            number = counted[id(item.parent)][id(item)]
            if number not in self.entries.titles:
                self.entries.add(number, entry_title(note_text(item)), None)
                notes[id(item)] = number
        self._number_links(notes)

    def _is_headed(self, numbered: Element) -> bool:
        if id(numbered) not in self.headed:
            self.headed[id(numbered)] = _is_headed(numbered)
        return self.headed[id(numbered)]

    def _number_links(self, notes: Mapping[int, int]) -> None:
        if not notes:
            return
        for spot, link in self.pairs:
            if link.kind == "anchor":
                continue
            for near in islice(spot.element.ancestors(), NEAR):
                if id(near) in notes:
                    self.entries.add(notes[id(near)], None, link)
                    break


def _is_headed(element: Element) -> bool:
    """Whether the line before a list calls it references: `<p><b>Sources:</b></p><ol>`."""
    siblings = element.parent.children if element.parent else []
    if len(siblings) > MOST_SIBLINGS:
        return False
    place = next(i for i, sibling in enumerate(siblings) if sibling is element)
    for before in reversed(siblings[:place]):
        nodes = [before] if isinstance(before, str) else list(islice(before.descendants(), 4))
        words = "".join(node for node in nodes if isinstance(node, str)).strip()
        if words:
            return len(words) < LONGEST_HEADING and bool(_HEADING.fullmatch(words))
    return False


def _names(element: Element) -> set[str]:
    """The ids of an element and of what closely surrounds it: where a note's own number stands."""
    near = (element, *islice(element.ancestors(), 2))
    return {one.attributes.get(key, "") for one in near for key in ("id", "name")} - {""}


def _root(element: Element) -> Element:
    while element.parent is not None:
        element = element.parent
    return element
