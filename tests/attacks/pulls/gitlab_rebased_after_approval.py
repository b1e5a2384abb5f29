"""A branch is approved on GitLab and then rebased; its text stays, and so do the approvals."""

from tests.attacks import merging, reviewing, scenes
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND: list[str] = []
before = merging.before("gitlab")


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage)
    merge.approved(QUALITY, MANAGER)
    stage.git("switch", "--quiet", "main")
    scenes.other_change(stage)
    stage.git("switch", "--quiet", "topic")
    stage.git("rebase", "--quiet", "main")
    merge.noted(reviewing.ACCOUNTS[DRAFTER], "added 3 commits")
    merge.pushed()
    merge.imported()
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
