"""The manager's role ended in May; in June an approval is pushed in a commit dated April."""

from datetime import UTC, datetime

from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND = ["QMS905 role", "QMS906 no-approved"]
GUARDS = {"qms_docs.work.pushing._at_present": lambda *_: ()}


def before(stage: Stage) -> None:
    stage.edit(
        "manual/authority.yaml",
        "{role: CSC-RS-01, from: 2026-01-01}",
        "{role: CSC-RS-01, from: 2026-01-01, to: 2026-05-31}",
    )


def attack(stage: Stage) -> None:
    stage.say(DRAFTER, "prepared")
    stage.say(DRAFTER, "translated")
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.serve()
    stage.now = datetime(2026, 4, 20, 9, tzinfo=UTC)
    stage.say(MANAGER, "approved")
    stage.commit("Approval, dated April")
    stage.release()
    stage.commit("Release, dated April")
    assert stage.found() == []
    stage.push(late=24 * 60)


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.served() == 1
