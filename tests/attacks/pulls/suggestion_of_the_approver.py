"""The drafter commits what the manager has suggested in a review, and the forge squashes it."""

from qms_docs.words.pullrequests import PullRequest
from tests.attacks import reviewing, scenes
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
HIDDEN = f"{reviewing.ACCOUNTS[MANAGER]}+somebody@users.noreply.github.com"
before = reviewing.before


def _as_the_forge_says(_: object, pull: PullRequest, __: object) -> tuple[int, ...]:
    return tuple(sorted({each.account for each in pull.commits}))


GUARDS = {"qms_docs.work.importing._authors": _as_the_forge_says}


def suggested(stage: Stage) -> list[reviewing.Told]:
    """Take over the manager's words on a branch, and let all who must approve it do so."""
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit("procedures/CSC-QP-01.md", "within 15 days", "within 10 days")
    stage.commit(f"Update CSC-QP-01.md\n\nCo-authored-by: Demo Manager <{HIDDEN}>")
    stage.say(DRAFTER, "prepared")
    stage.commit("Prepared")
    return [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER)]


def attack(stage: Stage) -> None:
    reviewing.imported(stage, *suggested(stage))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
