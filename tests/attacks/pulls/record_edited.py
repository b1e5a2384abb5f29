"""An import in which the manager asked for changes is written anew as an approval."""

from dataclasses import replace

from qms_docs.words.evidence import ReviewState
from tests.attacks import reviewing, scenes, weak
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS904 signature", "QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = weak.unsigned
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [
        reviewing.review(stage, QUALITY),
        reviewing.review(stage, MANAGER, "CHANGES_REQUESTED"),
    ]
    body = reviewing.reviews(stage, *clicks)
    reviewing.landed(stage)
    record, _ = stage.record("controller", body)
    kind = ReviewState.APPROVED
    stage.forge(record, replace(body, reviews=tuple(replace(e, state=kind) for e in body.reviews)))
    stage.commit("Reviews")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
