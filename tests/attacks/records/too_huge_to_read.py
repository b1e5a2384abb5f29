"""A file of more than 32 MiB among the records is to end every audit with an error.

Nothing has to be guarded: what is so large is named as no record, and everything else is judged.
"""

from tests.attacks.stage import Stage

FOUND = ["QMS902 large"]


def attack(stage: Stage) -> None:
    stage.write({"records/statements/00/huge.json": b"0" * (32 * 1024 * 1024 + 1)})
    stage.commit("A huge file")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
