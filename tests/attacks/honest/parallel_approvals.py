"""Two people approve at once in two clones and push; the second pulls before: nothing is lost."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND: list[str] = []


def before(stage: Stage) -> None:
    stage.edit("manual/authority.yaml", "reviewed: [CSC-RS-02], approved: [CSC-RS-01]}",
               "reviewed: [CSC-RS-02], approved: [CSC-RS-01], ordered: false}")  # fmt: skip


def attack(stage: Stage) -> None:
    scenes.spoken(stage, reviewed="", approved="")
    stage.git("config", "receive.denyCurrentBranch", "updateInstead")
    one, two = (scenes.cloned(stage, name) for name in ("one", "two"))
    one.say(QUALITY, "reviewed")
    one.commit("Reviewed", who=QUALITY)
    two.say(MANAGER, "approved")
    two.commit("Approved", who=MANAGER)
    one.git("push", "--quiet", who=QUALITY)
    two.git("pull", "--quiet", "--rebase", who=MANAGER)
    two.git("push", "--quiet", who=MANAGER)
    stage.now = two.now
    scenes.let_go(stage)
    assert len(list((stage.root / "records/statements").glob("*/*.json"))) == 4
    assert stage.git("log", "-1", "--format=%an").strip() != DRAFTER


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
