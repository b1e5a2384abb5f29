"""An administrator puts a false release on main behind the hook; whoever audits finds it."""

from qms_docs.edges.git import Repository
from qms_docs.work import auditing
from tests.attacks.stage import Stage
from tests.conftest import git

FOUND = ["QMS906 no-prepared", "QMS906 no-reviewed", "QMS906 no-approved", "QMS906 no-translated"]
GUARDS = {"qms_docs.judge.releasing._support": lambda candidate: iter(())}


def attack(stage: Stage) -> None:
    stage.serve()
    stage.release()
    stage.commit("Release")
    git(stage.server, "fetch", "--quiet", str(stage.root), "main:main")


def found(stage: Stage) -> list[str]:
    report = auditing.audit(Repository.bare(stage.server), "HEAD", None, [], stage.now)
    return [f"{each.code} {each.case}" for each in report.findings]


def succeeded(stage: Stage) -> bool:
    return stage.served() == 1
