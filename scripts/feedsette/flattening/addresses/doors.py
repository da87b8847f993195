"""Doors: addresses that services put before every link that leads away from them.

What an author linked to stands in one parameter. Services that name it by a code of their own
(t.co, Substack's, SegmentFault's) cannot be looked behind without asking them.
"""

from urllib.parse import unquote

from feedsette.flattening.addresses.resolving import is_web, split_address

_DOORS = {
    "link.zhihu.com": ("/", ("target",)),
    "link.juejin.cn": ("/", ("target",)),
    "link.csdn.net": ("/", ("target",)),
    "links.jianshu.com": ("/go", ("to",)),
    "link.jianshu.com": ("/", ("t",)),
    "douban.com": ("/link2/", ("url",)),
    "google.com": ("/url", ("q", "url")),
    "youtube.com": ("/redirect", ("q",)),
    "l.facebook.com": ("/l.php", ("u",)),
    "l.instagram.com": ("/", ("u",)),
    "t.umblr.com": ("/redirect", ("z",)),
    "vk.com": ("/away.php", ("to",)),
    "steamcommunity.com": ("/linkfilter/", ("url", "u")),
    "slack-redir.net": ("/link", ("url",)),
    "gate.sc": ("/", ("url",)),
}
"""Path and parameters by host, as services' own pages, copied into articles, have them."""


def behind_door(url: str | None, domain: str | None) -> str | None:
    """The address behind a door, None for every other address."""
    if url is None or domain not in _DOORS:
        return None
    path, names = _DOORS[domain]
    part = split_address(url)
    if (part.path or "/") != path or not part.query:
        return None
    for pair in part.query.split("&"):
        name, _, value = pair.partition("=")
        if name.removeprefix("amp;") in names and is_web(inner := unquote(value)):
            return inner
    return None
