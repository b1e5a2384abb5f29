"""The manager has sent the text back; main is set back by a force-push to before that, and the text
is released. Who kept a published manifest sees it."""

import json

from qms_docs.edges.git import Repository
from qms_docs.work import auditing
from tests.attacks import scenes
from tests.attacks.stage import MANAGER, Stage

FOUND = ["QMS910 anchor"]
GUARDS = {"qms_docs.work.auditing._anchored": lambda *_: ()}


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    stage.say(MANAGER, "rejected")
    tip = stage.commit("Sent back", who=MANAGER)
    facts = {"genesis": stage.genesis, "tip": tip, "releases": []}
    (stage.root / ".git/manifest.json").write_text(json.dumps(facts), "utf-8")
    stage.git("reset", "--quiet", "--hard", "HEAD^")
    scenes.let_go(stage)


def found(stage: Stage) -> list[str]:
    anchor = stage.root / ".git/manifest.json"
    repository = Repository.open(stage.root)
    report = auditing.audit(repository, "HEAD", None, [anchor], stage.now)
    return [f"{each.code} {each.case}" for each in report.findings]


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1 and not found(stage)
