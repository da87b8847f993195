"""What stands for letters: formulas, in the one spelling of several that goes into text, and emoji.

KaTeX and Wikipedia write MathML with the TeX source as an annotation, then the same again as HTML
or as a picture; MathJax writes a preview and the TeX in a script. WordPress and many services draw
a picture whose alt text is the TeX; Quarto's feeds hold it in the picture's address alone.
"""

import re
from urllib.parse import unquote, unquote_plus

from feedsette.flattening.decoration import is_emoji
from feedsette.flattening.listings.signs import holds
from feedsette.flattening.visibility import SHOWN, sight_of
from feedsette.markup import Element

_DRAWN = frozenset(
    {"latex", "tex", "ql-img-inline-formula", "ql-img-displayed-equation",
     "mathtex-equation-editor", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display"}
)  # fmt: skip
_MATH = frozenset({"math"})
_SMILEY = 3
"""Signs of `:-D`; longer ones with letters are names, such as `:tada:`."""
_DRAWERS = re.compile(
    r"/latex\.php\?|\.codecogs\.com/|/media/math/render/|/chart\?.*cht=tx|/equation\?tex=|"
    r"/render/math\?"
)
_TEX_ALONE = re.compile(r"[^?]*\.codecogs\.com/[^?]*\?(.*)")
_TEX_NAMED = re.compile(r"[^?]*\?(?:.*?&)?(?:latex|tex|chl|math)=([^&]*)")
_LOOKS = re.compile(r"\s*+(?:\\(?:inline|dpi\{\d{1,4}\}|bg_\w{1,20}+|fn_\w{1,20}+)\s*+)*+")
"""What tells codecogs.com how a formula shall look."""
_LONGEST_ADDRESS = 4000
_DEFINITIONS = re.compile(
    r"(?:\s*+\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|def)\*?+"
    r"(?:\s*+\\[A-Za-z]++)?+(?:\[[^\]]*+\]|#\d|\s)*+)++"
)
"""What stands outside of braces where a formula only says what its author's commands mean."""
_CROWD = 200
"""Among more siblings a picture's place is not looked for: it costs time."""


def drawn_text(image: Element) -> str | None:
    """What a picture of a formula or an emoji says; None for all else."""
    if image.name != "img":
        return None
    url = image.attributes.get("src", "")
    if not _DRAWN.isdisjoint(image.classes) or _is_of_drawer(url[:500]):
        return image.attribute("alt") or _tex_of(url)
    if is_emoji(image, url):
        alt = image.attribute("alt") or ""
        return None if any(map(str.isalnum, alt)) and len(alt) > _SMILEY else alt
    return None


def _is_of_drawer(url: str) -> bool:
    found = _DRAWERS.search(url)
    return found is not None and "?" not in url[: found.start()]


def repeats_tex(image: Element) -> bool:
    """Whether what a picture draws stands just beside it, shown, as TeX or MathML."""
    preview = image.parent  # MathJax wraps it
    return any(one and any(map(_is_formula, _beside(one))) for one in (image, preview))


def _beside(element: Element) -> list[Element]:
    children = element.parent.children if element.parent else []
    if not 1 < len(children) <= _CROWD:
        return []
    solid = [child for child in children if not isinstance(child, str) or child.strip()]
    place = next(n for n, child in enumerate(solid) if child is element)
    around = [*solid[max(place - 1, 0) : place], *solid[place + 1 : place + 2]]
    return [one for one in around if isinstance(one, Element)]


def _is_formula(element: Element) -> bool:
    if element.name == "script":
        return formula_text(element) is not None
    if sight_of(element) is not SHOWN:
        return False
    return element.name == "math" or holds(element, _MATH)


def _tex_of(url: str) -> str | None:
    """The TeX that an address asks a service to draw; None where it holds none."""
    alone = _TEX_ALONE.match(url[:_LONGEST_ADDRESS])
    if alone:
        tex = unquote(alone[1])
        looks = _LOOKS.match(tex)
        return tex[looks.end() if looks else 0 :].strip() or None
    named = _TEX_NAMED.match(url[:_LONGEST_ADDRESS])
    return unquote_plus(named[1]).strip() or None if named else None


def formula_text(element: Element) -> str | None:
    """TeX of a math element or of a MathJax script, else MathML's own letters; None elsewhere."""
    if element.name == "math":
        for annotation in element.find_all("annotation"):
            if "tex" in annotation.attributes.get("encoding", "").lower():
                return annotation.raw_text()
        return element.raw_text()
    if element.name == "script" and element.attributes.get("type", "").startswith("math/tex"):
        tex = element.raw_text().replace("% <![CDATA[", "").replace("%]]>", "")
        return None if _DEFINITIONS.fullmatch(_unbraced(tex)) else tex
    return None


def _unbraced(tex: str) -> str:
    """What stands outside of braces."""
    outside, depth = [], 0
    for piece in re.split(r"([{}])", tex):
        if piece in {"{", "}"}:
            depth += 1 if piece == "{" else -1
        elif depth == 0:
            outside.append(piece)
    return "".join(outside)
