"""Whose player an address is, and the page that a reader would open for it."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from feedsette.flattening.addresses.hosts import host_of
from feedsette.flattening.addresses.resolving import is_web, split_address

PROVIDERS = ("youtube", "vimeo", "x", "gist", "codepen", "spotify", "other")
"""Every value that embeds.provider can have."""

_HOSTS = {
    "youtube.com": "youtube", "m.youtube.com": "youtube", "youtube-nocookie.com": "youtube",
    "youtu.be": "youtube", "vimeo.com": "vimeo", "player.vimeo.com": "vimeo",
    "twitter.com": "x", "mobile.twitter.com": "x", "x.com": "x", "platform.twitter.com": "x",
    "gist.github.com": "gist", "codepen.io": "codepen", "open.spotify.com": "spotify",
    "embed.spotify.com": "spotify", "player.spotify.com": "spotify",
}  # fmt: skip
_YOUTUBE_LIST = re.compile(r"/embed/?(?:videoseries)?\?(?:.*&)?list=([\w-]+)")
_YOUTUBE = re.compile(r"/(?:embed/|v/|shorts/|live/|e/|watch\?(?:.*&)?v=)?([\w-]{11})(?![\w-])")
_VIMEO = re.compile(r"/(?:video/|.*[?&]clip_id=)?(\d+)")
_STATUS = re.compile(r"/(\w+)/status(?:es)?/(\d+)|/i/web/status/(\d+)")
_TWEET = re.compile(r".*[?&]id=(\d+)")
_GIST = re.compile(r"/((?:[\w.-]+/)?[0-9a-f]{5,40})(?:\.js|\.pibb|/|\?|$)")
_GIST_FILE = re.compile(r"[?&]file=([^&]+)")
_NO_WORD = re.compile(r"[^\w-]")
_CODEPEN = re.compile(r"/((?:team/)?[\w-]+)/(?:embed/preview|embed|pen|full|details)/([\w-]+)")
_SPOTIFY = re.compile(r"/(?:embed(?:-podcast)?/)?(?:intl-\w+/)?((?:user/\w+/)?\w+)/(\w+)")
_SPOTIFY_URI = re.compile(r".*[?&]uri=spotify(?::|%3A)(\w+)(?::|%3A)(\w+)", re.IGNORECASE)
_INNER = re.compile(r"(?:^|&)(?:url|src|href)=([^&]+)")
"""Embedly, Hatena, Facebook, viewers of documents."""
_PROGRAM = re.compile(r"https?://api\.")
_EMBED_TAIL = re.compile(
    r"(?:/embed|(?<=/)embed/|[?&]embed=true)(?:#\?secret=\w*){0,3}$",
)
"""WordPress, Mastodon, JSFiddle: the page's address with a word behind it. WordPress writes its
secret once when it asks for what is embedded, and once more when it shows it."""

LENGTH = 4000
"""Longer addresses are not looked into, which bounds the patterns above."""


def canonical_embed(url: str) -> tuple[str, str]:
    """The provider of an absolute player's address, and the page it stands for.

    A frame around another player is taken away. Where the address does not tell the page, it comes
    back as it is; of an unknown provider without the tail that makes it a player.
    """
    for _ in range(2):
        url = _framed(url) or url
    provider = _HOSTS.get(host_of(url) or "", "other")
    part = split_address(url)
    where = part.path + ("" if part.query is None else f"?{part.query}")
    if provider not in _PAGES:
        return provider, _EMBED_TAIL.sub("", url)
    page = _PAGES[provider](where) if len(where) < LENGTH else None
    return provider, page or url


def _framed(url: str) -> str | None:
    """What `…?url=https%3A%2F%2F…` shows; not where that is only a program's own address."""
    part = split_address(url)
    if host_of(url) in _HOSTS or not part.query:
        return None
    inner = [unquote(value) for value in _INNER.findall(part.query[:LENGTH])]
    inner = [f"https:{value}" if value.startswith("//") else value for value in inner]
    web = [value for value in inner if is_web(value) and not _PROGRAM.match(value)]
    return next((value for value in web if host_of(value) in _HOSTS), web[0] if web else None)


def _youtube(where: str) -> str | None:
    match = _YOUTUBE_LIST.match(where)
    if match:
        return f"https://www.youtube.com/playlist?list={match[1]}"
    match = _YOUTUBE.match(where)
    return f"https://www.youtube.com/watch?v={match[1]}" if match else None


def _vimeo(where: str) -> str | None:
    match = _VIMEO.match(where)
    return f"https://vimeo.com/{match[1]}" if match else None


def _x(where: str) -> str | None:
    match = _STATUS.match(where)
    if match and match[1]:
        return f"https://x.com/{match[1]}/status/{match[2]}"
    number = match[3] if match else None
    tweet = _TWEET.match(where)
    number = number or (tweet[1] if tweet else None)
    return f"https://x.com/i/status/{number}" if number else None


def _gist(where: str) -> str | None:
    """Of a gist's several files, `?file=a.py` shows one: on its page that is `#file-a-py`."""
    match = _GIST.match(where)
    if not match:
        return None
    named = _GIST_FILE.search(where)
    file = _NO_WORD.sub("-", unquote(named[1]).lower()) if named else ""
    return f"https://gist.github.com/{match[1]}" + (f"#file-{file}" if file else "")


def _codepen(where: str) -> str | None:
    match = _CODEPEN.match(where)
    return f"https://codepen.io/{match[1]}/pen/{match[2]}" if match else None


def _spotify(where: str) -> str | None:
    match = _SPOTIFY_URI.match(where) or _SPOTIFY.match(where)
    return f"https://open.spotify.com/{match[1]}/{match[2]}" if match else None


_PAGES: dict[str, Callable[[str], str | None]] = {
    "youtube": _youtube,
    "vimeo": _vimeo,
    "x": _x,
    "gist": _gist,
    "codepen": _codepen,
    "spotify": _spotify,
}
