"""A translation was compared with a text that was changed afterwards."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS906 no-translated"]
GUARDS = {
    "qms_docs.judge.candidate.Candidate.translated": lambda self, text, master: next(
        iter(self.standing.evidence[text.subject]), None
    )
}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, prepared="", reviewed="", approved="")
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Wording")
    scenes.spoken(stage, translated="")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(language="zh-CN") == 1
