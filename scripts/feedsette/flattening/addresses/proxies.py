"""Free a picture's address from the services that resize it. Pure text work; nothing is fetched.

Two general rules find most: an address inside the path (`…/https%3A%2F%2Fx.org%2Fa.png`) and an
address in the query (`?url=…`). The rest are sizes that known hosts write into their own paths.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote

from feedsette.flattening.addresses.resolving import Address, is_web, resolve, split_address
from feedsette.flattening.caches import remember

NESTING = 5
"""Proxies wrap proxies; more layers than this are a loop or a trap."""

LENGTH = 8000
"""Longer addresses are data, not proxies; it also bounds the patterns below."""

_INNER = re.compile(r"/(https?(?::|%3A)(?:/|%2F)+.+)", re.IGNORECASE | re.DOTALL)
_ARCHIVE = re.compile(r"/web/\d|/mshots/")  # an archived picture is meant; mshots makes screenshots
_MARKED = re.compile(
    r"/(?:cdn-cgi/image|dynamic/image|image/fetch|image/upload/[^/]*/?fetch|_ipx|unsafe|plain)/"
    r"|^/images?/$"  # Notion: nothing but the address behind it
)
_PICTURE = re.compile(
    r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?|heic)(?:$|[?@:#])", re.IGNORECASE
)
_SAME_HOST = re.compile(r"/(?:cdn-cgi/image|_ipx)/[^/]*[=,_][^/]*(/.+)")
_QUERY_PATH = re.compile(
    r"/(?:_next/image|_vercel/image|_image|\.netlify/images"
    r"|thumbnails/-/via-uri)/?$"  # Halo's
)
_QUERY_NAMES = ("url", "u", "src", "href", "image", "imgurl", "fname", "uri", "image_url")
_WESERV = re.compile(r"(?:images\.weserv\.nl|wsrv\.nl)$")
_JETPACK = re.compile(r"i[0-9]\.wp\.com$")
_GHOST = re.compile(r"(/content/images)/size/w\d+(?:h\d+)?(?:/format/\w+)?/")
_GOOGLE = re.compile(r"(?:\.bp\.blogspot\.com|\.(?:googleusercontent|ggpht)\.com)$")
_GOOGLE_SIZE = re.compile(r"/(?:s|w|h)\d+(?:-[\w-]+)?/(?=[^/]*$)")
_GOOGLE_TAIL = re.compile(r"=(?:s|w|h)\d+(?:-[\w-]+)?$")
_MEDIUM = re.compile(r"(?:cdn-images-\d|miro)\.medium\.com$")
_MEDIUM_ID = re.compile(r"/([01]\*[^/]+)$")
_WIX = re.compile(r"(/media/[^/]+)/v1/.+")
_MEDIAWIKI = re.compile(
    r"/thumb(/[0-9a-f]/[0-9a-f]{2}/[^/]+\.(?:png|jpe?g|gif|svg|webp))/\d+px-[^/]+$", re.IGNORECASE
)
_SIZE_QUERY = re.compile(
    r"(?:cdn\.hashnode\.com|\.files\.wordpress\.com|images\.ctfassets\.net|cdn\.sanity\.io"
    r"|images\.unsplash\.com|images\.pexels\.com|images\.squarespace-cdn\.com)$"
)
_SIZED = re.compile(
    r"blogspot\.com|googleusercontent\.com|ggpht\.com|medium\.com|wixstatic\.com|/content/images/size"
    r"|hashnode\.com|wordpress\.com|ctfassets\.net|sanity\.io|unsplash\.com|pexels\.com"
    r"|squarespace-cdn\.com|/thumb/"
)
"""What stands in an address that _without_size changes, to be looked at before anything else."""
_CAMO = re.compile(r"/[0-9a-f]{40,64}/((?:[0-9a-f]{2})+)$")
_AVATAR = re.compile(r"//(?:[\w-]+\.)?gravatar\.com/avatar/|//avatars\d?\.githubusercontent\.com/")
_FILE_SIZE = re.compile(  # WordPress, Discourse, Publii and galleries
    r"(?:(?:_\d)?[-_]\d+x\d+|-scaled|[-_.](?:thumb(?:nail)?|small|medium|large|preview))?\.\w+$"
)
_FILE_KIND = re.compile(r"^(?:thumb(?:nail)?|mini|small|medium|large|preview|tn)[-_](?=[^.])")
"""What CarrierWave and many an editor put before the name of a smaller version."""

_VERSION = re.compile(
    r"(?<=[^/])[-_](?:\d{1,5}|thumb(?:nail)?(?:_\d{1,3})?|small|medium|large|full|original"
    r"|[a-z](?:_d)?)\.\w{3,4}$"  # Flickr's letters, and its _d for a download
)


@remember
def unwrap(url: str) -> str:
    """Give the address of the original behind an absolute one; others come back as they are."""
    if len(url) > LENGTH:
        return url
    for _ in range(NESTING):
        inner = _unwrap_once(url)
        if inner is None or inner == url:
            return url
        url = inner
    return url


def is_avatar(url: str) -> bool:
    """True for a portrait from a service of portraits: it shows who wrote, not what was written."""
    return bool(_AVATAR.search(url[:LENGTH]))


def same_picture(one: str, other: str) -> bool:
    """True if two unwrapped addresses show one picture, perhaps in two sizes.

    WordPress and many galleries put the size into the file name or the folder, which proves
    nothing about one address, but does for two with the same host and file name.
    """
    return one == other or picture_key(one) == picture_key(other)


def are_versions(one: str, other: str) -> bool:
    """True if two addresses are of files in one folder that differ in a mark of their size only.

    Numbers mark other things, too, so this is for a picture and the target of the link around it:
    Live Writer writes `lamp_2.png` and `lamp_thumb.png`.
    """
    name = _unversioned(one)
    return name is not None and name == _unversioned(other)


@remember
def _unversioned(url: str) -> tuple[str, str] | None:
    part = split_address(url)
    stem, marks = _VERSION.subn("", part.path)
    return ((part.authority or "").lower(), stem) if marks else None


@remember
def picture_key(url: str) -> tuple[str, str]:
    """Host and file name without size and type: what the versions of one picture share."""
    part = split_address(url)
    name = unquote(part.path).rpartition("/")[2]
    host = (part.authority or "").lower().removeprefix("www.")
    if not _PICTURE.search(name):  # `/image?id=3`: only the whole address tells
        return host, f"{part.path}?{part.query or ''}"
    return host, _FILE_SIZE.sub("", _FILE_KIND.sub("", name))


def _unwrap_once(url: str) -> str | None:
    if not is_web(url):
        return None
    part = split_address(url)
    for rule in _RULES:
        inner = rule(url, part)
        if inner:
            return inner
    return None


def _from_path(_: str, part: Address) -> str | None:
    if "http" not in part.path.lower():
        return None
    match = _INNER.search(part.path)
    if not match or _ARCHIVE.match(part.path):
        return None
    inner = match[1]
    marked = _MARKED.search(part.path[: match.start() + 1])
    if re.match(r"https?%3A", inner, re.IGNORECASE):
        inner = unquote(inner)  # the whole address was escaped; a query outside is the proxy's
    elif part.query is not None:
        inner = f"{inner}?{part.query}"
    if not (marked or _PICTURE.search(inner)):
        return None
    inner = re.sub(r"^(https?):/+", r"\1://", inner, flags=re.IGNORECASE)
    if "/plain/" in part.path:  # imgproxy names the wanted format behind the address
        inner = re.sub(r"@\w{3,4}$", "", inner)
    return resolve(inner, None)


def _from_own_path(url: str, part: Address) -> str | None:
    match = _SAME_HOST.search(part.path) if "/cdn-cgi/" in url or "/_ipx/" in url else None
    return resolve(match[1], url) if match else None


def _from_query(url: str, part: Address) -> str | None:
    if not part.query:
        return None
    known = _QUERY_PATH.search(part.path) or _WESERV.search(part.authority or "")
    for pair in part.query.split("&"):
        name, _, value = pair.partition("=")
        value = unquote(value)
        if name.removeprefix("amp;") not in _QUERY_NAMES or not value:
            continue
        if known:
            rooted = "/" in value.partition(".")[0]
            bare = _WESERV.search(part.authority or "") and not rooted
            return resolve(f"https://{value}" if bare else value, url)
        if is_web(value) and _PICTURE.search(value):
            return resolve(value, None)
    return None


def _from_jetpack(_: str, part: Address) -> str | None:
    if not _JETPACK.match(part.authority or ""):
        return None
    host, slash, path = part.path.lstrip("/").partition("/")
    if "." not in host or not slash:
        return None
    return f"https://{host}/{path}"


def _from_camo(_: str, part: Address) -> str | None:
    if part.authority != "camo.githubusercontent.com":
        return None
    match = _CAMO.match(part.path)
    if not match:
        return None
    return resolve(bytes.fromhex(match[1]).decode("utf-8", "replace"), None)


def _without_size(_: str, part: Address) -> str | None:
    if not _SIZED.search(f"{part.authority}{part.path}".lower()):
        return None
    host, path, query = (part.authority or "").lower(), part.path, part.query
    if _GOOGLE.search(host):
        path = _GOOGLE_TAIL.sub("=s0", _GOOGLE_SIZE.sub("/s0/", path))
    elif _MEDIUM.search(host):
        match = _MEDIUM_ID.search(path)
        if match:  # one id is one picture on all of Medium's picture hosts
            return f"https://miro.medium.com/{match[1]}"
    elif host == "static.wixstatic.com":
        path = _WIX.sub(r"\1", path)
    elif _SIZE_QUERY.search(host):
        query = None
    path = _MEDIAWIKI.sub(r"\1", _GHOST.sub(r"\1/", path))
    return str(part._replace(path=path, query=query))


_RULES: tuple[Callable[[str, Address], str | None], ...] = (
    _from_path,
    _from_own_path,
    _from_query,
    _from_jetpack,
    _from_camo,
    _without_size,
)
