"""Start a new document in the work tree."""

import errno
import os
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from qms_docs.edges import store
from qms_docs.edges.git import Repository
from qms_docs.judge import numbering
from qms_docs.judge.effect import instant_of
from qms_docs.text import documents, draft
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.policy import DocumentType
from qms_docs.work import workspace


def new_master(
    repository: Repository,
    type_: str,
    title: str,
    parent: str | None,
    expires: date | None = None,
) -> Path:
    """Write a new master with the next free number and return its file.

    `parent` is the document it belongs under; where it is None, the quality manual. `expires` is
    the last day of a document that holds for a time, or the instant of its end. Raises QmsError if
    the type or the parent does not exist, or if an end is missing; then nothing is written.
    """
    manual = workspace.load_fronts(repository.work_tree())
    kind = manual.policy.types.get(type_)
    if kind is None:
        raise QmsError("no-type", type=type_, known=", ".join(manual.policy.types))
    if parent is not None and manual.find(parent) is None:
        raise QmsError("no-document", id=parent)
    if kind.must_expire and expires is None:
        raise QmsError("missing-option", option="--expires", example="--expires 2027-01-31")
    if expires is not None and not kind.must_expire:
        raise QmsError("never-expires", type=type_)
    used = {*manual.identifications, *repository.names_ever_used()}
    identification = numbering.next_free(manual.policy, kind, used, parent)
    above = parent or _top(manual, kind)
    text = draft.master(manual.policy, kind, identification, title, above, _end(manual, expires))
    name = manual.policy.file_name(identification, manual.policy.master)
    return _write(repository, f"{kind.folder}/{name}", text)


def new_translation(
    repository: Repository, identification: str, language: str | None, title: str
) -> Path:
    """Write a new translation of a master's present revision and return its file.

    Without a language: the manual's first translation. Raises QmsError if there is no such
    document or language, or if the translation is there already.
    """
    manual = workspace.load_fronts(repository.work_tree())
    policy = manual.policy
    document = manual.find(identification)
    if document is None:
        raise QmsError("no-document", id=identification)
    wanted = language or next(iter(policy.translations), "")
    if wanted not in policy.translations:
        known = ", ".join(policy.translations) or "–"
        raise QmsError("not-a-language", language=wanted, known=known)
    kind = policy.types.get(document.control.type)
    if kind is None:
        raise QmsError("no-type", type=document.control.type, known=", ".join(policy.types))
    text = draft.translation(policy, kind, document.id, title, wanted, document.revision)
    return _write(repository, f"{kind.folder}/{policy.file_name(document.id, wanted)}", text)


def _end(manual: Manual, expires: date | None) -> str | None:
    """Return an end as front matter has it: of a day, its last second in the manual's time zone."""
    if expires is None:
        return None
    end = instant_of(expires, ZoneInfo(manual.policy.time_zone))
    return end.replace(microsecond=0).isoformat()


def _top(manual: Manual, kind: DocumentType) -> str | None:
    """Return the quality manual, under which everything else stands."""
    if kind.key == "manual":
        return None
    manuals = (d.id for d in manual.documents if d.is_master and d.control.type == "manual")
    return next(manuals, None)


def _write(repository: Repository, path: str, text: str) -> Path:
    """Write a new file; only the title, which a person typed, can make it unfit."""
    file, data = repository.root / path, text.encode("utf-8")
    if file.parent.resolve() != file.parent:  # a link, and what it leads to is not under control
        raise QmsError("cannot-write", path=path, detail=os.strerror(errno.ELOOP))
    findings: list[Finding] = []
    documents.documents_of([documents.read_source(path, data, findings)], findings)
    if any(finding.code != "QMS108" for finding in findings):
        raise QmsError("unfit-title")
    store.create_file(file, data)
    return file
