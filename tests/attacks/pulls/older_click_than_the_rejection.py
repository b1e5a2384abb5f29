"""Quality clicked Approve and then signed that the text goes back; the click lands at last."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved", "QMS906 rejected"]
GUARDS = {"qms_docs.judge.clicks._of_text": lambda *_: ""}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.landed(stage)
    stage.say(QUALITY, "rejected")
    stage.commit("Sent back", who=QUALITY)
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
