"""Begin the next revision of documents in the work tree, or of the data that decides about them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qms_docs.edges import journal
from qms_docs.edges.git import Repository, Snapshot
from qms_docs.edges.journal import FileWrite
from qms_docs.judge.controlled import DATA
from qms_docs.judge.ledger import Ledger
from qms_docs.text import documents, fields, records
from qms_docs.text.yamltext import Key
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import NO_LANGUAGE, Subject
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.model import Change, Document
from qms_docs.work import history, signing, workspace
from qms_docs.work.workspace import UnreadableDataError


@dataclass(frozen=True)
class Revised:
    """A document, or data such as the authority, as it is after the command."""

    id: str
    revision: int
    raised: bool
    """False where the text was this unreleased revision before: then only its change is another."""
    writes: tuple[FileWrite, ...]
    """Files that become different, the master first."""
    translations: tuple[str, ...] = ()
    """Paths of translations, whose change has to be put into their languages."""


def revise(repository: Repository, ids: Collection[str], change: Change) -> tuple[Revised, ...]:
    """Let documents be the revision after the newest released one, for a reason.

    All files are written or none. Of data only the summary is kept. Raises QmsError if a document
    is not there, not in order or withdrawn, or if the change does not fit its fields.
    """
    refuse_unprintable(change, " ".join(ids))
    ledger = signing.begun(history.ledger(repository))
    snapshot = repository.work_tree()
    manual = workspace.load_fronts(snapshot)
    found = tuple(
        _data(ledger, snapshot, name, change)
        if name in DATA
        else document(ledger, manual, name, lambda _: change)
        for name in dict.fromkeys(ids)
    )
    writes = [write for each in found for write in each.writes]
    if writes:
        journal.write(repository.root, repository.private_folder(), writes)
    return found


def files(repository: Repository, found: Iterable[Revised]) -> tuple[Path, ...]:
    """Return the files that were written."""
    return tuple(repository.root / write.path for each in found for write in each.writes)


def refuse_unprintable(change: Change, path: str) -> None:
    """Raise QmsError if what is said of a change has characters that do not show."""
    said = (change.reason, change.summary, change.request or "")
    if not all(text.isprintable() for text in said):
        raise QmsError("unfit-change", path=path)


def document(
    ledger: Ledger, manual: Manual, name: str, change: Callable[[Document], Change]
) -> Revised:
    """Return a document as the revision after the newest released one; nothing is written yet.

    `change` is asked for each language. Raises QmsError as `revise` does.
    """
    there = tuple(manual.languages_of(name))
    broken = {s.path for s in manual.sources if s.identification == name} - {d.path for d in there}
    if broken or not there:
        raise manual.why_missing(name)
    if name in ledger.statements.withdrawn:
        raise QmsError("is-withdrawn", id=name)
    revision = _next(ledger, name, there[0].language)
    rewritten = ((each, _rewritten(each, revision, change(each))) for each in there)
    return Revised(
        id=name,
        revision=revision,
        raised=there[0].revision != revision,
        writes=tuple(
            FileWrite(each.path, data, each.source.data)
            for each, data in rewritten
            if data != each.source.data
        ),
        translations=tuple(each.path for each in there if not each.is_master),
    )


def _next(ledger: Ledger, name: str, language: str) -> int:
    """Return the revision that may be released next.

    A release that had no effect uses its number up: where its record stands, none can be written.
    """
    found = 1 + max((issue.subject.revision for issue in ledger.issues.get(name, ())), default=0)
    there = ledger.tree().blobs
    while records.release_path(Subject(name, language, found, "")) in there:
        found += 1
    return found


def _rewritten(document: Document, revision: int, change: Change) -> bytes:
    values: dict[Key, fields.Value] = {
        ("revision",): revision,
        ("change", "class"): change.grade,
        ("change", "reason"): change.reason,
        ("change", "summary"): change.summary,
        ("change", "request"): change.request,
    }
    if not document.is_master:
        values["translation_of", "revision"] = revision
    data = fields.changed(document.source.data, document.path, values)
    _refuse_unfit(_judged(document.path, data))
    return data


def _judged(path: str, data: bytes) -> Iterator[Finding]:
    """Yield what is wrong with a file by itself: nothing was, before it was changed."""
    findings: list[Finding] = []
    source = documents.read_front(path, data, findings)
    documents.documents_of([source], findings)
    return (each for each in findings if each.code != "QMS108")  # its master is not looked at


def _data(ledger: Ledger, snapshot: Snapshot, name: str, change: Change) -> Revised:
    path = DATA[name]
    if not snapshot.is_file(path):
        raise QmsError("no-data", path=path)
    data = snapshot.read(path)
    before = _read(path, data, name)
    revision = _next(ledger, name, NO_LANGUAGE)
    values: Mapping[Key, fields.Value] = {("revision",): revision, ("change",): change.summary}
    after = fields.changed(data, path, values, fields.data_file)
    _read(path, after, name)
    return Revised(
        id=name,
        revision=revision,
        raised=before.get("revision", 1) != revision,
        writes=(FileWrite(path, after, data),) if after != data else (),
    )


def _read(path: str, data: bytes, name: str) -> Mapping[str, object]:
    findings: list[Finding] = []
    yaml = documents.read_data(path, data, name, findings)
    _refuse_unfit(findings)
    assert yaml is not None
    assert isinstance(yaml.value, dict)
    return yaml.value


def _refuse_unfit(found: Iterable[Finding]) -> None:
    findings = list(found)
    if findings:
        raise UnreadableDataError(findings, "unfit-change")
