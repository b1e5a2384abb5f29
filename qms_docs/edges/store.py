"""Write files and folders so that a reader never sees half of one."""

import errno
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qms_docs.words.errors import QmsError

_LARGEST = 32 * 1024 * 1024
MARKER = ".qms-output"
"""Stands in every folder that qms made, so that it replaces no other."""


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises QmsError if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with open(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise QmsError("cannot-write", path=path, detail=error.strerror) from error


def create_file(path: Path, data: bytes) -> None:
    """Write a new file; raises QmsError if there is one already."""
    if os.path.lexists(path):
        raise QmsError("already-there", path=path)
    write_file(path, data)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, of whatever kind; raises QmsError if it cannot be read."""
    with _reading(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_file(path: Path) -> bytes:
    """Return a file that a person names; raises QmsError if it cannot be read or is over 32 MiB."""
    with _reading(path) as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise QmsError("file-too-large", path=path, limit="32 MiB")
    return data


@contextmanager
def _reading(path: Path) -> Iterator[io.BufferedReader]:
    try:
        if not path.is_file():  # a device or a pipe may never end
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        with open(path, "rb") as stream:
            yield stream
    except OSError as error:
        raise QmsError("unreadable-file", path=path, detail=error.strerror) from error


def cache_folder() -> Path:
    """Return the folder for what can be made again: XDG_CACHE_HOME/qms, or ~/.cache/qms.

    Whatever lies there may be missing, damaged or forged: who reads it must be able to tell.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(named) if named.startswith("/") else Path("~/.cache").expanduser()
    return base / "qms"


def claim_folder(path: Path) -> None:
    """Make an output folder, or take one that qms made; raises QmsError for any other."""
    _refuse_foreign(path)
    write_file(path / MARKER, b"")


@contextmanager
def replaced_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `path` when the block ends without error.

    Raises QmsError if `path` exists and was not made by qms, or cannot be written; it is then
    as it was.
    """
    _refuse_foreign(path)
    path = path.resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.new-"))
    except OSError as error:
        raise QmsError("cannot-write", path=path.parent, detail=error.strerror) from error
    try:
        os.chmod(fresh, 0o755)  # noqa: S103  # a web server must read it
        (fresh / MARKER).touch()
        yield fresh
        _exchange(fresh, path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_foreign(path: Path) -> None:
    if path.exists() and not (path / MARKER).exists() and (path.is_file() or any(path.iterdir())):
        raise QmsError("foreign-folder", path=path)


def _exchange(fresh: Path, path: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails."""
    old = fresh.with_name(fresh.name.replace(".new-", ".old-"))
    try:
        if path.exists():
            os.rename(path, old)
        os.rename(fresh, path)
    except OSError as error:
        if old.exists():
            os.rename(old, path)
        raise QmsError("cannot-write", path=path, detail=error.strerror) from error
    shutil.rmtree(old, ignore_errors=True)
