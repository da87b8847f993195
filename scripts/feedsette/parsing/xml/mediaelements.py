"""What becomes of pictures, recordings and podcasts: image, itunes:, media:, podcast:."""

from feedsette.parsing.xml.elements import Elements, Raw

NEAR = 50
"""How far out an element looks for one around it, over such as were left open."""


class MediaElements(Elements):
    """As Elements."""

    infeed: int
    outside = False
    """Inside a picture that stands outside of channel and items."""

    def _start_image(self, attrs_d: Raw) -> None:
        """As feedparser's, for which an item's picture is the feed's. News sites write
        `<image>address</image>` and `<image><url>address</url></image>`. That of RSS 1.0 stands
        beside the channel, where feedparser keeps nothing.
        """
        self.outside = not (self.infeed or self.inentry)
        self.infeed = self.infeed or self.outside
        self._keep_picture()
        super()._start_image(attrs_d)  # type: ignore[misc]
        if self.inentry:
            picture = {"url": attrs_d.get("href") or attrs_d.get("url")}
            self.entries[-1].setdefault("pictures", []).append(picture)
        elif attrs_d.get("rdf:resource"):  # in RSS 1.0's channel, the address of the one beside it
            self.feeddata.setdefault("picture", attrs_d["rdf:resource"])

    def _start_itunes_image(self, attrs_d: Raw) -> None:
        self._keep_picture()
        super()._start_itunes_image(attrs_d)  # type: ignore[misc]

    def _keep_picture(self) -> None:
        """A feed's last picture is its own; if its address is none, one before it."""
        earlier = (self.feeddata.get("image") or {}).get("href")
        if earlier and not self.inentry:
            self.feeddata.setdefault("pictures", []).append({"url": earlier})

    def _end_image(self) -> None:
        self.inimage = 0
        text = self.pop("image")
        self.infeed, self.outside = self.infeed and not self.outside, False
        if self.inentry and text and self.entries[-1].get("pictures"):
            self.entries[-1]["pictures"][-1]["url"] = text

    def _end_url(self) -> None:
        if not (self.inentry and self.inimage):
            super()._end_url()  # type: ignore[misc]
        elif self.entries[-1].get("pictures"):
            self.entries[-1]["pictures"][-1]["url"] = self.pop("href")

    def _start_enc_enclosure(self, attrs_d: Raw) -> None:
        """That of RSS 1.0's module, whose attributes programs write in namespaces or in none."""
        named = {name.rpartition(":")[2]: value for name, value in attrs_d.items()}
        address = named.get("resource") or named.get("url")
        if address:
            kept: Raw = {name: named[name] for name in ("type", "length") if name in named}
            self._start_enclosure(kept | {"href": address})

    def _start_podcast_transcript(self, attrs_d: Raw) -> None:
        """A file beside the recording, as its chapters are (podcastindex.org/namespace/1.0)."""
        if self.inentry:
            self.entries[-1].setdefault("podcast_files", []).append(attrs_d)

    _start_podcast_chapters = _start_podcast_transcript

    def _start_itunes_summary(self, attrs_d: Raw) -> None:
        """A podcast's summary repeats the description as text: not a second content."""
        self.push_content("itunes_summary", attrs_d, "text/plain", 1)

    def _end_itunes_summary(self) -> None:
        self.pop_content("itunes_summary")

    def _start_itunes_subtitle(self, _: Raw) -> None:
        self.push("itunes_subtitle", 1)

    def _end_itunes_subtitle(self) -> None:
        self.pop("itunes_subtitle")

    def _start_itunes_title(self, _: Raw) -> None:
        self.push("itunes_title", 1)

    def _end_itunes_title(self) -> None:
        self.pop("itunes_title")

    def _start_media_description(self, attrs_d: Raw) -> None:
        """Describes the recording; the entry's only text with some hosts of videos."""
        self.push_content("media_description", attrs_d, "text/plain", 1)

    def _end_media_description(self) -> None:
        context = self._get_context()
        whole = {key: context.get(key) for key in ("media_description", "media_description_detail")}
        description = self.pop_content("media_description")
        files = context.get("media_content")
        if files and "media:content" in self.open[-NEAR:]:  # it describes this file alone
            files[-1].setdefault("description", description)
            context.update(whole)

    def _start_media_title(self, _: Raw) -> None:
        self.push("media_title", 0)

    def _end_media_title(self) -> None:
        title = self.pop("media_title")
        self._save("media_title", title)
        files = self._get_context().get("media_content")
        if title and files:
            files[-1].setdefault("title", title)

    def _start_media_thumbnail(self, attrs_d: Raw) -> None:
        self._get_context().setdefault("media_thumbnail", []).append(attrs_d)
        self.push("media_thumbnail_text", 0)

    def _end_media_thumbnail(self) -> None:
        url = self.pop("media_thumbnail_text")
        pictures = self._get_context().get("media_thumbnail")
        if url and pictures:
            pictures[-1].setdefault("url", url)
