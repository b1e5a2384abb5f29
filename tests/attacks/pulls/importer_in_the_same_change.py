"""Quality makes their own role an importer in the commit that brings the import."""

from tests.attacks import reviewing, scenes, weak
from tests.attacks.stage import QUALITY, Stage

FOUND = ["QMS905 importer", "QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.ledger.Ledger._before": weak.written}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    body = reviewing.reviews(stage, *clicks)
    reviewing.landed(stage)
    stage.edit("manual/authority.yaml", "importers: [CSC-RS-03]", "importers: [CSC-RS-02]")
    reviewing.put(stage, body, QUALITY)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
