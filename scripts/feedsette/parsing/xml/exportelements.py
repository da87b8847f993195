"""What becomes of WordPress's own elements in its exports, of which feedparser keeps the last."""

from feedsette.parsing.xml.elements import Elements

_ALT = "_wp_attachment_image_alt"


class ExportElements(Elements):
    """As Elements."""

    login = ""
    meta_key = ""

    def _end_wp_author_login(self) -> None:
        self.login = self.pop("wp_author_login") or ""

    def _end_wp_author_display_name(self) -> None:
        """The name behind a login, which is all that an item says; the address stays unread."""
        name = self.pop("wp_author_display_name")
        if self.login and name:
            self.feeddata.setdefault("wp_names", {})[self.login.casefold()] = name

    def _end_wp_meta_key(self) -> None:
        self.meta_key = self.pop("wp_meta_key") or ""

    def _end_wp_meta_value(self) -> None:
        value = self.pop("wp_meta_value")
        if value and self.meta_key == _ALT:
            self._save("attachment_alt", value)
