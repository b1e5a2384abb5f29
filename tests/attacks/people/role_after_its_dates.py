"""Who has reviewed until yesterday reviews today."""

from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND = ["QMS905 role", "QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {
    "qms_docs.words.authority.Person.holds": lambda self, role, instant: any(
        each.role == role for each in self.tenures
    )
}
before = scenes.with_authority(
    ("{role: CSC-RS-02, from: 2026-01-01}", "{role: CSC-RS-02, from: 2026-01-01, to: 2026-03-01}")
)


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
