"""What becomes of a feed's elements: texts, people, dates and tags, where feedparser loses some.

Methods are named by feedparser's rule: _start_ or _end_, prefix, name of the element; attributes
come with lower-case names.
"""

import re
from typing import Any

Raw = dict[str, Any]
_COMMAS = re.compile("[,;،、，；]")
"""What parts keywords, in the scripts of the world."""
_DATES = frozenset({"published", "updated", "created", "dc_date"})


class Elements:
    """To be put before one of feedparser's parsers."""

    lang: Any
    depth: int
    baseuri: Any
    entries: list[Any]
    feeddata: Raw
    inentry: int
    incontent: int
    elementstack: list[Any]
    namespaces_in_use: Raw
    moment: str | None = None
    """What the element for a time around this place says to programs."""
    open: list[str]
    """Names of the elements around this place, outermost first."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)  # feedparser's rule for an element without a method

    def _start_rdf_rdf(self, attrs_d: Raw) -> None:
        """The root of RSS 1.0; feedparser reads the language of every root but this."""
        if attrs_d.get("xml:lang"):
            self.feeddata.setdefault("language", attrs_d["xml:lang"])

    def _end_rdf_rdf(self) -> None:
        """Nothing: it was not put on the stack."""

    def _start_content(self, attrs_d: Raw) -> None:
        """As feedparser's, which pushes a second element that is never popped."""
        self.hasContent = 1
        self.push_content("content", attrs_d, "text/plain", 1)
        if attrs_d.get("src"):
            self.contentparams["src"] = attrs_d["src"]

    def _end_content(self) -> None:
        """As feedparser's, but not copied to the summary."""
        self.pop_content("content")

    _end_body = _end_xhtml_body = _end_content_encoded = _end_fullitem = _end_content

    def _start_author(self, _: Raw) -> None:
        """As feedparser's, but each is a plain dictionary, which is faster."""
        self.inauthor = 1
        self.push("author", 1)
        self._get_context().setdefault("authors", []).append({})

    _start_managingeditor = _start_author

    def _end_author(self) -> None:
        """Keep the author's words as they stand; feedparser splits them wrongly at long TLDs."""
        words = self.pop("author")
        self.inauthor = 0
        people = self._get_context().get("authors")
        if words and people and not people[-1]:
            people[-1]["words"] = words

    _end_managingeditor = _end_author

    def _sync_author_detail(self, key: str = "author") -> None:
        """Nothing: see _end_author."""

    def _save_author(self, key: str, value: str, prefix: str = "author") -> None:
        """Without feedparser's slip of storing an itunes:owner over the last author."""
        if prefix == "author":
            people = self._get_context().setdefault("authors", [])
            if not people:
                people.append({})
            people[-1][key] = value

    def _end_published(self) -> None:
        self.pop("published")

    _end_issued = _end_pubdate = _end_published

    def _end_updated(self) -> None:
        self.pop("updated")

    _end_modified = _end_lastbuilddate = _end_updated

    def _end_created(self) -> None:
        self.pop("created")

    def _start_admin_generatoragent(self, attrs_d: Raw) -> None:
        """The generator's address in RSS 1.0; feedparser's own calls what it has no more."""
        address = {"href": attrs_d.get("rdf:resource")}
        self._get_context().setdefault("generator_detail", address)

    def _start_time(self, attrs_d: Raw) -> None:
        """HTML's, in which Drupal puts the dates of its feeds."""
        if self.elementstack and self.elementstack[-1][0] in _DATES:
            self.moment = attrs_d.get("datetime")

    def _end_time(self) -> None:
        if self.moment and self.elementstack and self.elementstack[-1][0] in _DATES:
            self.elementstack[-1][2] = [self.moment]
        self.moment = None

    def _start_dc_date(self, _: Raw) -> None:
        """Dublin Core's date is when something happened, mostly publication; not only updates."""
        self.push("dc_date", 1)

    def _end_dc_date(self) -> None:
        self.pop("dc_date")

    def _start_dc_title(self, attrs_d: Raw) -> None:
        """Dublin Core's title and description stand beside the format's own, which go first:
        feedparser lets the last of both win, and journals write both.
        """
        self.push_content("dc_title", attrs_d, "text/plain", 1)

    def _end_dc_title(self) -> None:
        self.pop_content("dc_title")

    def _start_dc_description(self, attrs_d: Raw) -> None:
        self.push_content("dc_description", attrs_d, "text/html", 1)

    def _end_dc_description(self) -> None:
        self.pop_content("dc_description")

    def _end_guid(self) -> None:
        """As feedparser's, but the guid is not taken for the link here."""
        self.pop("id")
        self._save("permalink", bool(self.guidislink))

    _end_id = _end_guid

    def _start_creator(self, attrs_d: Raw) -> None:
        """Dublin Core's element, in its other namespace or in none."""
        self._start_author(attrs_d)

    def _end_creator(self) -> None:
        self._end_author()

    _start_dcterms_creator, _end_dcterms_creator = _start_creator, _end_creator
    _start_note_creatorname, _end_note_creatorname = _start_creator, _end_creator
    """note.com's; its feeds name nobody else."""

    def _end_itunes_keywords(self) -> None:
        self._save_keywords("itunes_keywords")

    def _start_media_keywords(self, _: Raw) -> None:
        self.push("media_keywords", 0)

    def _end_media_keywords(self) -> None:
        self._save_keywords("media_keywords")

    def _start_shopify_tag(self, _: Raw) -> None:
        self.push("shopify_tag", 0)

    def _end_shopify_tag(self) -> None:
        self._get_context().setdefault("keywords", []).append(self.pop("shopify_tag") or "")

    def _start_tag(self, _: Raw) -> None:
        """Naver's list of what its writers tagged; its category is a folder of the blog."""
        self.push("tag", 0)

    def _end_tag(self) -> None:
        self._save_keywords("tag")

    def _save_keywords(self, element: str) -> None:
        words = _COMMAS.split(self.pop(element) or "")
        self._get_context().setdefault("keywords", []).extend(words)


# what Russian news give to search engines, and KDE's sites to each other; no method can be written
# with most such names
for _name in (
    "yandex_full-text", "mailru_full-text", "rambler_fulltext", "full-text", "fulltext",
    "turbo_content", "fullstory",
):  # fmt: skip
    setattr(Elements, f"_start_{_name}", Elements._start_content)
    setattr(Elements, f"_end_{_name}", Elements._end_content)
