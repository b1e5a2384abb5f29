"""The manager has delegated a role to the controller, who hands it on to an assistant."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, OUTSIDER, Stage

FOUND = ["QMS905 delegation", "QMS906 no-approved"]
GUARDS = {
    "qms_docs.words.authority.Authority.delegated": lambda self, role, giver, taker, instant: any(
        (each.role, each.giver, each.taker) == (role, giver, taker) for each in self.delegations
    )
}


def before(stage: Stage) -> None:
    text = stage.read("manual/authority.yaml")
    key = stage.keys[OUTSIDER].line
    assistant = f"  x: {{name: Demo X, keys: [{{key: {key}, from: 2026-01-01}}]}}\n"
    text = text.replace("issuers:", f"{assistant}issuers:") + (
        "delegations:\n"
        "  - {role: CSC-RS-01, giver: manager, taker: controller, from: 2026-01-01}\n"
        "  - {role: CSC-RS-01, giver: controller, taker: x, from: 2026-01-01}\n"
    )
    stage.write({"manual/authority.yaml": text})


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(OUTSIDER, "approved", role="CSC-RS-01", behalf=CONTROLLER)
    stage.commit("Approval", who=OUTSIDER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
