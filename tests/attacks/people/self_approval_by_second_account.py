"""The manager writes the text at home under another address, and approves it at work."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {
    "qms_docs.words.authority.Authority._by_email": property(
        lambda self: {each.emails[0]: each.key for each in self.people.values()}
    )
}
before = scenes.with_authority(("[manager@example.com]", "[manager@example.com, me@home.example]"))


def attack(stage: Stage) -> None:
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Longer", "--author=Me <me@home.example>")
    scenes.spoken(stage)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
