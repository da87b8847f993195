"""Bytes that arrive in pieces, counted and decompressed within a limit."""

import zlib
from collections.abc import Callable, Iterable
from io import BytesIO

from feedsette.errors import SourceError
from feedsette.sources.kinds import HEAD_BYTES
from feedsette.sources.options import MEBIBYTE

GZIP_MAGIC = b"\x1f\x8b"
MAX_MEMBERS = 1000
"""Parts of one gzip file. A million empty ones would cost quadratic time and give nothing."""

STEP_BYTES = 256 * 1024
"""What is decompressed at once: a small piece may become a thousand times as large."""
Take = Callable[[int], None]

_ANY_HEADER = zlib.MAX_WBITS | 32
_NO_HEADER = -zlib.MAX_WBITS


def too_large(max_bytes: int) -> SourceError:
    """The error that names the limit and the way to raise it."""
    limit = f"{max_bytes / MEBIBYTE:g} MB" if max_bytes >= MEBIBYTE else f"{max_bytes} bytes"
    return SourceError(f"larger than {limit}; raise the limit with --max-size")


def _freely(_size: int) -> None:
    pass


def collect(chunks: Iterable[bytes], max_bytes: int, take: Take = _freely) -> bytes:
    """Join the pieces; SourceError as soon as there is more than the limit.

    `take` is told of every piece before it is kept, and may let it wait.
    """
    joined = BytesIO()  # which gives its content away without a copy
    for chunk in _within(chunks, max_bytes):
        take(len(chunk))
        joined.write(chunk)
    return joined.getvalue()


def inflate(chunks: Iterable[bytes], max_bytes: int, take: Take = _freely) -> bytes:
    """Join and decompress gzip, zlib or raw deflate data (RFC 1950-1952), however cut up.

    Several gzip members are one text (RFC 1952 §2.2); what follows them and is no member is left
    out, as gzip does. SourceError if it is too large before or after, broken, or cut off.
    """
    inflater = _Inflater(max_bytes, take)
    # the compressed bytes are limited too: empty members can go on for ever and give nothing
    for chunk in _within(chunks, max_bytes):
        inflater.feed(chunk)
    return inflater.finish()


def inflate_if_gzip(content: bytes, max_bytes: int, take: Take = _freely) -> bytes:
    """Decompress content that begins like gzip, whatever its name or its headers say."""
    if not content.startswith(GZIP_MAGIC):
        return content
    return inflate((content,), max_bytes, take)


def inflate_head(content: bytes) -> bytes:
    """The beginning of gzip content, b"" if it is broken; other content as it is."""
    if not content.startswith(GZIP_MAGIC):
        return content
    try:
        return zlib.decompressobj(_ANY_HEADER).decompress(content, HEAD_BYTES)
    except zlib.error:
        return b""


def _within(chunks: Iterable[bytes], max_bytes: int) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise too_large(max_bytes)
        yield chunk


class _Inflater:
    def __init__(self, max_bytes: int, take: Take) -> None:
        self.max_bytes = max_bytes
        self.take = take
        self.joined = BytesIO()
        self.size = 0
        self.members = 0
        self.finished = False
        self.decoder = zlib.decompressobj(_ANY_HEADER)
        self.fed = False
        self.pending = b""

    def feed(self, chunk: bytes) -> None:
        if not self.fed:
            # a header is known by two bytes, and must be given back if it is none
            self.pending += chunk
            chunk, self.pending = (self.pending, b"") if len(self.pending) > 1 else (b"", chunk)
        while chunk and not self.finished:
            if self.decoder.eof:
                self._next_member()
            chunk = self._decompress(chunk)

    def _next_member(self) -> None:
        self.members += 1
        if self.members >= MAX_MEMBERS:
            raise SourceError(f"broken gzip data: more than {MAX_MEMBERS} parts")
        self.decoder = zlib.decompressobj(_ANY_HEADER)

    def _decompress(self, chunk: bytes) -> bytes:
        try:
            part = self.decoder.decompress(chunk, STEP_BYTES)
            while part:
                self._keep(part)
                part = self.decoder.decompress(self.decoder.unconsumed_tail, STEP_BYTES)
        except zlib.error:
            return self._recover(chunk)
        self.fed = True
        return self.decoder.unused_data

    def _keep(self, part: bytes) -> None:
        self.fed = True
        self.size += len(part)
        if self.size > self.max_bytes:
            raise too_large(self.max_bytes)
        self.take(len(part))
        self.joined.write(part)

    def _recover(self, chunk: bytes) -> bytes:
        if self.members:
            self.finished = True  # padding after the last member
            return b""
        if self.fed:
            raise SourceError("broken gzip data")
        # `Content-Encoding: deflate` without the header that RFC 9110 §8.4.1.2 asks for
        self.fed = True
        self.decoder = zlib.decompressobj(_NO_HEADER)
        return chunk

    def finish(self) -> bytes:
        if self.pending or (self.fed and not self.decoder.eof and not self.finished):
            raise SourceError("cut off: the compressed data ends too early")
        return self.joined.getvalue()
