"""The merge request is closed, pushed to and opened again, and its approvals have survived that."""

from tests.attacks import merging, reviewing, scenes
from tests.attacks.pulls import gitlab_approval_before_the_last_push as plain
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND = plain.FOUND
GUARDS = plain.GUARDS
before = plain.before
succeeded = plain.succeeded


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage)
    merge.approved(QUALITY, MANAGER)
    merge.noted(reviewing.ACCOUNTS[DRAFTER], "closed")
    reviewing.changed(stage, "within 10 days", "within 90 days")  # no version comes of it
    merge.noted(reviewing.ACCOUNTS[DRAFTER], "reopened")
    merge.pushed()
    merge.imported()
    scenes.let_go(stage)
