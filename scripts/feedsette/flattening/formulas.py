"""Mathematics: the one spelling of a formula that goes into text, of the several that pages carry.

KaTeX and Wikipedia write MathML with the TeX source as an annotation, then the same again as HTML
or as a picture; MathJax writes a preview and the TeX in a script.
"""

from feedsette.markup import Element


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
