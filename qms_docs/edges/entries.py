"""Values kept from one run to the next, outside the repository; what is damaged counts as none.

An entry holds the SHA-256 of its key and its value, and is read by a reader that can make the
values named and no others, so that a made-up entry cannot run anything. Where there can be no file,
or another process is writing, nothing is remembered and nothing is kept.
"""

import copyreg
import hashlib
import io
import pickle
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

_PATIENCE = 0.5
"""Seconds to wait for another process that writes."""
_TABLE = "CREATE TABLE IF NOT EXISTS contents (key BLOB PRIMARY KEY, value BLOB NOT NULL)"
_DISPATCH = {**copyreg.dispatch_table, ZoneInfo: lambda zone: (ZoneInfo, (zone.key,))}
"""A time zone is kept by its name."""
T = TypeVar("T")


class Entries:
    """A file of entries; a context manager that writes what is new at its end."""

    def __init__(self, file: Path, kinds: Iterable[type], most: int) -> None:
        """`kinds` are what a value may consist of, beside texts, numbers and collections.

        When there would be more than `most` entries, the oldest half goes.
        """
        self._file = file
        self._kinds = {(kind.__module__, kind.__qualname__): kind for kind in kinds}
        self._most = most
        self._new: dict[bytes, bytes] = {}
        self._database = self._opened()

    def get(self, key: bytes, kind: type[T]) -> T | None:
        """Return the value of a key; None if there is none of this kind, or a damaged one."""
        if self._database is None:
            return None
        try:
            found = self._database.execute(
                "SELECT value FROM contents WHERE key = ?", (key,)
            ).fetchone()
        except sqlite3.Error:
            return None
        value = found[0] if found else b""
        if not isinstance(value, bytes):
            return None
        data = memoryview(value)[32:]
        if _digest(key, data) != value[:32]:
            return None
        with suppress(Exception):  # of an entry that somebody made up, anything may be wrong
            read = _Unpickler(io.BytesIO(data), self._kinds).load()
            return read if isinstance(read, kind) else None
        return None

    def put(self, key: bytes, value: object) -> None:
        """Keep a value from the end of the block on."""
        if self._database is None:
            return
        stream = io.BytesIO()
        pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = _DISPATCH
        pickler.dump(value)
        data = stream.getvalue()
        self._new[key] = _digest(key, data) + data

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

    def _keep(self, database: sqlite3.Connection) -> None:
        database.execute("BEGIN IMMEDIATE")
        (count,) = database.execute("SELECT count(*) FROM contents").fetchone()
        if count + len(self._new) > self._most:
            oldest = "SELECT rowid FROM contents ORDER BY rowid LIMIT ?"
            database.execute(
                f"DELETE FROM contents WHERE rowid IN ({oldest})",  # noqa: S608  # no value
                (self._most // 2,),
            )
        database.executemany("INSERT OR REPLACE INTO contents VALUES (?, ?)", self._new.items())
        database.execute("COMMIT")


def digest_of(parts: Iterable[bytes]) -> bytes:
    """Return a digest of some parts that no others have."""
    return hashlib.sha256(b"".join(len(part).to_bytes(8) + part for part in parts)).digest()


@cache
def program(*patterns: str) -> bytes:
    """Return a digest of files of the package, named by patterns such as `text/**/*.py`."""
    package = Path(__file__).parents[1]
    files = sorted(
        {file for pattern in patterns for file in package.glob(pattern) if file.is_file()}
    )
    named = ((file.relative_to(package).as_posix(), file.read_bytes()) for file in files)
    return digest_of(part for name, data in named for part in (name.encode(), data))


def _digest(key: bytes, data: bytes | memoryview) -> bytes:
    found = hashlib.sha256(key)
    found.update(data)
    return found.digest()


class _Unpickler(pickle.Unpickler):
    """Makes values of the kinds given and nothing else."""

    def __init__(self, stream: io.BytesIO, kinds: dict[tuple[str, str], type]) -> None:
        super().__init__(stream)
        self._kinds = kinds

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        try:
            return self._kinds[module_name, global_name]
        except KeyError:
            raise pickle.UnpicklingError(global_name) from None
