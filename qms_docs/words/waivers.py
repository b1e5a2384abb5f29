"""Waivers: findings that people have decided to accept in one document for a time."""

from dataclasses import dataclass
from datetime import date

from qms_docs.words.findings import Place


@dataclass(frozen=True)
class Waiver:
    """What `manual/waivers.yaml` says of one kind of finding in one document."""

    code: str
    """The rule whose findings are accepted."""
    document: str
    reason: str
    owner: str
    """Role that sees to it that the waiver is no longer needed."""
    expires: date
    """The last day on which it counts, in the manual's time zone."""
    place: Place
