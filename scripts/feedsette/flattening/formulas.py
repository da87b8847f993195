"""What stands for letters: formulas, in the one spelling of several that goes into text, and emoji.

KaTeX and Wikipedia write MathML with the TeX source as an annotation, then the same again as HTML
or as a picture; MathJax writes a preview and the TeX in a script. WordPress and many services draw
a picture whose alt text is the TeX.
"""

import re

from feedsette.markup import Element

_DRAWN = frozenset(
    {"latex", "tex", "ql-img-inline-formula", "ql-img-displayed-equation",
     "mathtex-equation-editor", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display"}
)  # fmt: skip
_EMOJI = frozenset({"emoji", "wp-smiley", "twemoji", "emoticon"})
_SMILEY = 3
"""Signs of `:-D`; longer ones with letters are names, such as `:tada:`."""
_DRAWERS = re.compile(
    r"[^?]*/latex\.php\?|[^?]*\.codecogs\.com/|[^?]*/media/math/render/|[^?]*/chart\?.*cht=tx"
)


def drawn_text(image: Element) -> str | None:
    """What a picture of a formula or an emoji says; None for all else."""
    if image.name != "img":
        return None
    classes = image.classes
    if not _DRAWN.isdisjoint(classes) or _DRAWERS.match(image.attributes.get("src", "")[:500]):
        return image.attribute("alt")
    if not _EMOJI.isdisjoint(classes):
        alt = image.attribute("alt") or ""
        return None if any(map(str.isalnum, alt)) and len(alt) > _SMILEY else alt
    return None


def formula_text(element: Element) -> str | None:
    """TeX of a math element or of a MathJax script, else MathML's own letters; None elsewhere."""
    if element.name == "math":
        for annotation in element.find_all("annotation"):
            if "tex" in annotation.attributes.get("encoding", "").lower():
                return annotation.raw_text()
        return element.raw_text()
    if element.name == "script" and element.attributes.get("type", "").startswith("math/tex"):
        return element.raw_text().replace("% <![CDATA[", "").replace("%]]>", "")
    return None
