"""A procedure in force is removed with `git rm`: it stays in force, as nobody has withdrawn it."""

from dataclasses import replace

from qms_docs.judge.ledger import Ledger
from qms_docs.words.issues import Released
from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

REAL = Ledger.released


def as_a_wiki_does(self: Ledger) -> Released:
    """Go by what lies on main."""
    released, there = REAL(self), self.tree().blobs
    issues = {
        name: tuple(each for each in issues if each.released.path in there)
        for name, issues in released.issues.items()
    }
    return replace(released, issues=issues)


FOUND: list[str] = []
GUARDS = {"qms_docs.judge.ledger.Ledger.released": as_a_wiki_does}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.issued()
    stage.git("rm", "--quiet", PATH)
    assert "QMS405" in stage.checked()
    stage.commit("Removed")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() is None
