"""The rules of `qms check`, one module a family."""

from qms_docs.rules import (
    approval,
    coverage,
    diagrams,
    history,
    identification,
    inclusions,
    interplay,
    legibility,
    lifecycle,
    objectives,
    readers,
    records,
    references,
    rendering,
    revision,
    steps,
    systems,
    temporary,
    terms,
    translations,
)
from qms_docs.rules.registry import Rule
from qms_docs.words.findings import Finding, Severity

__all__ = ["RULES", "Rule", "find", "severity"]

_FAMILIES = (
    identification,
    legibility,
    revision,
    approval,
    lifecycle,
    temporary,
    references,
    inclusions,
    readers,
    steps,
    interplay,
    coverage,
    objectives,
    records,
    systems,
    translations,
    terms,
    rendering,
    diagrams,
    history,
)
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda rule: rule.code)
)
"""All rules by code. A removed rule's code is never used again."""


def find(code: str) -> Rule | None:
    """Return the rule with a code (any case) or name."""
    wanted = code.upper()
    return next((rule for rule in RULES if wanted in (rule.code, rule.name.upper())), None)


def severity(finding: Finding) -> Severity:
    """Return how a finding counts: its rule decides."""
    rule = find(finding.code)
    return rule.severity if rule else Severity.ERROR
