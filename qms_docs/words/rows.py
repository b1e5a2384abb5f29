"""Tables in documents that are data: their kinds, and a row of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qms_docs.words.findings import Place
from qms_docs.words.model import Cell


class Kind(StrEnum):
    """What the rows of a table are; its columns are named in `policy.schema.json`."""

    STEPS = "steps"
    """Who does what, by when, on which record (ISO 10013:2021, 5)."""
    HANDOVERS = "handovers"
    """Who gives what to whom, by when, and how the answer comes back."""
    ESCALATIONS = "escalations"
    """Who acts when something does not go as it should."""
    INPUTS = "inputs"
    """What a process needs, and from where it comes (ISO 9001:2015, 4.4.1 a)."""
    OUTPUTS = "outputs"
    """What a process gives, and who receives it."""
    DUTIES = "duties"
    """What a role does, by which document, and what proves it."""
    OBJECTIVES = "objectives"
    """What is to be reached, and where the figure comes from."""
    ASSESSMENTS = "assessments"
    """What people are assessed by, and on which objective or rule that rests."""
    FIELDS = "fields"
    """What a form asks for."""


@dataclass(frozen=True)
class Row:
    """A row of a table that is data."""

    cells: Mapping[str, Cell]
    """By the column's name in the policy, for example `role`."""
    place: Place

    def __getitem__(self, column: str) -> Cell:
        return self.cells[column]
