"""What was reached of each objective: results of periods against targets (ISO 9001:2015, 9.1.1)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from qms_docs.text.csvtable import Line
from qms_docs.words.registers import Objective, Period

COLUMNS = ("objective", "period", "result")
_PERIODS = {
    Period.MONTH: r"[0-9]{4}-(0[1-9]|1[0-2])",
    Period.QUARTER: r"[0-9]{4}-Q[1-4]",
    Period.YEAR: r"[0-9]{4}",
}
EXAMPLES = {Period.MONTH: "2026-10", Period.QUARTER: "2026-Q3", Period.YEAR: "2026"}
"""How the periods are written."""
_NUMBER = r"-?[0-9]{1,12}(\.[0-9]{1,6})?"


@dataclass(frozen=True)
class Result:
    """What was measured in a period."""

    objective: str
    period: str
    number: str
    """As typed."""


@dataclass(frozen=True)
class Refused:
    """A line that counts for nothing, with the reason: a label `result-…`."""

    line: int
    reason: str
    values: Mapping[str, str]


def read(
    lines: Iterable[Line], objectives: Mapping[str, Objective]
) -> tuple[Mapping[str, Result], tuple[Refused, ...]]:
    """Return the newest result of each objective, and every line that counts for nothing.

    The first line names the columns `objective`, `period` and `result`; others may stand among
    them.
    """
    (first, heading), *rest = lines
    if missing := [name for name in COLUMNS if name not in heading]:
        return {}, (Refused(first, "column", {"column": ", ".join(missing)}),)
    places = [heading.index(name) for name in COLUMNS]
    newest: dict[str, Result] = {}
    refused: list[Refused] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in rest:
        result = Result(*(cells[place] for place in places))
        wrong = list(_wrong(line, result, objectives, seen))
        refused += wrong
        if not wrong:
            seen[result.objective, result.period] = line
            last = newest.get(result.objective)
            if last is None or result.period > last.period:
                newest[result.objective] = result
    return newest, tuple(refused)


def _wrong(
    line: int,
    result: Result,
    objectives: Mapping[str, Objective],
    seen: Mapping[tuple[str, str], int],
) -> Iterator[Refused]:
    values = {"objective": result.objective, "period": result.period, "result": result.number}
    objective = objectives.get(result.objective)
    if objective is None:
        yield Refused(line, "objective", values)
        return
    if not re.fullmatch(_PERIODS[objective.period], result.period):
        yield Refused(line, "period", {**values, "example": EXAMPLES[objective.period]})
    if not re.fullmatch(_NUMBER, result.number):
        yield Refused(line, "number", values)
    if other := seen.get((result.objective, result.period)):
        yield Refused(line, "twice", {**values, "other": str(other)})


def is_met(objective: Objective, result: Result) -> bool:
    """Tell whether a result reaches the target of its objective."""
    return objective.target.is_met(Decimal(result.number))
