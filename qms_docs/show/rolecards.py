"""The card of a role as a page: with as much of each step as one page can hold.

The engine decides what fits. Which settings it need not try, an estimate says: laying out a page
takes a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from qms_docs.show import extracts
from qms_docs.show.typeset import ems
from qms_docs.words.extracts import Card, Duty, Extract
from qms_docs.words.manual import Manual
from qms_docs.words.printing import PrintJob

_ROOM = 215.0
"""Millimetres for what stands between head and foot of the page."""
_DOUBT = 1.15
"""By how much an estimate may be wrong."""


@dataclass(frozen=True)
class _Setting:
    """How a card is set, with the sizes of extract.css in millimetres."""

    shape: str
    detail: str
    """What is told of each step: all of it, its time limit, or its number."""
    em: float
    line: float
    row: float
    """What a row takes beside its lines."""
    columns: int

    def height(self, card: Card) -> float:
        """Return about how high a card is."""
        rows = sum(self._rows(duty) for duty in card.duties)
        is_short = self.detail == "numbers"
        forms = sum(form.is_owner or not is_short for form in card.forms)
        items = (len(card.targets), len(card.reading), forms)
        listed = sum(ceil(count / self.columns) * (self.line + self.row) for count in items)
        return rows + listed + 7 * (1 + sum(map(bool, items)))

    def _rows(self, duty: Duty) -> float:
        lines = list(self._lines(duty))
        return sum(lines) * self.line + len(lines) * self.row

    def _lines(self, duty: Duty) -> Iterator[int]:
        """Yield how many lines each row of a duty has."""
        if self.detail == "whole":
            yield 1
            for task in duty.tasks:
                yield max(
                    self._broken(f"{task.occasion}{task.action}", 103),
                    self._broken(task.limit, 38),
                    len(task.records),
                )
        elif self.detail == "limits":
            told = "".join(f"{task.number} {task.limit}   " for task in duty.tasks)
            yield max(self._broken(told, 75), self._broken(duty.document.title, 40))
        else:
            yield max(self._broken(f"{duty.document.title}{'0' * 12}", 72), len(duty.records) // 3)

    def _broken(self, text: str, room: float) -> int:
        return ceil(ems(text) * self.em / room) or 1


_SETTINGS = (
    _Setting("card", "whole", 2.75, 3.63, 1.7, 2),
    _Setting("card dense", "whole", 2.47, 3.09, 1.05, 2),
    _Setting("card dense densest", "whole", 2.29, 2.8, 0.75, 3),
    _Setting("card dense", "limits", 2.47, 3.09, 1.05, 2),
    _Setting("card", "numbers", 2.75, 3.63, 1.7, 2),
    _Setting("card dense", "numbers", 2.47, 3.09, 1.05, 2),
    _Setting("card dense densest", "numbers", 2.29, 2.8, 0.75, 3),
)
"""What tells most, and most largely, first."""


def job(extract: Extract, manual: Manual, card: Card) -> PrintJob:
    """Return the card of a role, on one page."""
    tried = [each for each in _SETTINGS if each.height(card) <= _ROOM * _DOUBT] or _SETTINGS[-1:]
    first, *closer = (
        extracts.job(
            "rolecard.html", extract, manual, {}, shape=each.shape, card=card, detail=each.detail
        )
        for each in tried
    )
    return replace(first, closer=tuple(each.html for each in closer))
