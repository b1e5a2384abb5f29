"""A branch releases its own first revision, and a forced merge puts it over main's."""

from collections.abc import Callable, Iterator

from qms_docs.text import records
from qms_docs.words.evidence import Record
from qms_docs.words.history import GONE, FileChange
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS901 changed", "QMS901 changed"]


def _newest(
    reading: object, changes: list[FileChange], read_blob: Callable[[str], bytes]
) -> Iterator[tuple[str, Record]]:
    for change in changes:
        if change.mode != GONE:
            yield change.path, records.read(read_blob(change.blob))


GUARDS = {
    "qms_docs.judge.admission._fresh": _newest,
    "qms_docs.judge.releasing._order": lambda candidate: iter(()),
}


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "side")
    stage.edit(PATH, "within 15 days", "within 150 days")
    stage.commit("Another first revision")
    stage.issued()
    stage.git("switch", "--quiet", "main")
    stage.issued()
    stage.merge("side", "--strategy-option=theirs")


def succeeded(stage: Stage) -> bool:
    issues = stage.ledger().issues["CSC-QP-01"]
    return any("within 150 days" in stage.git("cat-file", "blob", each.blob) for each in issues)
