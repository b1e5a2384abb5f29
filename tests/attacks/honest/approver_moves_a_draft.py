"""The manager puts the drafter's text into the right folder before approving it."""

from tests.attacks.stage import MANAGER, PATH, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.commit("Shorter")
    (stage.root / "procedures/service").mkdir()
    stage.git("mv", PATH, "procedures/service/CSC-QP-01.md")
    stage.commit("Moved", who=MANAGER)
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
