"""Somebody vouched for a translation; the signed record is given out as one of other words."""

from tests.attacks import weak
from tests.attacks.stage import DRAFTER, MANAGER, PATH, QUALITY, Stage

FOUND = ["QMS904 signature", "QMS906 no-translated"]
GUARDS = weak.unsigned


def attack(stage: Stage) -> None:
    record, _ = stage.record(DRAFTER, stage.statement("translated"))
    path = PATH.replace(".md", ".zh-CN.md")
    stage.write({path: stage.read(path) + "\n投诉无须答复。\n"})
    stage.commit("Other words")
    stage.say(DRAFTER, "prepared")
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(MANAGER, "approved")
    stage.forge(record, stage.statement("translated"))
    stage.commit("Approval")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force(language="zh-CN") == 1
