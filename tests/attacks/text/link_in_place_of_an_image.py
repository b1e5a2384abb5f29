"""The drawing is a link; after the approvals, what it leads to is changed."""

from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND = ["QMS907 inclusion"]
GUARDS = {"qms_docs.judge.tree.is_file": bool}
MANUAL, PATH = "CSC-QM-01", "manual/CSC-QM-01.md"


def before(stage: Stage) -> None:
    (stage.root / "drawings").mkdir()
    (stage.root / "manual/process.svg").rename(stage.root / "drawings/process.svg")
    (stage.root / "manual/process.svg").symlink_to("../drawings/process.svg")


def attack(stage: Stage) -> None:
    scenes.stated_all(stage, scenes.forged(stage, PATH).subject)
    stage.edit("drawings/process.svg", "M51 20 H69", "M51 20 H60")
    stage.commit("Another drawing")
    scenes.released_as(stage, scenes.forged(stage, PATH))


def succeeded(stage: Stage) -> bool:
    return stage.in_force(MANUAL) == 1
