"""Where something that the parser has found stands in the file: it tells only the block."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from qms_docs.words.findings import Place

_LONGEST = 10_000
"""A longer word takes the PDF engine minutes, and in part it is lost."""
_WORD = re.compile("[!-\u2e7f]+")


class Places:
    """Finds texts in the lines of a body.

    Tokens come in the order of the text, so each line is searched from the last place found.
    """

    def __init__(self, body: str, path: str, first_line: int) -> None:
        # As the parser counts them: an old line end, a lone carriage return, is one too.
        self.lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._path = path
        self._first_line = first_line
        self._spelt: dict[int, tuple[str, ...]] = {}
        self._after: dict[tuple[int, int], int] = {}
        self._seen: dict[str, set[tuple[int, int]]] = {}
        self._absent: dict[tuple[str, int], int] = {}

    def of_line(self, number: int, column: int = 1) -> Place:
        """Return a place in the file; lines of the body are counted from 0."""
        return Place(self._path, self._first_line + number, column)

    def of_long_words(self) -> Iterator[Place]:
        """Yield where words without end stand."""
        for number, line in enumerate(self.lines):
            for word in _WORD.finditer(line) if len(line) > _LONGEST else ():
                if len(word[0]) > _LONGEST:
                    yield self.of_line(number, word.start() + 1)

    def first(self, text: str, start: int, stop: int) -> Place:
        """Return the first place of a text in a block; else the block's line."""
        columns = ((number, self.lines[number].find(text)) for number in range(start, stop))
        number, column = next((found for found in columns if found[1] >= 0), (start, 0))
        return self.of_line(number, column + 1)

    def find(self, text: str, start: int, stop: int) -> Place:
        """Return the next place of a text in its block; else the block's line."""
        if start < self._absent.get((text, stop), len(self.lines) + 1):
            for number in range(start, stop):
                column = self._column(text, number)
                if column >= 0:
                    return self.of_line(number, column + 1)
            self._absent[text, stop] = start
        return self.of_line(start)

    def _column(self, text: str, number: int) -> int:
        """Return the next column of a text in a line, as typed or percent-decoded; -1 if none."""
        seen = self._seen.setdefault(text, set())
        for way, line in enumerate(self._spellings(number)):
            column = line.find(text, self._after.get((number, way), 0))
            if column < 0:  # what stands in the words of a link stands before its address
                column = line.find(text)
            if column >= 0 and (number, column) not in seen:
                seen.add((number, column))
                self._after[number, way] = column + 1
                return column
        return -1

    def _spellings(self, number: int) -> tuple[str, ...]:
        if number not in self._spelt:
            line = self.lines[number]
            self._spelt[number] = (line, unquote(line)) if "%" in line else (line,)
        return self._spelt[number]
