"""Print the documents of a snapshot as drafts, with register, index and manifest."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from qms_docs import __version__, check
from qms_docs.edges import pdf, renderers, store
from qms_docs.edges.git import Snapshot
from qms_docs.edges.workers import WorkerPool
from qms_docs.rules import rendering
from qms_docs.show import page, portal
from qms_docs.text import closure as closures
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Report
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.printing import Material, Printed, PrintJob
from qms_docs.work import batch, diagrams, workspace
from qms_docs.work.batch import Progress


@dataclass(frozen=True)
class Preview:
    """What a preview has made."""

    files: tuple[Path, ...]
    report: Report
    """All findings: of the check and of the rendering."""


@dataclass(frozen=True)
class Limits:
    """How the rendering may use the machine."""

    workers: int = 0
    """Processes; 0 means one for each processor."""
    seconds: float = 120.0
    """Time for one document."""


def whole(snapshot: Snapshot, output: Path, limits: Limits, progress: Progress) -> Preview:
    """Print every document into a folder that replaces `output`.

    The folder holds the PDFs, `index.html`, the master document register and `manifest.json`. A
    document that cannot be printed is a finding and lacks its PDF. Raises QmsError if the engine
    cannot start; `output` is then left as it was.
    """
    manual = workspace.load(snapshot)
    with store.replaced_folder(output) as folder:
        material, findings = diagrams.material(manual.documents, snapshot)
        results = list(printed_all(jobs(manual, manual.documents, material), limits, progress))
        printed = [item for item in results if item.data]
        for item in printed:
            store.write_file(folder / item.name, item.data)
        for name, data in portal.files(manual, _links(manual, printed)):
            store.write_file(folder / name, data)
        store.write_file(folder / "manifest.json", _manifest(manual, printed, material))
    report = _report(manual, results, findings)
    return Preview(tuple(output / item.name for item in printed), report)


def some(
    snapshot: Snapshot, ids: Iterable[str], output: Path, limits: Limits, progress: Progress
) -> Preview:
    """Print the named documents, each in all its languages, into the folder `output`."""
    manual, ids = workspace.load(snapshot), tuple(ids)
    wanted = _named(manual, ids)
    store.claim_folder(output)
    material, findings = diagrams.material(wanted, snapshot)
    results = list(printed_all(jobs(manual, wanted, material), limits, progress))
    printed = [item for item in results if item.data]
    for item in printed:
        store.write_file(output / item.name, item.data)
    files = tuple(output / item.name for item in printed)
    return Preview(files, _only(_report(manual, results, findings), manual, ids))


def as_html(snapshot: Snapshot, ids: Iterable[str], output: Path) -> Preview:
    """Write documents as HTML pages for a quick look; all documents if none is named."""
    manual, ids = workspace.load(snapshot), tuple(ids)
    wanted = _named(manual, ids) if ids else manual.documents
    store.claim_folder(output)
    material, findings = diagrams.material(wanted, snapshot)
    files = []
    for document in wanted:
        job = page.print_job(document, manual, material)
        path = output / f"{document.id}.{document.language}.html"
        store.write_file(path, page.standalone(job).encode("utf-8"))
        files.append(path)
    report = _report(manual, (), findings)
    return Preview(tuple(files), _only(report, manual, ids) if ids else report)


def _named(manual: Manual, ids: Iterable[str]) -> tuple[Document, ...]:
    wanted: list[Document] = []
    for identification in dict.fromkeys(ids):
        found = tuple(manual.languages_of(identification))
        if not found:
            raise manual.why_missing(identification)
        wanted += found
    return tuple(wanted)


Job = tuple[Document, PrintJob]


def jobs(manual: Manual, documents: Iterable[Document], material: Material) -> Iterator[Job]:
    """Yield what is to be printed of each document."""
    return ((each, page.print_job(each, manual, material)) for each in documents)


def printed_all(wanted: Iterable[Job], limits: Limits, progress: Progress) -> Iterator[Printed]:
    """Print, and return what becomes of each document, in their order."""
    pool = WorkerPool(limits.workers or os.cpu_count() or 1, limits.seconds)
    return batch.done(pool, pdf.render, wanted, outcome, page.file_name, progress)


def outcome(future: Future[Printed], document: Document) -> Printed:
    """Return a finished PDF; a document that could not be printed must not stop the others."""
    try:
        return future.result()
    except QmsError as error:
        return batch.unprinted(error, page.file_name(document), document.path)


def _links(manual: Manual, printed: Iterable[Printed]) -> portal.Links:
    there = {item.name for item in printed}
    return {
        (each.id, each.language, each.revision): page.file_name(each)
        for each in manual.documents
        if page.file_name(each) in there
    }


def _report(manual: Manual, printed: Iterable[Printed], findings: Iterable[Finding]) -> Report:
    troubles = (finding for item in printed for finding in rendering.unprinted(item))
    return check.run(replace(manual, problems=(*manual.problems, *findings, *troubles)))


def _only(report: Report, manual: Manual, ids: Iterable[str]) -> Report:
    """Keep what is said of documents and of what they include, also of files not read."""
    sources = [source for source in manual.sources if source.identification in set(ids)]
    paths = {source.path for source in sources}
    for source in sources:
        content = source.content
        for reference in (*content.images, *content.included):
            paths.add(reference.path or "")
        if content.quotes and manual.parameters is None:
            paths.add(workspace.PARAMETERS)
    kept = tuple(finding for finding in report.findings if finding.place.path in paths)
    return replace(report, findings=kept)


def _manifest(manual: Manual, printed: Iterable[Printed], material: Material) -> bytes:
    """Return what was made, of what and by what, so that two builds can be compared."""
    documents = {page.file_name(document): document for document in manual.documents}
    data = {
        "format": "qms-preview-v1",
        "status": "draft",
        "source": manual.origin,
        "tools": {"qms-docs": __version__, **pdf.versions(), **renderers.versions()},
        "files": [_entry(documents[item.name], manual, item, material) for item in printed],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _entry(
    document: Document, manual: Manual, item: Printed, material: Material
) -> dict[str, object]:
    closure = closures.in_manual(document, manual, material.read)
    return {
        "name": item.name,
        "id": document.id,
        "language": document.language,
        "revision": document.revision,
        "source": item.path,
        "content": asdict(closure) if closure else None,
        "content_digest": closure.digest if closure else None,
        "sha256": hashlib.sha256(item.data).hexdigest(),
        "bytes": len(item.data),
        "pages": item.pages,
    }
