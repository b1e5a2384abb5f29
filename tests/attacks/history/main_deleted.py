"""Main is deleted on the server, to be pushed anew without what is unwelcome: as a first push."""

from tests.attacks.stage import Stage

FOUND = ["QMS910 push-deleted"]
GUARDS = {"qms_docs.work.pushing._main": lambda *_: iter(())}


def attack(stage: Stage) -> None:
    stage.issued()
    stage.serve()
    stage.push("")


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return not stage.on_server()
