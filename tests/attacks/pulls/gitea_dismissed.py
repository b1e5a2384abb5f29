"""The manager's approval was dismissed on Gitea, where it is still called an approval."""

from qms_docs.forge import gitea
from tests.attacks import merging, scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-approved"]
before = merging.before("gitea")
GUARDS = {"qms_docs.forge.gitea._state": lambda review, _: gitea._STATES[review["state"]]}


def attack(stage: Stage) -> None:
    clicks = merging.clicks(stage)
    clicks[1]["dismissed"] = True
    merging.put(stage, merging.of_gitea(stage, clicks))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
