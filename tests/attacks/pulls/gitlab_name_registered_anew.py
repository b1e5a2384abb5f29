"""The manager's account on GitLab was deleted; a friend registers its name anew and approves."""

from tests.attacks import merging, scenes
from tests.attacks.pulls import login_taken_over
from tests.attacks.stage import QUALITY, Stage

FOUND = login_taken_over.FOUND
GUARDS = login_taken_over.GUARDS
before = merging.before("gitlab")
succeeded = login_taken_over.succeeded


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage)
    merge.approved(QUALITY, login_taken_over.STRANGER)
    merge.imported()
    scenes.let_go(stage)
