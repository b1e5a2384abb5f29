"""The drafter runs a GitLab of their own, in which project and accounts have the same numbers."""

from qms_docs.words.authority import Authority
from tests.attacks import merging, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
before = merging.before("gitlab")


def _by_number(authority: Authority, forge: str, _: str, repository: int) -> bool:
    return repository in authority.repositories.get(forge, ())


GUARDS = {"qms_docs.words.authority.Authority.counts": _by_number}


def attack(stage: Stage) -> None:
    merge = merging.Merge.opened(stage, host="gitlab.example.net")
    merge.approved(QUALITY, MANAGER)
    merge.imported()
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
