"""Quality asks for changes on GitLab; others approve the same text."""

from tests.attacks import merging, scenes
from tests.attacks.stage import CONTROLLER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 rejected"]
GUARDS = {"qms_docs.forge.gitlab._REJECTED": "nothing that GitLab notes"}
before = merging.with_two_reviewers("gitlab")


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage)
    merge.rejected(QUALITY)
    merge.approved(CONTROLLER, MANAGER)
    merge.imported()
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
