"""A commit dated next year came to main around the hook: the audit names it."""

from datetime import timedelta

from qms_docs.edges.git import Repository
from qms_docs.work import auditing
from tests.attacks.stage import Stage

FOUND = ["QMS911"]
GUARDS = {"qms_docs.work.auditing.ahead": lambda *_: None}


def attack(stage: Stage) -> None:
    stage.git("commit", "--quiet", "--allow-empty", "--message=x",
              when=stage.now + timedelta(days=365))  # fmt: skip


def found(stage: Stage) -> list[str]:
    report = auditing.audit(Repository.bare(stage.root), "HEAD", None, [], stage.now)
    return [f"{each.code} {each.case}".rstrip() for each in report.findings]


def succeeded(stage: Stage) -> bool:
    return not found(stage)
