"""The files of records/ at a landing: which records are new, what is none or was changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import (
    Copy,
    CopyEvent,
    Genesis,
    Nonconformity,
    Record,
    Release,
    Reviews,
    Statement,
    Void,
)
from qms_docs.words.findings import Finding, Place
from qms_docs.words.history import GONE, Arrival, FileChange, Landing
from qms_docs.words.paths import is_file

ORDER = (Genesis, Statement, Reviews, Void, Nonconformity, Release, Copy)
"""Within one landing statements count before the releases that rest on them."""
_EVENTS = tuple(CopyEvent)


@dataclass(frozen=True)
class Note:
    """Something that was not in order when a commit landed."""

    landing: Landing
    finding: Finding
    record: str = ""
    """Digest of the record it is about, if it is a record that its own signer may take back."""


@dataclass(frozen=True)
class Admission:
    """What a landing brings of records."""

    records: tuple[tuple[Record, frozenset[str]], ...]
    """Each new record with the paths at which it stands, in the order in which they count."""
    notes: tuple[Note, ...]


@dataclass
class _Reading:
    landing: Landing
    notes: list[Note] = field(default_factory=list)

    def note(self, code: str, path: str, case: str, **values: str) -> None:
        self.notes.append(note(self.landing, code, path, case, **values))


def note(
    landing: Landing, code: str, path: str, case: str, record: str = "", /, **values: str
) -> Note:
    """Return a note with the finding that readers see; `values` may name another `path`."""
    told = {"commit": landing.commit[:12], "path": path, **values}
    return Note(landing, Finding(code, Place(path), case, told), record)


def admit(
    arrival: Arrival,
    blobs: Mapping[str, tuple[str, str]],
    read_blob: Callable[[str], bytes],
) -> Admission:
    """Return what a landing brings; `blobs` are the files of main after it."""
    reading = _Reading(arrival.landing)
    touched = [each for each in arrival.commit.changes if each.path.startswith(records.FOLDER)]
    _dropped(reading, arrival, blobs)
    paths: dict[str, set[str]] = defaultdict(set)
    unique: dict[str, Record] = {}
    for path, record in _fresh(reading, touched, read_blob):
        paths[record.digest].add(path)
        unique[record.digest] = record
    ordered = sorted(unique.values(), key=lambda each: _rank(each, unique))
    found = tuple((each, frozenset(paths[each.digest])) for each in ordered)
    return Admission(found, tuple(reading.notes))


def _rank(record: Record, beside: Mapping[str, Record]) -> tuple[int, int, bool]:
    """Return when a record counts; what takes another back counts right after that one."""
    body = record.body
    taken = beside.get(body.record) if isinstance(body, Void) else None
    if taken is not None:
        body = taken.body
    event = _EVENTS.index(body.event) if isinstance(body, Copy) else 0
    return ORDER.index(type(body)), event, taken is not None


def _fresh(
    reading: _Reading, changes: Iterable[FileChange], read_blob: Callable[[str], bytes]
) -> Iterator[tuple[str, Record]]:
    """Yield path and record of each new file; note what is changed, gone or no record."""
    known: dict[str, _Placed | str] = {}  # a release stands at many paths, and is read once
    for change in changes:
        if change.old_mode != GONE:
            reading.note("QMS901", change.path, "deleted" if change.mode == GONE else "changed")
        elif not is_file(change.mode):
            reading.note("QMS902", change.path, "link")
        else:
            if change.blob not in known:
                known[change.blob] = _read(read_blob, change.blob)
            found = known[change.blob]
            if isinstance(found, str):
                reading.note("QMS902", change.path, found)
            elif change.path not in found.paths:
                reading.note("QMS902", change.path, "path")
            else:
                yield change.path, found.record


@dataclass(frozen=True)
class _Placed:
    """A record and where it may stand."""

    record: Record
    paths: frozenset[str]


def _read(read_blob: Callable[[str], bytes], blob: str) -> _Placed | str:
    """Return the record in a file, or why there is none."""
    try:
        record = records.read(read_blob(blob))
        return _Placed(record, frozenset(records.paths(record)))
    except records.UnreadableRecordError as error:
        return str(error)
    except QmsError as error:
        if error.key != "file-too-large":
            raise
        return "large"


def _dropped(reading: _Reading, arrival: Arrival, blobs: Mapping[str, tuple[str, str]]) -> None:
    """Note records of a merged branch that the merge left out."""
    for commit in arrival.brought[:-1]:
        for change in commit.changes:
            is_record = change.path.startswith(records.FOLDER) and change.mode != GONE
            if is_record and change.path not in blobs:
                reading.note("QMS901", change.path, "dropped", side=commit.id[:12])
