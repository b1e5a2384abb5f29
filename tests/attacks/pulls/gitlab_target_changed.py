"""A branch is approved for another target, which holds the change already, and then led to main."""

from tests.attacks import merging, reviewing, scenes
from tests.attacks.pulls import gitlab_approval_before_the_last_push as plain
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND = plain.FOUND
GUARDS = {"qms_docs.forge.gitlab._MOVED": "nothing that GitLab notes"}
before = plain.before
succeeded = plain.succeeded


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage)
    merge.approved(QUALITY, MANAGER)  # what they were shown did not hold this change
    text = "changed target branch from `staging` to `main`"
    merge.noted(reviewing.ACCOUNTS[DRAFTER], text)
    merge.pushed()
    merge.imported()
    scenes.let_go(stage)
