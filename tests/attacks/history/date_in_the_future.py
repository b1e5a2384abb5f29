"""A commit dated next year would hold up everything that lands after it."""

from datetime import timedelta

from tests.attacks.stage import Stage

FOUND = ["QMS911"]
GUARDS = {"qms_docs.work.pushing._ahead": lambda *_: iter(())}


def attack(stage: Stage) -> None:
    stage.serve()
    stage.git("commit", "--quiet", "--allow-empty", "--message=x",
              when=stage.now + timedelta(days=365))  # fmt: skip
    stage.push()


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.on_server() == stage.git("rev-parse", "HEAD").strip()
