"""Branches are pushed that are called HEAD and like the commit to be judged, and lead elsewhere."""

import re

from qms_docs.edges.git import Repository
from qms_docs.work import auditing
from tests.attacks.stage import Stage

FOUND = ["QMS906 issuer"]
GUARDS = {"qms_docs.edges.git._FIXED": re.compile("nothing")}


def attack(stage: Stage) -> None:
    stage.approved()
    harmless = stage.git("rev-parse", "HEAD").strip()
    stage.release(who="drafter")
    tip = stage.commit("Release by somebody who may not")
    for name in ("HEAD", tip):
        stage.git("update-ref", f"refs/heads/{name}", harmless)


def found(stage: Stage) -> list[str]:
    found = []
    for revision in ("HEAD", stage.git("rev-parse", "main").strip()):
        report = auditing.audit(Repository.bare(stage.root), revision, None, [], stage.now)
        found.append([f"{each.code} {each.case}" for each in report.findings])
    assert found[0] == found[1]
    return found[0]


def succeeded(stage: Stage) -> bool:
    return not found(stage)
