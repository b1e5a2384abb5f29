"""Judge a manual by all rules."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

from qms_docs.judge import waiving
from qms_docs.rules import RULES, Rule
from qms_docs.words.findings import Finding, Report
from qms_docs.words.manual import Manual


def run(manual: Manual, rules: Iterable[Rule] = RULES) -> Report:
    """Return the findings of all rules, in the order of their places.

    A rule runs after the rules it requires, and what it says of a file in which one of those
    has found something is left out: one cause, one finding. What a released waiver accepts is told
    apart, and a waiver that accepts nothing is a finding.
    """
    by_code = {rule.code: rule for rule in rules}
    order = TopologicalSorter({code: rule.requires for code, rule in by_code.items()})
    found: dict[str, list[Finding]] = {}
    for code in order.static_order():
        rule = by_code.get(code)
        if rule is None:
            continue
        broken = {finding.place.path for need in rule.requires for finding in found.get(need, ())}
        found[code] = [item for item in rule.check(manual) if item.place.path not in broken]
    everything = [item for items in found.values() for item in items]
    kept, waived = waiving.apply(manual, everything)
    findings = sorted(kept, key=lambda finding: (finding.place, finding.code))
    return Report(manual.origin, len(manual.sources), tuple(findings), waived)
