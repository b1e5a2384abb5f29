"""A record of five megabytes is to keep everybody's computer busy."""

from dataclasses import replace

from qms_docs.words.evidence import Statement
from tests.attacks.stage import DRAFTER, Stage

FOUND = ["QMS902 large"]
GUARDS = {"qms_docs.text.records.LARGEST": 10**9}


def attack(stage: Stage) -> None:
    act = replace(stage.statement("prepared").acts[0], comment="x" * 2000)
    stage.put(*stage.record(DRAFTER, Statement((act,) * 2000)))
    stage.commit("Five megabytes")


def succeeded(stage: Stage) -> bool:
    return any(len(each.message) > 4_000_000 for each in stage.ledger().records.values())
