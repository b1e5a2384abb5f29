"""Somebody merges main into a branch and pushes that as main: first parents lead elsewhere now.

On the new line the order of events is another one. The server wants its old tip on that line.
"""

from tests.attacks.stage import DRAFTER, QUALITY, Stage

FOUND = ["QMS910 push"]
GUARDS = {"qms_docs.work.pushing._begin": lambda line, old: 0}


def attack(stage: Stage) -> None:
    start = stage.git("rev-parse", "HEAD").strip()
    stage.say(DRAFTER, "prepared")
    stage.commit("Prepared")
    stage.serve()
    stage.git("switch", "--quiet", "--create", "side", start)
    stage.commit("A change of its own")
    stage.merge("main", who=QUALITY)
    stage.push()


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.on_server() == stage.git("rev-parse", "side").strip()
