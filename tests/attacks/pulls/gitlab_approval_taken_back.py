"""The manager takes the approval back on GitLab; the note that they had approved stays there."""

from tests.attacks import merging, scenes
from tests.attacks.pulls import gitlab_approval_before_the_last_push as plain
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.forge.gitlab._reviews": merging.by_notes}
before = plain.before
succeeded = plain.succeeded


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage)
    merge.approved(QUALITY, MANAGER)
    merge.taken_back(MANAGER)
    merge.imported()
    scenes.let_go(stage)
