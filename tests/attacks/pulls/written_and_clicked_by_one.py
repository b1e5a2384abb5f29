"""The manager writes a text that the drafter signs as prepared, and clicks Approve."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {
    "qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {},
    "qms_docs.judge.clicks.Clicks._separation": lambda *_: "",
}
before = reviewing.before


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    reviewing.changed(stage, "within 15 days", "within 10 days", who=MANAGER)
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER)]
    body = reviewing.reviews(stage, *clicks, authors=())
    scenes.merged(stage, "topic")
    reviewing.put(stage, body)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
