"""Bytes in whatever encoding → text without characters that XML forbids.

The order is what real feeds need rather than RFC 7303's: a byte order mark, then UTF-8 if the bytes
are valid UTF-8 (many feeds say ISO-8859-1 and are not), then what HTTP and the XML declaration say.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feedsette.parsing.texts import is_printable

HEAD = 4096
"""Bytes in which the declaration must stand."""
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
_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9._:-]+)", re.IGNORECASE)
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
_WIDE = ("utf-16", "utf-32")
_NO_ENCODINGS = frozenset(
    {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
)
"""Python codecs that no feed can mean."""
_SHOWN = {"utf-8": "UTF-8", "cp1252": "windows-1252"}
_MULTIBYTE = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|\xc2[\xa0-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML 1.0 document may hold (§2.2); one of them costs the strict parse."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document as text; problem says what was wrong with its encoding and what was done."""

    text: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    text: str
    encoding: str
    """Python's name of what the bytes were read as."""
    mended: bool = False
    """Some bytes had no meaning in it, and were guessed or replaced."""


def read_text(content: bytes, content_type: str = "") -> Decoded:
    """Decode a document by its byte order mark, its bytes, its header and its declaration."""
    names = _names(content, content_type)
    reading = _decode(content, names)
    problem = _problem(reading, names, is_ascii=content.isascii())
    text = reading.text.removeprefix("\ufeff")
    return Decoded(text if is_printable(text) else _FORBIDDEN.sub("", text), problem)


def _decode(content: bytes, names: list[str]) -> _Reading:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_marked(content[len(mark) :], encoding)
    wide = _wide_encoding(content)
    if wide:
        return _decode_marked(content, wide)
    usable = list(_usable(names))
    shifting = [name for name in usable if "2022" in name]
    if shifting and b"\x1b" in content:  # ISO-2022-JP looks like ASCII
        return _Reading(content.decode(shifting[0], "replace"), shifting[0])
    try:
        return _Reading(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(content, usable)


def _decode_marked(content: bytes, encoding: str) -> _Reading:
    try:
        return _Reading(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        errors = "feedsette.mend" if encoding == "utf-8" else "replace"
        return _Reading(content.decode(encoding, errors), encoding, mended=True)


def _problem(reading: _Reading, names: list[str], *, is_ascii: bool) -> str | None:
    """Say what is wrong if no encoding that the document names is the one it was read in."""
    read_as = _SHOWN.get(reading.encoding, reading.encoding)
    names = names or _names(reading.text[:HEAD].encode("ascii", "replace"), "")
    if names and not any(_fits(name, reading.encoding, is_ascii=is_ascii) for name in names):
        why = "but is not in it" if any(map(_codec_name, names)) else "which does not exist"
        return f"names the encoding {names[-1]}, {why}: read as {read_as}"
    if reading.mended:
        return f"holds bytes that are not {read_as}: they were guessed or replaced"
    if not names and reading.encoding == "cp1252":
        return f"names no encoding and is not UTF-8: read as {read_as}"
    return None


def _fits(name: str, encoding: str, *, is_ascii: bool) -> bool:
    """Whether a name stands for what the bytes were read as."""
    codec = _codec_name(name)
    if codec is None or codec.startswith(_WIDE) or encoding.startswith(_WIDE):
        return codec is not None and codec[:6] == encoding[:6]
    return is_ascii or _WIDER.get(codec, codec) == encoding


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


def _names(content: bytes, content_type: str) -> list[str]:
    """The encodings that the header and the declaration name, as they are written."""
    names = [match[1] for match in [_CHARSET.search(content_type)] if match]
    return names + [m[1].decode("ascii") for m in [_DECLARED.search(content[:HEAD])] if m]


def _codec_name(name: str) -> str | None:
    """Python's name of an encoding of text, None if there is none of that name."""
    try:
        codec = codecs.lookup(_ALIASES.get(name.lower(), name))
    except LookupError:
        return None
    usable = codec._is_text_encoding and codec.name not in _NO_ENCODINGS
    return codec.name.removesuffix("-sig") if usable else None


def _usable(names: Iterable[str]) -> Iterator[str]:
    """Python's names of encodings that bytes which begin like ASCII and are not UTF-8 can be in."""
    for codec in map(_codec_name, names):
        if codec and codec != "utf-8" and not codec.startswith(_WIDE):
            yield _WIDER.get(codec, codec)


def _decode_legacy(content: bytes, usable: Iterable[str]) -> _Reading:
    """Bytes that are not all UTF-8.

    A named encoding is taken if it reads everything. Else it is UTF-8 with some bad bytes, or
    Windows-1252, the encoding of those who did not know that they had to name one.
    """
    for name in usable:
        try:
            return _Reading(content.decode(name), name)
        except UnicodeDecodeError:
            if name.startswith(("cp", "iso8859", "koi8", "gb", "big5", "euc")):
                text = content.decode(name, "replace")
                if text.count("\ufffd") * 100 < len(text):
                    return _Reading(text, name, mended=True)
    if _MULTIBYTE.search(content):
        return _Reading(content.decode("utf-8", "feedsette.mend"), "utf-8", mended=True)
    return _Reading(content.decode("cp1252", "feedsette.latin1"), "cp1252")


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
