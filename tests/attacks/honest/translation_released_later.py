"""The procedure is released in English; the Chinese text follows, while the next revision is
being drafted and the file has moved."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    scenes.spoken(stage, translated="")
    master, translation = stage.texts()
    scenes.released_as(stage, master)
    assert stage.in_force() == 1
    assert stage.in_force(language="zh-CN") is None
    scenes.spoken(stage, prepared="", reviewed="", approved="")
    stage.git("mv", PATH, "procedures/complaints.md")
    stage.edit("procedures/complaints.md", "revision: 1", "revision: 2")
    stage.commit("Draft")
    scenes.released_as(stage, translation)


def succeeded(stage: Stage) -> bool:
    issue = stage.ledger().issues["CSC-QP-01"][-1]
    assert [each.meaning for each in issue.approvals] == [
        "prepared", "reviewed", "approved", "translated",
    ]  # fmt: skip
    return stage.in_force() == 1 and stage.in_force(language="zh-CN") == 1
