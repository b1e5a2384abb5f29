"""An approval that was taken back is put at a second path, as if it had been given once more."""

from types import SimpleNamespace

from qms_docs.text import records
from tests.attacks.stage import MANAGER, QUALITY, Stage


class Anywhere:
    """Every path is right for a record."""

    def __contains__(self, path: object) -> bool:
        return True


FOUND = ["QMS902 path", "QMS906 no-approved"]
GUARDS = {
    "qms_docs.judge.admission._read": lambda read, blob: SimpleNamespace(
        record=records.read(read(blob)), paths=Anywhere()
    ),
    "qms_docs.judge.ledger.Ledger._is_known": lambda *_: False,
}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    record, data = stage.record(MANAGER, stage.statement("approved"))
    stage.put(record, data)
    stage.commit("Approval")
    stage.void(MANAGER, record)
    stage.commit("Taken back", who=MANAGER)
    stage.write({"records/statements/00/again.json": data})
    stage.commit("A copy")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
