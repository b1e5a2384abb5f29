"""A foxtrot merge came to main around the server's hook; a manifest published before tells."""

from qms_docs.edges.git import Repository
from qms_docs.work import auditing
from tests.attacks.stage import DRAFTER, Stage

FOUND = ["QMS910 anchor"]
GUARDS = {"qms_docs.work.auditing._anchored": lambda ledger, anchor: iter(())}


def attack(stage: Stage) -> None:
    start = stage.git("rev-parse", "HEAD").strip()
    stage.say(DRAFTER, "prepared")
    stage.commit("Prepared")
    stage.publish()
    stage.git("switch", "--quiet", "--create", "side", start)
    stage.commit("A change of its own")
    stage.merge("main")


def found(stage: Stage) -> list[str]:
    repository = Repository.bare(stage.root)
    report = auditing.audit(repository, "HEAD", stage.genesis, [stage.manifest], stage.now)
    return [f"{each.code} {each.case}" for each in report.findings]


def succeeded(stage: Stage) -> bool:
    return not found(stage)
