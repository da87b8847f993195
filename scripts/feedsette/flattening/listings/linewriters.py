"""Lines of a listing in the making: where each ends, whether typed or made of an element."""

from dataclasses import dataclass, field
from typing import NamedTuple

_FILLERS = frozenset({" ", "\u00a0"})
"""What highlighters put into an empty line to give it height."""


class Closing(NamedTuple):
    """The end of an element that is a line or a block."""

    events: int
    """How much had been written when it began."""
    pieces: int
    """How many pieces there were when it began."""
    is_line: bool
    is_block: bool
    separated: bool
    """The source has a line break after it."""
    joined: bool
    """The line goes on after it, though it is the element of a line: Prism cuts up a diff so."""
    breaking: bool
    """It stands for its line break, too: one that is typed after it is of an empty line."""

    def is_filler(self, text: str) -> bool:
        """Whether what stands in it only gives an empty line height."""
        return text in _FILLERS or (self.is_block and self.is_line and text.isspace())


@dataclass(slots=True)
class LineWriter:
    """Lines in the making."""

    pieces: list[str] = field(default_factory=list)
    pending: bool = False
    """A line has ended, unless the text that follows begins with the newline itself."""
    events: int = 0
    at_start: bool = True
    typed: bool = False
    """The newline at the end was typed, not made of an element."""
    laid_out: bool = False
    """White space with a newline at the edges of a line element is the page's, not the code's."""
    fresh: bool = False
    """A laid out line has begun, without any text so far."""

    def write(self, text: str) -> None:
        """Text as it stands in the source, newlines as \\n."""
        if self.fresh:
            lead = len(text) - len(text.lstrip(" \t\r\n"))
            text = text[lead:] if "\n" in text[:lead] else text
            self.fresh = not text
        if not text:
            return
        if not text.lstrip(" \t").startswith("\n"):
            self.flush()
        self.pending = False
        self.pieces.append(text)
        self.events += 1
        self.at_start = text.endswith("\n")
        self.typed = text.rstrip(" \t").endswith("\n")

    def flush(self) -> None:
        """Write the newline of a line that has ended."""
        if self.pending:
            self.pieces.append("\n")
            self.pending, self.at_start, self.typed = False, True, False

    def end_line(self) -> None:
        """End a line that may be empty."""
        self.flush()
        self.pending = True
        self.events += 1

    def start_block(self) -> None:
        """Begin on a line of its own."""
        if not self.at_start:
            self.pending = True
        self.flush()

    def break_line(self) -> None:
        """A br: nothing where the source has typed the newline before it."""
        if self.pending or not self.typed:
            self.end_line()
        self.fresh = self.laid_out

    def close(self, end: Closing) -> None:
        """The end of an element, which may be the end of a line."""
        if len(self.pieces) == end.pieces + 1 and end.is_filler(self.pieces[-1]):
            self.pieces[-1] = ""
            self.at_start = False
        elif end.is_line and self.laid_out and self.events > end.events and not self.pending:
            self._end_laid_out()
        self.fresh = self.fresh and not end.is_line
        if self.events == end.events:
            if end.is_line and not (end.separated or end.joined):
                self.end_line()
        elif not self.at_start and not self.pending and (end.is_block or not end.separated):
            self.end_line()
        if end.breaking:
            self.flush()

    def _end_laid_out(self) -> None:
        text = self.pieces[-1].rstrip(" \t\r\n\u00a0")
        if text != self.pieces[-1]:
            self.pieces[-1] = text
            self.at_start = self.typed = False
