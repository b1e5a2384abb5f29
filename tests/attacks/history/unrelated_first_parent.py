"""A root of its own becomes the beginning of main, and the true main is merged into it."""

from tests.attacks.stage import Stage

FOUND = ["QMS910 push"]
GUARDS = {
    "qms_docs.work.pushing._begin": lambda line, old: 0,
    "qms_docs.work.pushing._audited": lambda *_: (),
}


def attack(stage: Stage) -> None:
    stage.issued()
    stage.serve()
    stage.git("switch", "--quiet", "--orphan", "other")
    stage.commit("Another beginning")
    stage.merge("main", "--allow-unrelated-histories")
    stage.push()


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.on_server() == stage.git("rev-parse", "other").strip()
