"""Two people issue copy 1 at once: the later landing does not count, and is issued anew."""

from tests.attacks import copying
from tests.attacks.stage import CONTROLLER, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.issued()
    stage.git("branch", "other")
    copying.issue(stage, 1)
    stage.commit("A copy")
    stage.git("switch", "--quiet", "other")
    again = copying.issue(stage, 1, until="2027-01-31T18:00:00+08:00")
    stage.commit("A copy")
    stage.git("switch", "--quiet", "main")
    stage.merge("other")
    assert stage.found() == ["QMS913 number"]
    stage.void(CONTROLLER, again)
    copying.issue(stage, 2, until="2027-01-31T18:00:00+08:00")
    stage.commit("Issued anew")


def succeeded(stage: Stage) -> bool:
    return [each.until is None for each in copying.copies(stage).values()] == [True, False]
