"""Mathematics: the one spelling of a formula that goes into text, of the several that pages carry.

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
_DRAWERS = re.compile(
    r"[^?]*/latex\.php\?|[^?]*\.codecogs\.com/|[^?]*/media/math/render/|[^?]*/chart\?.*cht=tx"
)


def drawn_formula(image: Element) -> str | None:
    """What a picture of a formula says; None for all else."""
    if image.name != "img":
        return None
    drawn = not _DRAWN.isdisjoint(image.classes)
    if drawn or _DRAWERS.match(image.attributes.get("src", "")[:500]):
        return image.attribute("alt")
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
