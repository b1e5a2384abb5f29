"""A set of two: one text changes, its reviewer clicks again; the approval of the other stays."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND: list[str] = []
OTHER = "CSC-QM-01"
before = reviewing.before


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit("manual/CSC-QM-01.md", "\n## ", "\nThe centre learns from complaints.\n\n## ")
    stage.edit("procedures/CSC-QP-01.md", "within 15 days", "within 10 days")
    stage.commit("Change of both", who=DRAFTER)
    stage.say(DRAFTER, "prepared", "CSC-QP-01", OTHER)
    stage.commit("Prepared")
    first = [reviewing.review(stage, who) for who in (QUALITY, MANAGER)]
    reviewing.changed(stage, "within 10 days", "within 9 days")
    reviewing.imported(stage, *first, reviewing.review(stage, QUALITY))
    scenes.let_go(stage, OTHER)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(OTHER) == 1
