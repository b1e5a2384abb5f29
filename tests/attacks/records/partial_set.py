"""Of a release of two documents that change together only one file is committed."""

from qms_docs.text import records
from tests.attacks.stage import Stage

OTHER = "CSC-QM-01"
FOUND = ["QMS909 part"]
GUARDS = {"qms_docs.judge.ledger.Ledger._whole": lambda *_: iter(())}


def attack(stage: Stage) -> None:
    stage.approved("CSC-QP-01", OTHER)
    record = stage.release("CSC-QP-01", OTHER)
    (stage.root / next(each for each in records.paths(record) if OTHER in each)).unlink()
    stage.commit("Release of one of two")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
