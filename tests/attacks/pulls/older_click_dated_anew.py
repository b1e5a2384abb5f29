"""Quality approved, then asked for changes; an edited file says that the approval came last."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved", "QMS906 rejected"]
GUARDS = {"qms_docs.judge.clicks._Click.facts": property(lambda _: (0, 0, "", ""))}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    clicks.append(reviewing.review(stage, QUALITY, "CHANGES_REQUESTED"))
    reviewing.imported(stage, *clicks)
    later = (stage.now + scenes.AN_HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
    stage.now += 2 * scenes.AN_HOUR
    edited = {**clicks[0], "submitted_at": later}
    reviewing.imported(stage, edited, clicks[2], reviewing.review(stage, MANAGER))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
