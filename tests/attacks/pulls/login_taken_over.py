"""The manager has renamed their account; the drafter's friend takes the old name and approves."""

from qms_docs.words.authority import Authority, Person
from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
before = reviewing.before
STRANGER = 31


def _by_name(authority: Authority, forge: str, account: int) -> Person | None:
    return _holder(authority, forge, 11 if account == STRANGER else account)


_holder = Authority.holder
GUARDS = {"qms_docs.words.authority.Authority.holder": _by_name}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    stranger = {**reviewing.user(MANAGER), "id": STRANGER}
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, stranger)]
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
