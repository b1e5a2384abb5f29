"""The manager clicks Approve and signs as well; the click, imported last, weakens nothing."""

from qms_docs.words.evidence import Grade, Meaning
from tests.attacks import reviewing, scenes
from tests.attacks.stage import DOCUMENT, MANAGER, QUALITY, Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [reviewing.review(stage, QUALITY)]
    reviewing.imported(stage, *clicks)
    clicks.append(reviewing.review(stage, MANAGER))
    stage.say(MANAGER, "approved")
    stage.commit("Approved", who=MANAGER)
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    approvals = stage.ledger().issues[DOCUMENT][0].approvals
    return {each.meaning: each.grade for each in approvals}[Meaning.APPROVED] is Grade.SSH
