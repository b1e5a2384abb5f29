"""Rubbish is put where the next release will stand, so that the release cannot be added.

The server's hook takes no rubbish in. Where it came in otherwise it is found, and the release
stands as soon as the rubbish is gone.
"""

from tests.attacks.stage import Stage

FOUND = ["QMS902 json", "QMS901 deleted"]


def attack(stage: Stage) -> None:
    path = "records/releases/CSC-QP-01/en.r1.json"
    stage.write({path: "rubbish"})
    stage.commit("Rubbish")
    stage.git("rm", "--quiet", path)
    stage.commit("Away with it")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
