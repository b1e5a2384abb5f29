"""A branch is approved for another target, which holds the change already, and then led to main."""

from qms_docs.edges.git import Repository
from qms_docs.words.evidence import Subject
from tests.attacks import merging, reviewing, scenes
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
before = merging.before("gitlab")


def _with_main(repository: Repository, _: str, commit: str) -> tuple[Subject, ...]:
    return reviewing._changed(repository, "main", commit)


GUARDS = {"qms_docs.work.importing.changed": _with_main}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    stage.git("branch", "staging")
    scenes.other_change(stage)
    merge = merging.Merge(stage, target="staging")
    merge.pushed()
    merge.approved(QUALITY, MANAGER)  # they are shown the other change alone
    merge.target = "main"
    merge.noted(reviewing.ACCOUNTS[DRAFTER], "changed target branch from `staging` to `main`")
    merge.pushed()
    merge.imported()
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
