"""What people record of controlled copies, on the stage of the attacks."""

from collections.abc import Mapping

from qms_docs.words.copies import ControlledCopy
from qms_docs.words.evidence import Copy, CopyEvent, CopyItem, Record
from tests.attacks.stage import CONTROLLER, DOCUMENT, Stage

PDF = "5" * 64
"""SHA-256 of a PDF that nobody needs."""


def issue(
    stage: Stage, *numbers: int, until: str = "", who: str = CONTROLLER, **options: object
) -> Record:
    """Write that copies of the newest committed text were issued, each to a desk of its own."""
    subject = stage.subject()
    items = tuple(CopyItem(number, subject, f"Desk {number}", PDF) for number in numbers)
    body = Copy(CopyEvent.ISSUED, DOCUMENT, items, until)
    return stage.put(*stage.record(who, body, **options))  # type: ignore[arg-type]


def happened(stage: Stage, event: str, issued: Record, *numbers: int, **options: object) -> Record:
    """Write that something happened to copies of one issue."""
    items = tuple(CopyItem(number, issue=issued.digest) for number in numbers)
    body = Copy(CopyEvent(event), DOCUMENT, items)
    return stage.put(*stage.record(CONTROLLER, body, **options))  # type: ignore[arg-type]


def copies(stage: Stage) -> Mapping[int, ControlledCopy]:
    """Return the copies that count, by number."""
    return {each.number: each for each in stage.ledger().released().copies.get(DOCUMENT, ())}
