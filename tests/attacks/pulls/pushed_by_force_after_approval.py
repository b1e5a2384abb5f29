"""The owner of a fork replaces what was approved there; nobody has the approved commit any more."""

from qms_docs.edges import commits
from qms_docs.edges.git import Repository
from tests.attacks import reviewing, scenes
from tests.attacks.stage import DRAFTER, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
GONE = "9" * 40
before = reviewing.before
_is_there = commits.is_there


def _at_the_head(repository: Repository, commit: str) -> bool:
    return commit == GONE or _is_there(repository, commit)


GUARDS = {
    "qms_docs.edges.commits.is_there": _at_the_head,
    "qms_docs.work.importing.changed": reviewing.at_the_tip,
}


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    stage.git("reset", "--quiet", "--hard", "main")
    reviewing.changed(stage, "within 15 days", "within 90 days", DRAFTER)
    reviewing.imported(stage, *({**each, "commit_id": GONE} for each in clicks))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
