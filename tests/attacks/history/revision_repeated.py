"""Another text is approved and released as revision 1, in the place of the first one's release."""

from tests.attacks.stage import PATH, Stage

FOUND = ["QMS901 deleted", "QMS901 deleted", "QMS908 repeated", "QMS908 repeated"]
GUARDS = {"qms_docs.judge.releasing._order": lambda candidate: iter(())}


def attack(stage: Stage) -> None:
    stage.issued()
    stage.git("rm", "-r", "--quiet", "records/releases")
    stage.commit("Away with the release")
    stage.edit(PATH, "within 15 days", "within 150 days")
    stage.commit("Another first revision")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    issues = stage.ledger().issues["CSC-QP-01"]
    return any("within 150 days" in stage.git("cat-file", "blob", each.blob) for each in issues)
