"""Bytes in whatever encoding → text without characters that XML forbids.

The order is what real feeds need rather than RFC 7303's: a byte order mark, then UTF-8 if the bytes
are valid UTF-8 (many feeds say ISO-8859-1 and are not), then what HTTP and the XML declaration say.
"""

import codecs
import re
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]+)", re.IGNORECASE
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
_WIDER = {
    # the supersets that the names stand for in practice (WHATWG Encoding Standard §4.2)
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "big5": "big5hkscs",
}
_ALIASES = {"x-sjis": "cp932", "x-gbk": "gb18030", "x-euc-jp": "euc_jp", "ks_c_5601-1987": "cp949"}
_UNSAFE = frozenset(
    {
        "utf-8",
        "utf-7",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
    }
)
"""Codecs that a declaration in ASCII-compatible bytes cannot mean, or that are no encodings."""
_MULTIBYTE = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|\xc2[\xa0-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML 1.0 document may hold (§2.2); one of them costs the strict parse."""


def read_text(content: bytes, content_type: str = "") -> str:
    """Decode a document by its byte order mark, its bytes, its header and its declaration."""
    text = _decode(content, content_type)
    return _FORBIDDEN.sub("", text.removeprefix("\ufeff"))


def _decode(content: bytes, content_type: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_marked(content[len(mark) :], encoding)
    wide = _wide_encoding(content)
    if wide:
        return content.decode(wide, "replace")
    shifting = [name for name in _named_encodings(content, content_type) if "2022" in name]
    if shifting and b"\x1b" in content:  # ISO-2022-JP looks like ASCII
        return content.decode(shifting[0], "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(content, content_type)


def _decode_marked(content: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        return content.decode("utf-8", "feedsette.mend")
    return content.decode(encoding, "replace")


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark show in the zero bytes of an ASCII beginning."""
    head = content[:4]
    if len(head) < 4 or 0 not in head:
        return None
    zeros = "".join("0" if byte == 0 else "x" for byte in head)
    return {
        "0x0x": "utf-16-be",
        "x0x0": "utf-16-le",
        "000x": "utf-32-be",
        "x000": "utf-32-le",
    }.get(zeros)


def _named_encodings(content: bytes, content_type: str) -> Iterator[str]:
    """Python's names of the encodings that the header and the declaration name, usable ones."""
    names = [match[1] for match in [_CHARSET.search(content_type)] if match]
    names += [match[1].decode("ascii") for match in [_DECLARED.search(content[:4096])] if match]
    for name in names:
        try:
            codec = codecs.lookup(_ALIASES.get(name.lower(), name))
        except LookupError:
            continue
        if codec.name not in _UNSAFE and codec._is_text_encoding:
            yield _WIDER.get(codec.name, codec.name)


def _decode_legacy(content: bytes, content_type: str) -> str:
    """Bytes that are not all UTF-8.

    A named encoding is taken if it reads everything. Else it is UTF-8 with some bad bytes, or
    Windows-1252, the encoding of those who did not know that they had to name one.
    """
    for name in _named_encodings(content, content_type):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            if name.startswith(("cp", "iso8859", "koi8", "gb", "big5", "euc")):
                text = content.decode(name, "replace")
                if text.count("\ufffd") * 100 < len(text):
                    return text
    if _MULTIBYTE.search(content):
        return content.decode("utf-8", "feedsette.mend")
    return content.decode("cp1252", "feedsette.latin1")


def _mend(error: UnicodeError) -> tuple[str, int]:
    """A bad byte amid UTF-8: Windows-1252, unless it is what was left of a cut character."""
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    if len(bad) > 1 or bad in (b"\xc2", b"\xc3"):
        return "\ufffd", error.end
    return bad.decode("cp1252", "replace"), error.end


def _latin1(error: UnicodeError) -> tuple[str, int]:
    """The five bytes without a meaning in Windows-1252 are controls, stripped later."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("feedsette.mend", _mend)
codecs.register_error("feedsette.latin1", _latin1)
