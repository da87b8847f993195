"""The text of an article, written piece by piece, with white space folded on the way.

Separators are not written when they are met but when the next word comes, and only the strongest
of them. So text never begins or ends with white space, and `size` is exact at any moment: an
offset taken from it needs no correction later.
"""

from enum import IntEnum

from feedsette.flattening.text.texts import drop_controls, fold


class Gap(IntEnum):
    """What stands between two words, from weak to strong."""

    NONE = 0
    SPACE = 1
    CELL = 2
    LINE = 3
    ROW = 4
    BLANK = 5


NONE, SPACE, CELL, LINE, ROW, BLANK = Gap
"""By these names: to look one up in its class takes longer than what is done with it."""

_SEPARATORS = ("", " ", "\t", "\n", "\n", "\n\n")


class TextWriter:
    """Collects folded text; `size` is how long it is, without the separator that is still due."""

    __slots__ = ("gap", "limit", "pieces", "row", "size", "tabs")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.gap = NONE
        self.limit = BLANK
        """The strongest gap that is allowed: SPACE inside a heading."""
        self.tabs = 0
        """Those that are due beside the gap: one for each cell that began since the last word."""
        self.row: int | None = None
        """The size at the first cell of the row; None before it."""

    def part(self, gap: Gap) -> None:
        """Ask for a separator before the next word."""
        if gap > self.limit:
            gap = self.limit
        if gap >= ROW:
            self.tabs, self.row = 0, None
        elif self.tabs:
            return  # the tab parts the cell from what stands before it, whatever it begins with
        if gap > self.gap and self.size:
            self.gap = gap

    def part_cell(self) -> None:
        """Begin a cell: a tab parts it from the one before it in its row, be that empty or not."""
        if self.limit < CELL:
            self.part(SPACE)
        elif self.row is None:
            self.row = self.size
        elif self.size and not (self.gap == BLANK and self.size > self.row):
            self.gap = self.gap if self.size == self.row else NONE
            self.tabs += 1

    def break_line(self) -> None:
        """Ask for a new line, as `<br>` does: a second one leaves a line blank."""
        self.part(BLANK if self.gap == LINE else LINE)

    def write(self, text: str) -> bool:
        """Write words; False if there were none, but white space at most."""
        if "\ufffc" in text:  # the sign counts as printable
            text = drop_controls(text)
        if text.isprintable() and "  " not in text:  # no white space but single blanks
            words = text.strip()
        else:
            words = " ".join(text.split())
            if not words.isprintable():  # which a control character is not
                words = fold(text) or ""
        if not words:
            if text:
                self.part(SPACE)
            return False
        if text[0].isspace():
            self.part(SPACE)
        self._append(words)
        if text[-1].isspace():
            self.gap = SPACE
        return True

    def write_lines(self, text: str) -> bool:
        """Write words and keep the line breaks among them."""
        wrote = False
        for number, line in enumerate(text.splitlines() if text.strip() else ()):
            if number:
                self.break_line()
            wrote = self.write(line) or wrote
        if not wrote:
            self.part(LINE if "\n" in text else SPACE)
        elif text.endswith("\n"):
            self.part(LINE)
        return wrote

    def write_listing(self, code: str) -> bool:
        """Write code as it stands, apart from its surroundings."""
        code = drop_controls(code).strip("\n")
        self.part(BLANK)
        if not code.strip():
            return False
        self._append(code)
        self.part(BLANK)
        return True

    def ends_in(self, signs: str) -> bool:
        """Whether one of these signs was written last, and no separator is due behind it."""
        return bool(self.pieces) and not self.gap and self.pieces[-1][-1] in signs

    def trim(self, piece: int, signs: str) -> None:
        """Take signs away from the end, but nothing before the given piece."""
        while len(self.pieces) > piece:
            last = self.pieces.pop()
            kept = last.rstrip(signs)
            self.size -= len(last) - len(kept)
            if kept:
                self.pieces.append(kept)
                return

    def rewind(self, piece: int) -> None:
        """Take back all pieces from the given one on."""
        self.size -= sum(map(len, self.pieces[piece:]))
        del self.pieces[piece:]
        self.gap, self.tabs = NONE, 0
        self.part(BLANK)

    def text(self) -> str:
        """All that was written."""
        return "".join(self.pieces)

    def _append(self, text: str) -> None:
        if self.gap or self.tabs:
            separator = _SEPARATORS[self.gap] + "\t" * self.tabs
            self.pieces.append(separator)
            self.size += len(separator)
            self.gap, self.tabs = NONE, 0
        self.pieces.append(text)
        self.size += len(text)
