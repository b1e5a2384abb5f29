"""The controller releases too early, and the audit finds it. The manager and quality record how it
was dealt with, which closes the finding for good."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    broken = scenes.let_go(stage)
    assert stage.found() == ["QMS906 no-approved"]
    scenes.dealt_with(stage, QUALITY, broken, "QMS906")
    stage.commit("Recorded", who=QUALITY)
    assert stage.found() == ["QMS906 no-approved"]
    scenes.dealt_with(stage, MANAGER, broken, "QMS906")
    stage.commit("Recorded", who=MANAGER)
    stage.revised("Every complaint", "Each complaint")


def succeeded(stage: Stage) -> bool:
    notes = stage.ledger().notes
    return [note.finding.code for note in notes] == ["QMS906"]
