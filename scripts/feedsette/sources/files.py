"""Files, folders and globs. Only regular files are read: a pipe or a device could hang for ever."""

import glob
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from feedsette.errors import SourceError
from feedsette.records import Document
from feedsette.sources.copies import Found, find_copy, in_order
from feedsette.sources.inflating import inflate_head, inflate_if_gzip, too_large
from feedsette.sources.kinds import HEAD_BYTES, Kind, kind_of
from feedsette.sources.options import SourceOptions

FEED_SUFFIXES = frozenset({".xml", ".rss", ".atom", ".rdf", ".feed"})
"""Files of a folder that must be feeds: one that is not is a failure, not passed over."""


def read_document(found: Found, options: SourceOptions) -> Document:
    """Read one file, decompressed if it is gzip; SourceError if it cannot be read."""
    return Document(
        location=found.path,
        content=read_bytes(Path(found.path), options.max_bytes),
        seen_at=found.copied_at or options.clock(),
        copy_of=found.copy_of,
    )


def read_standard_input(options: SourceOptions) -> Document:
    """Read all of standard input as one document."""
    if options.stdin is None:
        raise SourceError("there is no standard input to read")
    return Document("-", read_stream(options.stdin, options.max_bytes), options.clock())


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """The content of a regular file, decompressed if it is gzip."""
    try:
        # without O_NONBLOCK, opening a pipe waits for a writer that may never come
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise SourceError("not a regular file; to read from a pipe, use - as the source")
        with os.fdopen(descriptor, "rb") as stream:
            return read_stream(stream, max_bytes)
    except (OSError, ValueError) as error:
        raise SourceError(explain(error)) from None


def read_stream(stream: BinaryIO, max_bytes: int) -> bytes:
    """All that a stream gives, decompressed if it is gzip, within the limit."""
    content = stream.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise too_large(max_bytes)
    return inflate_if_gzip(content, max_bytes)


def list_folder(folder: Path, options: SourceOptions) -> list[Found]:
    """The feeds of a folder and the folders in it; SourceError if there are none.

    Left out: hidden files and folders, links to folders (they may lead in circles), web pages,
    and all that neither begins like a feed nor has a feed's suffix. Lists of feeds (OPML, text)
    are left out as well, so that reading a folder never reaches for the network.
    """
    unreadable: list[OSError] = []
    looked_at: Counter[str] = Counter()
    found = _find(_walk(folder, unreadable.append), options, looked_at)
    # reading such a folder on its own tells what is wrong with it
    found += [Found(str(error.filename)) for error in unreadable if error.filename != str(folder)]
    if unreadable and not found:
        raise SourceError(explain(unreadable[0]))
    if not found:
        lists = looked_at[".opml"] or looked_at[".txt"]
        hint = "; lists of feeds are read where they are named themselves" if lists else ""
        seen = f"files looked at: {looked_at.total()}; none begins like a feed"
        raise SourceError(f"no feeds in this folder ({seen}){hint}")
    return found


def list_glob(pattern: str, options: SourceOptions) -> list[Found]:
    """The files that a pattern matches, `**` for folders at any depth; SourceError if none."""
    # Path.glob refuses absolute patterns
    paths = (Path(name) for name in glob.iglob(pattern, recursive=True))  # noqa: PTH207
    try:
        found = [find_copy(path, options.clock()) for path in paths if path.is_file()]
    except ValueError as error:  # NUL in a name, from a list that is no list
        raise SourceError(explain(error)) from None
    if not found:
        raise SourceError("no file matches this pattern")
    return in_order(found)


def explain(error: OSError | ValueError) -> str:
    """A foreign error in a few words, without the path, which is private."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "not readable: permission denied"
    if isinstance(error, IsADirectoryError):
        return "is a folder"
    if "embedded null" in str(error):  # Python 3.13 words it in another way
        return "embedded null byte"
    return (getattr(error, "strerror", None) or str(error)).lower()


def _walk(folder: Path, tell: Callable[[OSError], None]) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, onerror=tell):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in names if not name.startswith("."))


def _find(paths: Iterable[Path], options: SourceOptions, looked_at: Counter[str]) -> list[Found]:
    """The feeds among the files; `looked_at` counts these by suffix."""
    now = options.clock()
    files = (path for path in paths if path.is_file())
    feeds = (path for path in _counted(files, looked_at) if _is_feed(path, options.max_bytes))
    return in_order(find_copy(path, now, use_mtime=options.copies) for path in feeds)


def _counted(paths: Iterable[Path], by_suffix: Counter[str]) -> Iterator[Path]:
    for path in paths:
        by_suffix[path.suffix.lower()] += 1
        yield path


def _is_feed(path: Path, max_bytes: int) -> bool:
    suffixes = {suffix.lower() for suffix in path.suffixes}
    has_feed_suffix = bool(suffixes & FEED_SUFFIXES)
    try:
        with path.open("rb") as stream:
            # what names a JSON feed may stand at its end
            head = stream.read(max_bytes if ".json" in suffixes else HEAD_BYTES)
    except OSError:
        return has_feed_suffix  # so that reading it fails, and the failure is told
    kind = kind_of(inflate_head(head))
    return kind is Kind.FEED or (kind is Kind.UNKNOWN and has_feed_suffix)
