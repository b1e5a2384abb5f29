"""A record is no file but a link whose target reads like a record; it may point anywhere later."""

from qms_docs.text import records
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS902 link", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.admission.is_file": lambda mode: True}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    record, data = stage.record(MANAGER, stage.statement("approved"))
    stage.write({".git/record": data})
    blob = stage.git("hash-object", "-w", ".git/record").strip()
    stage.git("update-index", "--add", "--cacheinfo", f"120000,{blob},{records.paths(record)[0]}")
    stage.commit_staged("A link")
    stage.git("reset", "--quiet", "--soft", "HEAD")
    stage.release()
    stage.commit_staged("Release", "records/releases")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
