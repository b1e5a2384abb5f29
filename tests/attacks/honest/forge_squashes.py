"""A forge squashes a branch with all records on it, and names everybody who has committed anything
there as co-author, those who have approved too."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, PATH, QUALITY, Stage

FOUND: list[str] = []
MESSAGE = """Shorter (#12)

Co-authored-by: quality <quality@example.com>
Co-authored-by: manager <manager@example.com>"""


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.commit("Shorter")
    for who, meaning in ((DRAFTER, "prepared"), (DRAFTER, "translated"), (QUALITY, "reviewed")):
        stage.say(who, meaning)
        stage.commit(meaning, who=who)
    stage.say(MANAGER, "approved")
    stage.commit("Approved", who=MANAGER)
    scenes.squashed(stage, "topic", DRAFTER, MESSAGE)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
