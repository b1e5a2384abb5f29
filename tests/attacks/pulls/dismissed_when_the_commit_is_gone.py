"""The manager's approval is dismissed when the forge no longer knows commit and account."""

from tests.attacks import reviewing, scenes
from tests.attacks.pulls import dismissed
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-approved"]
GUARDS = dismissed.GUARDS
before = reviewing.before
succeeded = dismissed.succeeded


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.imported(stage, *clicks)
    clicks[1] |= {"state": "DISMISSED", "commit_id": None, "user": None}
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)
