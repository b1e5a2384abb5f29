"""What goes from process to process: the inputs and outputs that procedures state."""

from collections.abc import Iterator
from dataclasses import dataclass

from qms_docs.judge import naming
from qms_docs.words.manual import Manual
from qms_docs.words.model import Cell, Document
from qms_docs.words.rows import Kind, Row

_CELLS = {Kind.INPUTS: ("input", "from"), Kind.OUTPUTS: ("output", "to")}
"""The column that names what flows, and the one that names the other side."""


@dataclass(frozen=True)
class Flow:
    """One input or output of a document."""

    document: Document
    kind: Kind
    row: Row
    documents: tuple[str, ...]
    """Identifications of the documents on the other side: processes, or role sheets."""

    @property
    def words(self) -> str:
        """What flows, as the table names it."""
        return " ".join(self.row[_CELLS[self.kind][0]].text.split())

    @property
    def side(self) -> Cell:
        """The cell that names the other side."""
        return self.row[_CELLS[self.kind][1]]


def processes(manual: Manual) -> Iterator[Document]:
    """Yield the masters that describe a process: those that state inputs or outputs."""
    for document in manual.documents:
        if document.is_master and any(manual.rows(document.source, kind) for kind in _CELLS):
            yield document


def flows(manual: Manual, document: Document) -> Iterator[Flow]:
    """Yield the inputs of a document, then its outputs."""
    for kind, (_, column) in _CELLS.items():
        for row in manual.rows(document.source, kind):
            yield Flow(document, kind, row, naming.linked(manual, document.source, row[column]))
