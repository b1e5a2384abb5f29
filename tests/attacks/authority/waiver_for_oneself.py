"""The drafter waives a finding in the own procedure; the controller says yes and releases that."""

from dataclasses import replace

from qms_docs.judge import requirements
from qms_docs.words.authority import Authority
from tests.attacks.stage import CONTROLLER, DRAFTER, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
WAIVERS = (
    "revision: 1\nwaivers:\n  - {{code: {code}, document: CSC-QP-01, reason: It is late, "
    "owner: CSC-RS-04, expires: 2026-12-31}}\n"
)
_of_data = requirements.of_data


def _one_is_enough(authority: Authority, name: str) -> requirements.Requirement | None:
    needed = _of_data(authority, name)
    return replace(needed, reviewed=(), approved=("CSC-RS-03",)) if needed else None


GUARDS = {"qms_docs.judge.requirements.of_data": _one_is_enough}


def attack(stage: Stage) -> None:
    stage.write({"manual/waivers.yaml": WAIVERS.format(code="QMS401")})
    stage.commit("A waiver")
    stage.say(DRAFTER, "prepared", "waivers")
    stage.say(CONTROLLER, "approved", "waivers")
    stage.commit("Approval")
    stage.release("waivers")
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force("waivers", "zxx") == 1
