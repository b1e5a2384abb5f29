"""Approvals stand on GitLab when the drafter pushes another text: nothing there takes them back."""

from tests.attacks import merging, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.forge.gitlab._at": merging.newest}
before = merging.before("gitlab")


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage)
    merge.approved(QUALITY, MANAGER)
    merge.changed()
    merge.imported()
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
