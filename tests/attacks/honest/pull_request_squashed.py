"""Two people click Approve, the forge squashes the branch, and an importer records the reviews."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    issue = stage.ledger().issues["CSC-QP-01"]
    return stage.in_force() == 1 and [each.grade for each in issue[0].approvals] == [
        "ssh", "forge", "forge",
    ]  # fmt: skip
