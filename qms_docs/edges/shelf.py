"""The folder where publications stand by number, of which one is current.

    public/0001/ … public/0007/     publications, never changed
    public/current -> 0007          what readers open

A publication is written apart, compared with its manifest and put in its place by one change of
one symbolic link, so that a reader, or a kill at any moment, finds one whole publication.
"""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from qms_docs.edges import store
from qms_docs.text import manifest as manifests
from qms_docs.words.errors import QmsError
from qms_docs.words.publication import Manifest, PublishedFile, PublishedText

CURRENT = "current"
SEAL = f"{manifests.NAME}.sig"
"""The signature of the manifest (OpenSSH's PROTOCOL.sshsig)."""
STAMP = f"{manifests.NAME}.tsr"
"""The answer of a time-stamp service about the manifest (RFC 3161, TimeStampResp)."""
_LOCK = ".lock"
_NEW = ".new-"
_BESIDE = frozenset({manifests.NAME, SEAL, STAMP})
"""The manifest, its signature and its time stamp: these it cannot name."""
_NUMBER = re.compile(r"[0-9]{4,}")


@dataclass(frozen=True)
class Edition:
    """A publication that stands on the shelf."""

    folder: Path
    manifest: Manifest

    @property
    def number(self) -> int:
        """Its number on the shelf; 0 for one that stands elsewhere."""
        return _number(self.folder.resolve().name)

    def seal(self) -> str:
        """Return the signature of the manifest; empty if it is not signed."""
        try:
            return (self.folder / SEAL).read_text("ascii", "replace")
        except OSError:
            return ""

    def stamp(self) -> bytes:
        """Return the time stamp of the manifest; empty if it has none."""
        try:
            return (self.folder / STAMP).read_bytes()
        except OSError:
            return b""

    def build(self, text: PublishedText) -> bytes | None:
        """Return a PDF without its signature; None if it is not there as the manifest names it."""
        data = self.read(text.file)
        if data is None:
            return None
        data = data[: text.build.bytes]
        return data if hashlib.sha256(data).hexdigest() == text.build.sha256 else None

    def read(self, file: PublishedFile) -> bytes | None:
        """Return a file; None if it is not there as the manifest names it."""
        try:
            path = self.folder / file.name
            if path.stat(follow_symlinks=False).st_size != file.bytes:
                return None
            data = path.read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == file.sha256 else None


class Shelf:
    """A folder of publications that nobody else is changing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Edition | None:
        """Return the publication that readers see; None where there is none in order."""
        try:
            name = (self.folder / CURRENT).readlink().name
            return edition(self.folder / name) if _number(name) else None
        except (OSError, QmsError):
            return None

    def add(
        self,
        files: Iterable[tuple[str, bytes]],
        manifest: Manifest,
        seal: str = "",
        stamp: bytes = b"",
    ) -> Edition:
        """Put a publication on the shelf and make it the current one.

        `files` yields name and bytes of everything that the manifest names, `seal` is the
        manifest's signature, `stamp` its time stamp. A file that the current publication has with
        the same bytes is shared with it. Raises QmsError if anything is not on the disk as the
        manifest says; the current publication then stays.
        """
        beside = {SEAL: seal.encode("ascii"), STAMP: stamp}
        try:
            return self._added(files, manifest, beside)
        except OSError as error:
            path = error.filename or self.folder
            raise QmsError("cannot-write", path=path, detail=error.strerror) from error

    def _added(
        self, files: Iterable[tuple[str, bytes]], manifest: Manifest, beside: Mapping[str, bytes]
    ) -> Edition:
        before = self.current()
        number = max((_number(each.name) for each in self.folder.iterdir()), default=0) + 1
        fresh = Path(tempfile.mkdtemp(dir=self.folder, prefix=_NEW))
        try:
            for name, data in files:
                shared = before.folder / name if before else None
                _place(fresh / name, data, shared)
            _place(fresh / manifests.NAME, manifests.written(manifest))
            for name, data in beside.items():
                if data:
                    _place(fresh / name, data)
            _verify(Edition(fresh, manifest))
            _finish_folders(fresh)
            placed = self.folder / f"{number:04d}"
            os.rename(fresh, placed)
            _sync(self.folder)
            self._point_to(placed.name)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return Edition(placed, manifest)

    def _point_to(self, name: str) -> None:
        link = self.folder / f"{_NEW}{CURRENT}"
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        os.replace(link, self.folder / CURRENT)
        _sync(self.folder)

    def tidy(self) -> None:
        """Remove the unfinished folders that a killed run has left."""
        for left in self.folder.glob(f"{_NEW}*"):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


@contextmanager
def opened(folder: Path) -> Iterator[Shelf]:
    """Yield the shelf in a folder, which is made if there is none, for this process alone.

    Raises QmsError if the folder is not one that qms made, cannot be written, or is in use.
    """
    store.claim_folder(folder)
    with (folder / _LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise QmsError("shelf-in-use", path=folder) from error
        shelf = Shelf(folder)
        shelf.tidy()
        yield shelf


def edition(folder: Path) -> Edition:
    """Return the publication in a folder; raises QmsError if it has no manifest in order."""
    path = folder / manifests.NAME
    return Edition(folder, manifests.read(store.read_file(path), str(path)))


def _number(name: str) -> int:
    return int(name) if _NUMBER.fullmatch(name) else 0


def _place(path: Path, data: bytes, shared: Path | None = None) -> None:
    """Write a file, or share the one that has the same bytes; nobody may change it afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # another file system, or too many links: written anew
        if shared is not None and shared.read_bytes() == data:
            os.link(shared, path, follow_symlinks=False)
            return
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.chmod(path, 0o444)


def differences(made: Edition) -> Iterator[tuple[str, str]]:
    """Yield name and kind of what is not as the manifest says: `altered`, `missing` or `extra`."""
    named = {file.name: file for file in made.manifest.files()}
    texts = {text.file.name: text for text in made.manifest.texts if text.unsigned}
    there = {
        path.relative_to(made.folder).as_posix()
        for path in made.folder.rglob("*")
        if not path.is_dir() or path.is_symlink()
    }
    for name in sorted(named.keys() | there - _BESIDE):
        if name not in there:
            yield name, "missing"
        elif name not in named:
            yield name, "extra"
        elif made.read(named[name]) is None or (name in texts and made.build(texts[name]) is None):
            yield name, "altered"


def _verify(made: Edition) -> None:
    """Raise QmsError unless every file is as the manifest names it, and no other is there."""
    for name, kind in differences(made):
        raise QmsError("cannot-write", path=made.folder / name, detail=kind)


def _finish_folders(top: Path) -> None:
    """Let a web server read the folders, whatever this process keeps to itself, and sync them."""
    for folder, _, _ in os.walk(top):
        os.chmod(folder, 0o755)  # noqa: S103  # a web server must read it
        _sync(Path(folder))


def _sync(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk (POSIX fsync of a directory)."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
