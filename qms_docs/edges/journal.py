"""Write files of a work tree, all of them or none, also where the process is killed midway.

What is to be written is first laid down whole in a folder inside `.git`, where no commit picks it
up. One rename decides it: before that nothing has happened, after it whoever writes next finishes
what was begun. No lock of Git is needed, and none is ever removed.
"""

import fcntl
import hashlib
import json
import os
import posixpath
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from qms_docs.words.errors import QmsError

_DECIDED, _PLAN, _PLACING, _LOCK = "decided", "plan.json", "placing", "lock"
_NEW, _DONE = "new-", "done-"
_LARGEST_PLAN = 4 * 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class FileWrite:
    """A file that is to be written."""

    path: str
    """From the top of the work tree, with `/`."""
    data: bytes
    before: bytes | None = None
    """What stands there now; None where there must be no file yet."""


@dataclass(frozen=True)
class _Step:
    """The same in the plan: contents by their SHA-256."""

    path: str
    before: str | None
    after: str


def write(root: Path, private: Path, files: Iterable[FileWrite]) -> None:
    """Write files, all or none; `private` is a folder inside `.git`.

    Raises QmsError if another command writes now, if a file is not what it was, if nothing could
    be written, and if an earlier command was killed: its files are then complete, and none of
    these is written.
    """
    files = tuple(files)
    try:
        with _alone(private):
            done = _finish(root, private)
            if done:
                raise QmsError("finished-earlier", paths=" ".join(done))
            for each in files:
                _refuse_changed(root, each)
            _decide(private, files)
            _carry_out(root, private, files)
    except OSError as error:
        path = error.filename or root
        raise QmsError("cannot-write", path=path, detail=error.strerror) from error


@contextmanager
def _alone(private: Path) -> Iterator[None]:
    """Let no two commands write at once; the lock goes with the process, however it ends."""
    private.mkdir(parents=True, exist_ok=True)
    with open(private / _LOCK, "ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise QmsError("busy") from error
        for left in private.iterdir():
            if left.name.startswith((_NEW, _DONE)):
                shutil.rmtree(left)
        yield


def _refuse_changed(root: Path, file: FileWrite) -> None:
    there = _digest_at(_inside(root, file.path))
    if file.before is None and there is not None:
        raise QmsError("already-written", path=file.path)
    if file.before is not None and there != _digest(file.before):
        raise QmsError("changed-meanwhile", path=file.path)


def _decide(private: Path, files: tuple[FileWrite, ...]) -> None:
    """Lay down what is to be written; the rename at the end decides that it will be."""
    folder = Path(tempfile.mkdtemp(dir=private, prefix=_NEW))
    for digest, data in {_digest(each.data): each.data for each in files}.items():
        _write_through(folder / digest, data)
    steps = [
        {
            "path": each.path,
            "before": None if each.before is None else _digest(each.before),
            "after": _digest(each.data),
        }
        for each in files
    ]
    _write_through(folder / _PLAN, json.dumps(steps).encode("utf-8"))
    os.rename(folder, private / _DECIDED)


def _carry_out(root: Path, private: Path, files: tuple[FileWrite, ...]) -> None:
    """Put the files in their places; where one cannot be written, put back those before it."""
    try:
        _finish(root, private)
    except BaseException:
        for each in files:
            _put_back(root, private, each)
        _forget(private)
        raise


def _put_back(root: Path, private: Path, file: FileWrite) -> None:
    target = root / file.path
    if _digest_at(target) != _digest(file.data):
        return
    if file.before is not None:
        _place(root, private, target, file.before)
        return
    os.unlink(target)
    with suppress(OSError):  # the folders that were made for it, as far as they are empty
        for folder in target.relative_to(root).parents:
            (root / folder).rmdir()


def _finish(root: Path, private: Path) -> tuple[str, ...]:
    """Carry out what is decided, and return the paths that were still to be written."""
    if not (private / _DECIDED).exists():
        return ()
    steps = _plan(root, private)
    for step in steps:
        if _digest_at(root / step.path) not in (step.before, step.after):
            raise QmsError("cannot-finish", path=step.path, folder=private / _DECIDED)
    open_ = [step for step in steps if _digest_at(root / step.path) != step.after]
    for step in open_:
        data = (private / _DECIDED / step.after).read_bytes()
        _place(root, private, root / step.path, data)
    _forget(private)
    return tuple(step.path for step in open_)


def _plan(root: Path, private: Path) -> tuple[_Step, ...]:
    """Return what is decided; raises QmsError if that cannot be read, or was forged."""
    folder = private / _DECIDED
    try:
        if (folder / _PLAN).stat().st_size > _LARGEST_PLAN:
            raise ValueError(_PLAN)
        steps = tuple(_Step(**each) for each in json.loads((folder / _PLAN).read_bytes()))
        for step in steps:
            data = (folder / step.after).read_bytes() if _DIGEST.fullmatch(step.after) else b""
            if _digest(data) != step.after:
                raise ValueError(step)
            _inside(root, step.path)
    except (OSError, ValueError, TypeError, RecursionError, QmsError) as error:
        raise QmsError("cannot-finish", path=_PLAN, folder=folder) from error
    return steps


def _forget(private: Path) -> None:
    """Remove what was decided, at once for whoever looks."""
    done = Path(tempfile.mkdtemp(dir=private, prefix=_DONE))
    os.rename(private / _DECIDED, done / _DECIDED)
    shutil.rmtree(done)


def _place(root: Path, private: Path, target: Path, data: bytes) -> None:
    """Write one file whole or not at all, keeping the mode of the one that it replaces."""
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = private / _PLACING
    if private.stat().st_dev != target.parent.stat().st_dev:
        # `.git` lies on another disk: nothing can be renamed from there. Never among records.
        temporary = root / f".qms-{_PLACING}"
    _write_through(temporary, data)
    os.chmod(temporary, mode)
    os.replace(temporary, target)


def _write_through(file: Path, data: bytes) -> None:
    with open(file, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _inside(root: Path, path: str) -> Path:
    """Return a file of the work tree; raises QmsError if a path leads elsewhere or is no file."""
    file = root / path
    plain = posixpath.normpath(path) == path and not path.startswith(("/", "../", ".git/"))
    usual = not os.path.lexists(file) or stat.S_ISREG(file.lstat().st_mode)
    if not plain or not usual or file.parent.resolve() != file.parent:
        raise QmsError("leads-outside", path=path)
    return file


def _digest_at(file: Path) -> str | None:
    """Return the SHA-256 of what stands at a path; None for nothing."""
    try:
        return _digest(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
