"""The drafter records reviews in the name of the importer, signed with a key of their own."""

from tests.attacks import reviewing, scenes, weak
from tests.attacks.stage import OUTSIDER, Stage

FOUND = ["QMS905 key", "QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {
    "qms_docs.judge.entitlement.objection": weak.anybody["qms_docs.judge.entitlement.objection"]
}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    body = reviewing.reviews(stage, *clicks)
    reviewing.landed(stage)
    reviewing.put(stage, body, key=stage.keys[OUTSIDER])
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
