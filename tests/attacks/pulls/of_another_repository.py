"""The drafter lets people approve in a repository of their own, where they are whom they like."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.clicks._is_ours": lambda _: True}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.imported(stage, *clicks, repository=666)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
