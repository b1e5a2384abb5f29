"""Publish what is in force: each text as it was released, whatever the tree says today."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from qms_docs import __version__
from qms_docs.edges import pdf, renderers, store
from qms_docs.edges.git import Repository
from qms_docs.judge import lifecycle
from qms_docs.judge.ledger import Ledger
from qms_docs.judge.lifecycle import Life
from qms_docs.rules import rendering
from qms_docs.show import page, portal
from qms_docs.text import records
from qms_docs.words.findings import Finding
from qms_docs.words.issues import Issue
from qms_docs.words.model import Document, Status
from qms_docs.words.printing import Printed
from qms_docs.work import diagrams, history, preview, signing, workspace
from qms_docs.work.preview import Job, Limits, Progress
from qms_docs.work.workspace import State

FORMAT = "qms-publication-v1"


@dataclass(frozen=True)
class Publication:
    """What was published."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    """What could not be printed as written."""


@dataclass(frozen=True)
class _Piece:
    """One text in force, ready to be printed."""

    life: Life
    document: Document
    job: Job


def publish(
    repository: Repository, output: Path, when: date, limits: Limits, progress: Progress
) -> Publication:
    """Print what is in force at an instant, or at a day's end, into a folder replacing `output`.

    Raises QmsError if the manual has not begun or the engine cannot start; `output` is then as it
    was.
    """
    ledger = signing.begun(history.ledger(repository))
    state = history.state_of(ledger, repository, when)
    assert state.as_of is not None
    newest = workspace.load(repository.commit(ledger.tip.commit), state=state)
    findings: list[Finding] = []
    pieces = list(_pieces(repository, state, findings))
    with store.replaced_folder(output) as folder:
        printed = list(preview.printed_all((piece.job for piece in pieces), limits, progress))
        there = [item for item in printed if item.data]
        for item in there:
            store.write_file(folder / item.name, item.data)
        shown = replace(newest, documents=tuple(piece.document for piece in pieces))
        shown = replace(
            shown, contents={p.document.path: p.life.issue.subject.content for p in pieces}
        )
        for name, data in portal.files(shown, {item.name for item in there}):
            store.write_file(folder / name, data)
        store.write_file(folder / "manifest.json", _manifest(ledger, state.as_of, pieces, printed))
    findings += (finding for item in printed for finding in rendering.unprinted(item))
    return Publication(tuple(output / item.name for item in there), tuple(findings))


def _pieces(repository: Repository, state: State, findings: list[Finding]) -> Iterable[_Piece]:
    """Yield every text in force, from the commit with which it was released."""
    assert state.as_of is not None
    by_commit: dict[str, list[Life]] = defaultdict(list)
    for life in lifecycle.lives(state.released, state.as_of):
        if life.status is Status.EFFECTIVE:
            by_commit[life.issue.landing.commit].append(life)
    found: list[_Piece] = []
    for commit, lives in by_commit.items():
        snapshot = repository.commit(commit)
        manual = workspace.load(snapshot, state=state)
        documents = {life.issue.released.path: life for life in lives}
        wanted = tuple(each for each in manual.documents if each.path in documents)
        material, drawn = diagrams.material(wanted, snapshot)
        findings += drawn
        for document, job in preview.jobs(manual, wanted, material):
            found.append(_Piece(documents[document.path], document, (document, job)))
    return sorted(found, key=lambda piece: (piece.document.id, not piece.document.is_master))


def _manifest(
    ledger: Ledger, as_of: datetime, pieces: Iterable[_Piece], printed: Iterable[Printed]
) -> bytes:
    """Return what was published, of what, and the anchor that an audit can be given."""
    made = {item.name: item for item in printed if item.data}
    files = [
        _entry(piece.life, made[page.file_name(piece.document)])
        for piece in pieces
        if page.file_name(piece.document) in made
    ]
    data = {
        "format": FORMAT,
        "as_of": as_of.isoformat(),
        "genesis": ledger.genesis,
        "tip": ledger.tip.commit,
        "releases": sorted({str(entry["release"]) for entry in files}),
        "tools": {"qms-docs": __version__, **pdf.versions(), **renderers.versions()},
        "files": files,
    }
    return records.canonical(data) + b"\n"


def _entry(life: Life, item: Printed) -> dict[str, object]:
    issue: Issue = life.issue
    subject = issue.subject
    return {
        "name": item.name,
        "id": subject.id,
        "language": subject.language,
        "revision": subject.revision,
        "content_digest": subject.content,
        "release": issue.release,
        "commit": issue.landing.commit,
        "valid_from": issue.effective.isoformat(),
        "valid_to": life.until.isoformat() if life.until else None,
        "sha256": hashlib.sha256(item.data).hexdigest(),
        "bytes": len(item.data),
        "pages": item.pages,
    }
