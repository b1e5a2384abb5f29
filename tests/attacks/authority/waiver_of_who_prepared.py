"""A drafter whom nobody knows is named, and a released waiver says that this does not matter."""

from tests.attacks.authority.waiver_for_oneself import WAIVERS
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS303 family", "QMS301"]
GUARDS = {"qms_docs.judge.waiving.NEVER": ("nothing",)}


def attack(stage: Stage) -> None:
    stage.edit(PATH, "owner: CSC-RS-02", "owner: CSC-RS-02\ndrafters: [nobody]")
    stage.write({"manual/waivers.yaml": WAIVERS.format(code="QMS301")})
    stage.commit("A waiver")
    stage.issued("waivers")


def found(stage: Stage) -> list[str]:
    return [each for each in stage.checked() if each.startswith("QMS3")]


def succeeded(stage: Stage) -> bool:
    return "QMS301" not in found(stage)
