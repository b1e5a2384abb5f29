"""A record of a hundred thousand brackets is to exhaust whoever reads it.

Nothing has to be guarded: reading it ends with a finding, and everything else is judged.
"""

from tests.attacks.stage import Stage

FOUND = ["QMS902 json"]


def attack(stage: Stage) -> None:
    stage.write({"records/statements/00/deep.json": b"[" * 100_000})
    stage.commit("Brackets")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
