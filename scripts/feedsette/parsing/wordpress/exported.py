"""What an export of WordPress says once for all its items: names of people, pictures of galleries.

An item names its author by the login and the pictures of a gallery by their numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif")
MOST_USES = 10
"""Of one picture in all galleries of a document, else a small export could fill the memory."""


class Exported:
    """Empty for every other feed."""

    def __init__(self, names: Mapping[str, str], attachments: Iterable[Mapping[str, Any]]) -> None:
        self.names = names
        """By login, casefolded: WordPress lets people in whatever the case."""
        self.figures: dict[str, str] = {}
        """The HTML of pictures by their numbers."""
        self.children: defaultdict[str, list[str]] = defaultdict(list)
        """Numbers of pictures by the number of the post that they were added to."""
        self.uses: Counter[str] = Counter()
        for entry in attachments:
            self._add(entry)

    def _add(self, entry: Mapping[str, Any]) -> None:
        url = str(entry.get("wp_attachment_url") or "").strip()
        number, parent = entry.get("wp_post_id"), entry.get("wp_post_parent")
        if number and url.lower().endswith(_PICTURES):
            self.figures[number] = _figure(url, entry)
            self.children[str(parent)].append(number)

    def name_of(self, login: str | None) -> str | None:
        """The name behind a login; any other credit as it is."""
        return self.names.get(login.strip().casefold(), login) if login else login

    def gallery(self, numbers: str, post: str) -> str:
        """The pictures of these numbers, in that order; of the post if none are given."""
        keys = numbers.replace(",", " ").split() or self.children.get(post, [])
        return "".join(map(self._use, dict.fromkeys(keys)))

    def _use(self, number: str) -> str:
        if number not in self.figures or self.uses[number] >= MOST_USES:
            return ""
        self.uses[number] += 1
        return self.figures[number]


def read_exported(feed: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> Exported:
    """Gather it from a feed and the attachments among its items."""
    attachments = (entry for entry in entries if "wp_attachment_url" in entry)
    return Exported(feed.get("wp_names") or {}, attachments)


def _figure(url: str, entry: Mapping[str, Any]) -> str:
    alt, caption = entry.get("attachment_alt") or "", entry.get("excerpt_encoded") or ""
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(url)}" alt="{escape(alt)}">{words}</figure>'
