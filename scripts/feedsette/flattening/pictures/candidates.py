"""Which of the many addresses of a picture shows it best: lazy loading, srcset, picture."""

import re
from collections.abc import Iterator
from itertools import islice

from feedsette.markup import Element

INSIDE = 60
"""How many nodes inside a picture are looked at, so that nested ones stay linear."""
SOURCES = 12
"""How many sources of a picture are compared."""
NEAR = 12
"""How many levels up a link, figure or noscript is looked for: feeds nest 20,000 deep."""
_ORIGINAL = ("data-orig-file", "data-full-url", "data-original-src")
_LAZY = (
    "data-src", "data-lazy-src", "data-original", "data-lazy", "data-lazyload", "data-actualsrc",
    "data-cfsrc", "data-ezsrc", "data-url", "data-image", "data-gatsby-src",
)  # fmt: skip
_OTHER = frozenset({"data-url", "data-image"})
"""Those of _LAZY that hold other things as well."""
_LAZY_CLASS = re.compile(r"(?:^|[\s_-])(?:lazy|lozad\b|unveil\b)", re.IGNORECASE)
"""Names that scripts for lazy loading look for: lazyload, b-lazy, js-lazy-image …"""
_PICTURE = re.compile(r"[^?#]*+(?<=\.jpg|\.png|\.gif|jpeg|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_NO_FILE = re.compile(r"data:|about:|\#", re.IGNORECASE)
_BLURRED = re.compile(r"[^?]*+\?[^#]*blur\b", re.IGNORECASE)
_WAITING = re.compile(
    r"/(?:spacer|blank|empty|clear|transparent|pixel|1x1|1px|grey|gray|"
    r"lazy|loading|loader|placeholder|trans)[\w-]*+\.(?:gif|png|svg|jpe?g)(?:$|\?)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"/(?:spacer|blank|empty|clear|transparent|pixel|1x1|1px|trans)"
    r"[\w-]*+\.(?:gif|png|svg|jpe?g)(?:$|\?)",
    re.IGNORECASE,
)
"""In an address with a stroke before it: a pattern that begins with a sign is found soonest."""
_DESCRIPTOR = re.compile(r"(\d{1,7}(?:\.\d{1,4})?)[wx]")


def source_of(element: Element) -> str | None:
    """The address as found that shows the picture best, or None if all are placeholders."""
    here = element.attributes
    sets = [value for name in _SETS if name in here and (value := element.attribute(name))]
    later = {name: value for name in _LAZY if name in here and (value := element.attribute(name))}
    candidates = [
        *[element.attribute(name) for name in _ORIGINAL if name in here],
        _largest(", ".join(sets)),
        # what a script will put into src, which any small picture may hold until then
        *[address for name, address in later.items() if _is_awaited(element, name, address)],
        element.attribute("src"),
        *later.values(),
        *[_largest(source.attribute("srcset")) for source in _sources(element)],
    ]
    real = next((c for c in candidates if c and not _is_placeholder(c)), None)
    # `loading.gif` alone is what an article about loading shows
    return real or next((c for c in candidates if c and not _is_nothing(c)), None)


def _is_awaited(element: Element, name: str, address: str) -> bool:
    """Whether a script would show that picture instead of src: a file's name or the class says so.

    A page or a number is none, nor is a pattern for addresses (`x_{width}.jpg`).
    """
    if "{" in address:
        return False
    if _PICTURE.match(address):
        return True
    return name not in _OTHER and bool(_LAZY_CLASS.search(element.attributes.get("class", "")))


def _is_placeholder(address: str) -> bool:
    stands_in = _NO_FILE.match(address) or _WAITING.search(f"/{address}")
    return bool(stands_in or ("?" in address and _BLURRED.match(address)))


def _is_nothing(address: str) -> bool:
    return bool(_NO_FILE.match(address) or _NOTHING.search(f"/{address}"))


def _sources(element: Element) -> Iterator[Element]:
    # libxml2 does not know that source is void, and puts what follows inside it
    around = (element, *islice(element.ancestors(), NEAR))
    box = next((near for near in around if near.name == "picture"), None)
    return islice(elements_inside(box, "source"), SOURCES) if box else iter(())


def elements_inside(element: Element, name: str) -> Iterator[Element]:
    """The elements of a name among the first INSIDE nodes: hostile pictures nest without end."""
    for node in islice(element.descendants(), INSIDE):
        if isinstance(node, Element) and node.name == name:
            yield node


def _largest(srcset: str | None) -> str | None:
    """The candidate with the greatest width or density."""
    if not srcset:
        return None
    best: tuple[float, str | None] = (0.0, None)
    for address, descriptor in _candidates(srcset):
        number = _DESCRIPTOR.match(descriptor or "1x")
        size = float(number[1]) if number else 0.5
        if size > best[0] and not _is_placeholder(address):
            best = (size, address)
    return best[1]


def _candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """Addresses with their descriptors (HTML §4.8.4.2.1): a comma inside an address is its own."""
    address = ""
    for token in srcset.split():
        if address:
            descriptor, comma, token = token.partition(",")
            yield address, descriptor
            address = ""
            if not comma:  # a second descriptor has no comma in between; ours is the first
                continue
        token = token.lstrip(",")
        if token.endswith(","):
            yield token.rstrip(","), ""
        else:
            address = token
    if address:
        yield address, ""
