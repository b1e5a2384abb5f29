"""Revision 2 is in force; the text goes back to revision 1 and is approved and released again."""

from tests.attacks.stage import PATH, Stage

FOUND = ["QMS901 deleted", "QMS901 deleted", "QMS908 repeated", "QMS908 repeated"]
GUARDS = {"qms_docs.judge.releasing._order": lambda candidate: iter(())}


def attack(stage: Stage) -> None:
    stage.issued()
    first = stage.git("rev-parse", "HEAD").strip()
    stage.revised("within 15 days", "within 10 days", PATH)
    stage.issued()
    stage.git("checkout", "--quiet", first, "--", "procedures")
    stage.git("rm", "-r", "--quiet", *(
        f"records/releases/CSC-QP-01/{each}.r1.json" for each in ("en", "zh-CN")
    ))  # fmt: skip
    stage.commit("Back to the first")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    issues = stage.ledger().issues["CSC-QP-01"]
    return sum(each.subject.revision == 1 and each.subject.language == "en" for each in issues) > 1
