"""Compare a document between two states of the repository."""

from collections.abc import Iterator
from pathlib import Path

from qms_docs.edges import pdf, store
from qms_docs.edges.git import Repository, Snapshot
from qms_docs.edges.workers import WorkerPool
from qms_docs.show import page
from qms_docs.show.comparison import Comparison, Side, compare
from qms_docs.words.manual import Manual
from qms_docs.work import diagrams, workspace


def comparisons(
    repository: Repository, identification: str, span: str, language: str
) -> Iterator[Comparison]:
    """Yield the comparison of a document in each of its languages.

    `span` is `A..B`: two commits; an empty A means HEAD, an empty B the work tree. Raises
    QmsError if a commit does not exist or neither state has the document.
    """
    before, _, after = span.partition("..")
    old_snapshot = repository.commit(before or "HEAD")
    new_snapshot = repository.commit(after) if after else repository.work_tree()
    old, new = workspace.load(old_snapshot), workspace.load(new_snapshot)
    found = dict.fromkeys(
        document.language
        for manual in (new, old)
        for document in manual.languages_of(identification)
    )
    if not found:
        raise new.why_missing(identification)
    for tag in found:
        yield compare(
            side(before or "HEAD", old, old_snapshot, identification, tag),
            side(after or new_snapshot.origin, new, new_snapshot, identification, tag),
            language,
        )


def write_html(comparison: Comparison, folder: Path) -> Path:
    """Write the page for a browser and return its file."""
    path = folder / comparison.job.name.replace(".pdf", ".html")
    store.claim_folder(folder)
    store.write_file(path, page.standalone(comparison.job).encode("utf-8"))
    return path


def write_pdf(comparison: Comparison, folder: Path, seconds: float) -> Path:
    """Write the page as a PDF and return its file."""
    store.claim_folder(folder)
    pool = WorkerPool(1, seconds)
    try:
        printed = pool.submit(pdf.render, comparison.job).result()
    finally:
        pool.shutdown(wait=False)
    store.write_file(folder / printed.name, printed.data)
    return folder / printed.name


def side(name: str, manual: Manual, snapshot: Snapshot, identification: str, tag: str) -> Side:
    """Return one language of a document in one state, which may lack it."""
    document = manual.find(identification, tag)
    material, _ = diagrams.material([document] if document else [], snapshot)
    return Side(name, manual, material, document)
