"""A replaced object is pushed to the server, so that no push can be judged there any more."""

from tests.attacks.stage import Stage

REF = "refs/replace/" + "1" * 40
FOUND = ["QMS910 push-replace"]
GUARDS = {"qms_docs.work.pushing._REPLACING": "refs/nothing/"}


def attack(stage: Stage) -> None:
    stage.serve()
    stage.push(ref=REF)


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return bool(stage.on_server(REF))
