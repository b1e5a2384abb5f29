"""The objectives from the policy down to the roles, with what was reached (ISO 9001:2015, 6.2)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from qms_docs.judge import attainment, listing, register
from qms_docs.judge.attainment import Result
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.registers import Objective
from qms_docs.words.tables import Table

_COLUMNS = (
    ("objective", 16),
    ("title", 44),
    ("level", 10),
    ("part-of", 24),
    ("owner", 30),
    ("measure", 60),
    ("target", 12),
    ("period", 12),
    ("source", 36),
)
_RESULTS = (("newest-period", 14), ("result", 12), ("attained", 12))


def table(manual: Manual, language: str, results: Mapping[str, Result] | None = None) -> Table:
    """Return all objectives, each below the one of which it is a part.

    With results: the newest of each beside its target, and whether it was reached.
    """
    columns = _COLUMNS if results is None else (*_COLUMNS, *_RESULTS)
    rows = (
        (
            *_row(manual, objective, level, language),
            *(() if results is None else _result(objective, results, language)),
        )
        for objective, level in _tree(manual.objectives)
    )
    return listing.table(manual, language, "objectives", columns, rows)


def _tree(objectives: Mapping[str, Objective]) -> Iterator[tuple[Objective, int]]:
    """Yield each objective with its level; what hangs in no tree is not reached: QMS705 says so."""
    parts: dict[str | None, list[Objective]] = defaultdict(list)
    for objective in objectives.values():
        parts[objective.parent].append(objective)
    # Not by recursion: a file may hang each objective below the one before it.
    waiting = [(objective, 1) for objective in reversed(parts[None])]
    while waiting:
        objective, level = waiting.pop()
        yield objective, level
        waiting += [(part, level + 1) for part in reversed(parts[objective.id])]


def _row(manual: Manual, objective: Objective, level: int, language: str) -> tuple[str, ...]:
    names = manual.policy.in_language
    above = objective.parent or label("policy-line", language, number=objective.policy)
    return (
        objective.id,
        names(objective.title, language),
        label("level-centre" if level == 1 else "level-role", language),
        above,
        register.role_name(manual, objective.owner, language),
        names(objective.measure, language),
        objective.target.written(language),
        label(f"period-{objective.period}", language),
        listing.named(manual, objective.source, language),
    )


def _result(
    objective: Objective, results: Mapping[str, Result], language: str
) -> tuple[str, str, str]:
    result = results.get(objective.id)
    if result is None:
        return "", "", label("not-reported", language)
    met = attainment.is_met(objective, result)
    amount = objective.target.amount(result.number, language)
    return result.period, amount, label("met" if met else "missed", language)
