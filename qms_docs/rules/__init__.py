"""The rules of `qms check`, one module a family."""

from qms_docs.rules import identification, references, rendering
from qms_docs.rules.registry import Rule

__all__ = ["RULES", "Rule", "find"]

RULES: tuple[Rule, ...] = (
    *identification.RULES,
    *references.RULES,
    *rendering.RULES,
)
"""All rules by code. A removed rule's code is never used again."""


def find(code: str) -> Rule | None:
    """Return the rule with a code (any case) or name."""
    wanted = code.upper()
    return next((rule for rule in RULES if wanted in (rule.code, rule.name.upper())), None)
