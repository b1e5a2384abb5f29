"""GitLab is slow to note approvals, and the drafter pushes another text in between."""

from tests.attacks import merging, scenes
from tests.attacks.pulls import gitlab_approval_before_the_last_push as plain
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = plain.FOUND
GUARDS = {"qms_docs.forge.gitlab._reviews": merging.by_notes}
before = plain.before
succeeded = plain.succeeded


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage)
    merge.approved(QUALITY, MANAGER, late=300)
    merge.changed()
    merge.imported()
    scenes.let_go(stage)
