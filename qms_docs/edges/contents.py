"""What bodies contain, kept from one check to the next: reading Markdown is nine tenths of one.

Only facts of bodies are kept. Front matter, and with it everything that says who answers for a
text, is read anew each time. An entry that is not what was put there counts as none, so that a
damaged or deleted file costs time and nothing else. Who can write into a person's own cache can
change what that person's checks say; a gate therefore uses none.
"""

import sys
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from qms_docs.edges import store
from qms_docs.edges.entries import Entries, digest_of, program
from qms_docs.text import markdown
from qms_docs.words import findings, model
from qms_docs.words.model import Content

MOST = 40_000
"""Entries that are kept."""
_KINDS: tuple[type, ...] = (
    Content,
    findings.Place,
    model.Cell,
    model.Diagram,
    model.Heading,
    model.Reference,
    model.TextTable,
)
"""What an entry may consist of, beside texts, numbers and tuples."""


class ContentCache:
    """Reads bodies as `markdown.read` does; a context manager that keeps what is new at its end."""

    def __init__(self, file: Path) -> None:
        self._entries = Entries(file, _KINDS, MOST)

    def read(self, body: str, path: str, first_line: int) -> Content:
        """Return what a body contains: remembered, or read now."""
        key = _key(body, path, first_line)
        content = self._entries.get(key, Content)
        if content is None:
            content = markdown.read(body, path, first_line)
            self._entries.put(key, content)
        return content

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._entries.__exit__(kind, error, traceback)


def opened() -> ContentCache:
    """Return the cache of the person who runs the program."""
    return ContentCache(store.cache_folder() / "contents.sqlite")


def _key(body: str, path: str, first_line: int) -> bytes:
    """Return the digest of everything that decides what is read."""
    parts = (_program(), path, str(first_line), body)
    return digest_of(part.encode("utf-8", "surrogatepass") for part in parts)


@cache
def _program() -> str:
    """Return a digest of the program that reads bodies: our modules, the parser's and Python's."""
    ours = program("text/**/*.py", "words/**/*.py", "data/fonts/coverage.txt")
    return f"{ours.hex()} {markdown.PARSER} {sys.version}"
