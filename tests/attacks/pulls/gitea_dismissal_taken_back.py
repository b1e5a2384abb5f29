"""A dismissal is taken back on Gitea by somebody else than the manager, whose approval it was."""

from tests.attacks import merging, scenes
from tests.attacks.pulls import old_import_after_a_dismissal as old
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-approved"]
GUARDS = old.GUARDS
before = merging.before("gitea")
succeeded = old.succeeded


def attack(stage: Stage) -> None:
    clicks = merging.clicks(stage)
    for dismissed in (True, False):
        clicks[1]["dismissed"] = dismissed
        merging.put(stage, merging.of_gitea(stage, clicks))
    scenes.let_go(stage)
