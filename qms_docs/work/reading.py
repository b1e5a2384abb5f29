"""Read the work tree again and again, and know whether anything has changed."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from qms_docs import check
from qms_docs.edges.git import Repository, Snapshot
from qms_docs.edges.watching import EVERYTHING, matters
from qms_docs.text import documents
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Report
from qms_docs.words.manual import Manual
from qms_docs.words.model import Source
from qms_docs.work import workspace

MANY = 200
"""When so many paths may have changed, everything is read again: news may have been lost."""

Load = Callable[[Snapshot], Manual]


@dataclass(frozen=True)
class Reading:
    """The manual as it was read last. The same object means: nothing has changed."""

    snapshot: Snapshot
    """Remembers what it has read, and reads each file once."""
    files: Mapping[str, bytes | None]
    """The bytes of every file that has been read; None for what could not be."""
    manual: Manual | None = None
    report: Report | None = None
    error: QmsError | None = None
    """Why there is no manual, or no judgement of it."""


class Sources:
    """Reads each text once: most of them stay as they are from one reading to the next."""

    def __init__(self) -> None:
        self._read: dict[str, dict[bytes, tuple[Source, list[Finding]]]] = {}

    def __call__(self, path: str, data: bytes, findings: list[Finding]) -> Source:
        """Do as `documents.read_source` does; of each file the last two texts are remembered."""
        texts = self._read.setdefault(path, {})
        if data not in texts:
            found: list[Finding] = []
            texts[data] = documents.read_source(path, data, found), found
            if len(texts) > 2:
                del texts[next(iter(texts))]
        source, known = texts[data]
        findings += known
        return source


class LastCommit:
    """The manual of the last commit, to compare with."""

    def __init__(self, repository: Repository, load: Load = workspace.load) -> None:
        self._repository = repository
        self._load = load
        self._last: tuple[Snapshot, Manual] | None = None

    def get(self) -> tuple[Snapshot, Manual]:
        """Return it, the same objects as long as it is the last commit.

        Raises QmsError if there is no commit, or no manual in it.
        """
        snapshot = self._repository.commit("HEAD")
        if self._last is None or self._last[0].origin != snapshot.origin:
            self._last = snapshot, self._load(snapshot)
        return self._last


def first(repository: Repository, load: Load = workspace.load) -> Reading:
    """Read the manual for the first time."""
    return again(Reading(Snapshot("", {}, _nothing), {}), repository, (), load)


def again(
    last: Reading, repository: Repository, paths: Collection[str], load: Load = workspace.load
) -> Reading:
    """Read what may have changed; the same object if nothing has.

    `paths` are files, folders with `/` at the end, or `EVERYTHING`. What is wrong with the manual
    becomes the reading's `error`.
    """
    try:
        found = repository.work_tree()
    except QmsError as error:
        return replace(last, manual=None, report=None, error=error)
    modes = {path: mode for path, mode in found.modes.items() if matters(path)}
    files = dict(last.files)
    for path in _doubtful(last, modes, paths):
        files[path] = _bytes(found, path) if path in modes else None
    if not last.error and modes == last.snapshot.modes and files == last.files:
        return last
    snapshot = Snapshot(found.origin, modes, lambda path: _remembered(found, files, path))
    return _judged(Reading(snapshot, files), load)


def _judged(reading: Reading, load: Load) -> Reading:
    try:
        manual = load(reading.snapshot)
        return replace(reading, manual=manual, report=check.run(manual))
    except Exception as error:  # whoever writes reads a sentence, and goes on writing
        return replace(reading, error=sentence(error))


def sentence(error: Exception) -> QmsError:
    """Return what went wrong as something that can be told to a person."""
    if isinstance(error, QmsError):
        return error
    return QmsError("unexpected", detail=f"{type(error).__name__}: {error}")


def _doubtful(last: Reading, modes: Mapping[str, str], paths: Collection[str]) -> Iterable[str]:
    """Return the files that have to be read again."""
    if len(paths) > MANY or EVERYTHING in paths:
        return last.files
    folders = tuple(path for path in paths if path.endswith("/"))
    return (
        path
        for path in last.files
        if path in paths
        or path.startswith(folders)
        or modes.get(path) != last.snapshot.modes.get(path)
    )


def _bytes(snapshot: Snapshot, path: str) -> bytes | None:
    try:
        return snapshot.read(path)
    except QmsError:
        return None


def _remembered(snapshot: Snapshot, files: dict[str, bytes | None], path: str) -> bytes:
    data = files.get(path)
    if data is None:
        files[path] = None
        data = files[path] = snapshot.read(path)
    return data


def _nothing(path: str) -> bytes:
    raise QmsError("unreadable-file", path=path, detail="")
