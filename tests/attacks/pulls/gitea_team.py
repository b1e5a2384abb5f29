"""A team, and nobody by name, is said to have approved on Gitea; the manager belongs to it."""

from qms_docs.forge import gitea
from qms_docs.words.pullrequests import Account
from tests.attacks import merging, reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
before = merging.before("gitea")
_account = gitea._account


def _member(told: dict[str, object], inside: str) -> Account | None:
    if told.get("team"):
        return Account(reviewing.ACCOUNTS[MANAGER])
    return _account(told, inside)


GUARDS = {"qms_docs.forge.gitea._account": _member}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    quality = merging.review(stage, QUALITY)
    team = {**merging.review(stage, None), "team": {"id": 3, "name": "management"}}
    merging.put(stage, merging.of_gitea(stage, [quality, team]))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
