"""What stands before a document's root element: the declaration and the DOCTYPE.

Both go. The encoding that the one names is no longer true, and expat refuses the XML 1.1 it
may name; of the other, short entities that stand for themselves are kept, so that nothing can be
fetched and no bomb be made of entities within entities.
"""

import re

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>")
_ELEMENT = re.compile(r"<[A-Za-z_]")
_ENTITY = re.compile(
    r"<!ENTITY\s+([A-Za-z_][\w.-]{0,63})\s+(?:\"([^\"&%<]{0,64}|&#\w{1,8};)\"|'([^'&%<]{0,64}|&#\w{1,8};)')\s*>"
)


def replace_head(text: str) -> tuple[str, dict[str, str], bool]:
    """Strip declaration and DOCTYPE.

    Returns the text with a DOCTYPE of the harmless entities only, those entities, and whether the
    DOCTYPE was Netscape's (RSS 0.91's two kinds differ in nothing else).
    """
    declaration = _DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :]
    root = _ELEMENT.search(text)
    head = text[: root.start()] if root else ""
    start = head.upper().find("<!DOCTYPE")
    if start < 0:
        return text, {}, False
    entities = {match[1]: match[2] or match[3] or "" for match in _ENTITY.finditer(head)}
    kept = "".join(f'<!ENTITY {name} "{_quoted(value)}">' for name, value in entities.items())
    doctype = f"<!DOCTYPE feed [{kept}]>" if kept else ""
    netscape = "netscape" in head.lower()
    return doctype + text[len(head) :], entities, netscape


def _quoted(value: str) -> str:
    return value.replace('"', "&#34;")
