"""Weaker machines than ours, to show that an attack would succeed on them: guards taken away."""

from collections.abc import Callable

from qms_docs.judge import controlled
from qms_docs.judge.controlled import DATA, Rules
from qms_docs.judge.ledger import Ledger
from qms_docs.text import records
from qms_docs.words.evidence import Statement
from qms_docs.words.history import GONE, Arrival

land: Callable[[Ledger, Arrival], None] = Ledger.land


def written(ledger: Ledger) -> Rules | None:
    """Go by authority and policy as they stand in the files, released or not."""
    if ledger.rules is None:
        return None
    data = {name: ledger.tree().read(DATA[name]) or b"" for name in controlled.FIRST}
    return controlled.read(data, []) or ledger.rules


def forgetting(ledger: Ledger, arrival: Arrival) -> None:
    """Go by the records that stand in the files: what is deleted or changed was never said."""
    land(ledger, arrival)
    for change in arrival.commit.changes:
        if change.path.startswith(records.FOLDER) and change.old_mode != GONE:
            old = ledger.records.get(change.path.rpartition("/")[2].partition(".")[0])
            if old and isinstance(old.body, Statement):
                ledger.statements.take_back(old)


unsigned = {"qms_docs.judge.entitlement.false_signature": lambda record: None}
"""Believe every signature."""
anybody = {**unsigned, "qms_docs.judge.entitlement.objection": lambda *_: ""}
"""Believe every record, whoever has made it."""
