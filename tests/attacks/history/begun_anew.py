"""The whole history is written anew, with a beginning of its own; somebody knows the old digest."""

from qms_docs.edges.git import Repository
from qms_docs.work import auditing
from tests.attacks.stage import Stage, begun

FOUND = ["QMS910 trust"]
GUARDS = {"qms_docs.work.auditing._trusted": lambda ledger, trust: iter(())}


def attack(stage: Stage) -> None:
    folder = stage.root / ".git" / "anew"
    folder.mkdir()
    other = begun(folder, nonce="1" * 32)
    stage.git("fetch", "--quiet", str(other.root), "main")
    stage.git("reset", "--quiet", "--hard", "FETCH_HEAD")


def found(stage: Stage) -> list[str]:
    repository = Repository.bare(stage.root)
    report = auditing.audit(repository, "HEAD", stage.genesis, [], stage.now)
    return [f"{each.code} {each.case}" for each in report.findings]


def succeeded(stage: Stage) -> bool:
    return not found(stage)
