"""Two friends close a finding; a later authority makes one of them somebody who could have."""

from qms_docs.judge.admission import Note
from qms_docs.judge.ledger import Ledger
from qms_docs.words.evidence import Nonconformity
from tests.attacks.stage import CONTROLLER, DRAFTER, Stage

FOUND = ["QMS901 deleted"]


def _by_later_rules(ledger: Ledger, note: Note) -> bool:
    signers = ledger._closing.get((note.landing.commit, note.finding.code), {})
    assert ledger.rules
    demand = ledger.rules.authority.demand("authority", "major")
    return bool(demand and {*demand.approved} & {*signers.values()})


GUARDS = {"qms_docs.judge.ledger.Ledger.is_closed": _by_later_rules}


def attack(stage: Stage) -> None:
    stage.approved()
    stage.git("rm", "-r", "--quiet", "records/statements")
    commit = stage.commit("Away with the evidence")
    for who in (CONTROLLER, DRAFTER):
        body = Nonconformity(commit, "QMS901", "A mistake", "None needed")
        stage.put(*stage.record(who, body))
    stage.commit("Closed")
    stage.amend()
    stage.edit(
        "manual/authority.yaml",
        "classes: [major], reviewed: [CSC-RS-02],\n     approved: [CSC-RS-01]}",
        "classes: [major], reviewed: [CSC-RS-02],\n     approved: [CSC-RS-03]}",
    )
    stage.commit("The next authority")
    stage.issued("authority")


def found(stage: Stage) -> list[str]:
    return sorted({*stage.found()})


def succeeded(stage: Stage) -> bool:
    return not stage.found()
