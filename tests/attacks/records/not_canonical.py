"""A signed record is laid out anew: the same words, but another file and so a second record."""

import json

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS902 canonical", "QMS906 no-approved"]
GUARDS = {"qms_docs.text.records._is_canonical": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    record, data = stage.record(MANAGER, stage.statement("approved"))
    stage.put(record, data)
    stage.commit("Approval")
    stage.void(MANAGER, record)
    stage.commit("Taken back", who=MANAGER)
    stage.put_raw(json.dumps(json.loads(data), indent=2).encode())
    stage.commit("The same once more")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
