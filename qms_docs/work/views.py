"""The views of `qms list`: name → function from manual and language to a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qms_docs.edges import store
from qms_docs.judge import (
    adopting,
    attainment,
    clausematrix,
    keeping,
    matrix,
    objectivetree,
    parameters,
    processes,
    promises,
    recall,
    register,
    translations,
)
from qms_docs.judge.attainment import Refused
from qms_docs.text import csvtable
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.tables import Table

VIEWS: Mapping[str, Callable[[Manual, str], Table]] = {
    "documents": register.documents,
    "copies": recall.table,
    "parameters": parameters.parameters,
    "roles": matrix.roles,
    "processes": processes.processes,
    "clauses": clausematrix.table,
    "objectives": objectivetree.table,
    "records": keeping.records,
    "external": keeping.external,
    "systems": promises.table,
    "adopter": adopting.table,
    "translations": translations.translations,
}
THEN = ("documents", "copies")
"""Views that know how it was at another time."""


class BadResultsError(QmsError):
    """A file of results is no table; `findings` say why."""

    def __init__(self, path: Path, findings: list[Finding]) -> None:
        super().__init__("bad-results", path=path)
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Listed:
    """A view, with the lines of a file of results that count for nothing in it."""

    table: Table
    refused: tuple[Refused, ...] = ()


def listed(
    view: str, manual: Manual, language: str, standard: str = "", results: Path | None = None
) -> Listed:
    """Return a view, of one standard or with results where it knows of such.

    Raises QmsError for an option of another view, for a standard that is not there, and for a file
    of results that cannot be read.
    """
    for option, given, knows in (
        ("--standard", standard, "clauses"),
        ("--results", results, "objectives"),
    ):
        if given and view != knows:
            raise QmsError("no-view-option", option=option, view=view, knows=knows)
    if standard:
        return Listed(clausematrix.table(manual, language, standard))
    if results:
        newest, refused = attainment.read(_lines(results), manual.objectives)
        return Listed(objectivetree.table(manual, language, newest), refused)
    return Listed(VIEWS[view](manual, language))


def _lines(path: Path) -> tuple[csvtable.Line, ...]:
    findings: list[Finding] = []
    lines = csvtable.read_lines(str(path), store.read_file(path), findings)
    if lines is None:
        raise BadResultsError(path, findings)
    return lines
