"""A tag called "main" is put before the false release, so that the audit of main sees nothing."""

from qms_docs.edges.git import Repository
from qms_docs.work import auditing
from tests.attacks.stage import Stage

FOUND = ["QMS906 issuer"]
GUARDS = {"qms_docs.edges.git._HEADS": ""}


def attack(stage: Stage) -> None:
    stage.approved()
    stage.git("tag", "main")
    stage.release(who="drafter")
    stage.commit("Release by somebody who may not")


def found(stage: Stage) -> list[str]:
    repository = Repository.bare(stage.root)
    report = auditing.audit(repository, "main", None, [], stage.now)
    return [f"{each.code} {each.case}" for each in report.findings]


def succeeded(stage: Stage) -> bool:
    return not found(stage)
