"""The manager takes an approval back on GitLab that was imported before."""

from tests.attacks import merging, scenes
from tests.attacks.pulls import dismissed
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = dismissed.GUARDS
before = merging.before("gitlab")
succeeded = dismissed.succeeded


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage)
    merge.approved(QUALITY, MANAGER)
    merge.imported()
    merge.taken_back(MANAGER)
    merge.imported()
    scenes.let_go(stage)
