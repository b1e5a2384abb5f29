"""What bodies contain, kept from one check to the next: reading Markdown is nine tenths of one.

Only facts of bodies are kept. Front matter, and with it everything that says who answers for a
text, is read anew each time. An entry that is not what was put there counts as none, so that a
damaged or deleted file costs time and nothing else. Who can write into a person's own cache can
change what that person's checks say; a gate therefore uses none.
"""

import hashlib
import io
import pickle
import sqlite3
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from qms_docs.edges import store
from qms_docs.text import markdown
from qms_docs.words import findings, model
from qms_docs.words.model import Content

MOST = 40_000
"""Entries that are kept; the oldest half goes when there are more."""
_PATIENCE = 0.5
"""Seconds to wait for another process that writes."""
_TABLE = "CREATE TABLE IF NOT EXISTS contents (key BLOB PRIMARY KEY, value BLOB NOT NULL)"
_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        Content,
        findings.Place,
        model.Cell,
        model.Diagram,
        model.Heading,
        model.Reference,
        model.TextTable,
    )
}
"""What an entry may consist of, beside texts, numbers and tuples."""


class ContentCache:
    """Reads bodies as `markdown.read` does; a context manager that keeps what is new at its end."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._new: dict[bytes, bytes] = {}
        self._database = self._opened()

    def read(self, body: str, path: str, first_line: int) -> Content:
        """Return what a body contains: remembered, or read now."""
        key = _key(body, path, first_line)
        content = self._remembered(key)
        if content is None:
            content = markdown.read(body, path, first_line)
            data = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
            self._new[key] = hashlib.sha256(key + data).digest() + data
        return content

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._database is None:
            return
        with suppress(sqlite3.Error):
            if self._new:
                self._keep(self._database)
        self._database.close()

    def _opened(self) -> sqlite3.Connection | None:
        """Return the database; None where there can be none. A file that is none is replaced."""
        for _ in range(2):
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                database = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
                database.execute("PRAGMA synchronous = OFF")
                database.execute("PRAGMA journal_mode = MEMORY")
                database.execute(_TABLE)
                return database
            except sqlite3.OperationalError:
                return None
            except sqlite3.DatabaseError:
                self._file.unlink(missing_ok=True)
            except OSError:
                return None
        return None

    def _remembered(self, key: bytes) -> Content | None:
        if self._database is None:
            return None
        try:
            found = self._database.execute(
                "SELECT value FROM contents WHERE key = ?", (key,)
            ).fetchone()
        except sqlite3.Error:
            return None
        value = found[0] if found else b""
        if not isinstance(value, bytes) or hashlib.sha256(key + value[32:]).digest() != value[:32]:
            return None
        with suppress(Exception):  # of an entry that somebody made up, anything may be wrong
            content = _Unpickler(io.BytesIO(value[32:])).load()
            return content if isinstance(content, Content) else None
        return None

    def _keep(self, database: sqlite3.Connection) -> None:
        database.execute("BEGIN IMMEDIATE")
        (count,) = database.execute("SELECT count(*) FROM contents").fetchone()
        if count + len(self._new) > MOST:
            oldest = "SELECT rowid FROM contents ORDER BY rowid LIMIT ?"
            database.execute(f"DELETE FROM contents WHERE rowid IN ({oldest})", (MOST // 2,))  # noqa: S608
        database.executemany("INSERT OR REPLACE INTO contents VALUES (?, ?)", self._new.items())
        database.execute("COMMIT")


def opened() -> ContentCache:
    """Return the cache of the person who runs the program."""
    return ContentCache(store.cache_folder() / "contents.sqlite")


class _Unpickler(pickle.Unpickler):
    """Makes values of our vocabulary and nothing else, so that an entry cannot run anything."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if module_name.startswith("qms_docs.words.") and global_name in _KINDS:
            return _KINDS[global_name]
        raise pickle.UnpicklingError(global_name)


def _key(body: str, path: str, first_line: int) -> bytes:
    """Return the digest of everything that decides what is read."""
    parts = (_program(), path, str(first_line), body)
    data = (part.encode("utf-8", "surrogatepass") for part in parts)
    return hashlib.sha256(b"".join(len(part).to_bytes(8) + part for part in data)).digest()


@cache
def _program() -> str:
    """Return a digest of the program that reads bodies: our modules, the parser's and Python's."""
    package = Path(__file__).parents[1]
    files = sorted(file for room in ("text", "words") for file in (package / room).rglob("*.py"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    digest.update((package / "data" / "fonts" / "coverage.txt").read_bytes())
    digest.update(markdown.PARSER.encode("ascii"))
    return digest.hexdigest() + sys.version
