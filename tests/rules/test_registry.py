"""The rules as a list: codes, families, and a documentation that is whole."""

import re

import pytest

from qms_docs import rules
from qms_docs.rules import (
    RULES,
    Rule,
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
    registry,
    rendering,
    revision,
    steps,
    systems,
    temporary,
    terms,
    translations,
)
from qms_docs.words.findings import Finding, Severity
from qms_docs.words.manual import Manual

FAMILIES = {
    "1": (identification, legibility),
    "2": (revision,),
    "3": (approval,),
    "4": (lifecycle, temporary),
    "5": (references, inclusions, readers),
    "6": (steps, interplay),
    "7": (coverage, objectives, records, systems, translations, terms),
    "8": (rendering, diagrams),
    "9": (history,),
}
MODULES = tuple(module for modules in FAMILIES.values() for module in modules)


def test_no_code_and_no_name_is_given_twice() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def test_rules_are_listed_by_code() -> None:
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_code_of_its_family(rule: Rule) -> None:
    assert re.fullmatch(r"QMS[1-9]\d\d", rule.code)
    assert any(rule in module.RULES for module in FAMILIES[rule.code[3]])
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_documents_itself(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z].*\.", rule.title)
    assert all(rule.section(heading) for heading in ("Why", "Bad", "Good"))
    assert rule.section("Bad") != rule.section("Good")
    assert re.match(r"ISO \d+(-\d+)?:\d{4} \d", rule.basis)


def test_every_function_of_a_family_that_is_a_rule_is_listed() -> None:
    for module in MODULES:
        made = [value for value in vars(module).values() if isinstance(value, Rule)]
        assert tuple(made) == module.RULES


def test_every_module_of_rules_is_a_family() -> None:
    assert sum(len(module.RULES) for module in MODULES) == len(RULES)


def test_rules_require_rules_that_exist() -> None:
    codes = {rule.code for rule in RULES}
    assert all(set(rule.requires) <= codes - {rule.code} for rule in RULES)


def test_only_what_lies_in_the_future_is_a_warning() -> None:
    warnings = {rule.name for rule in RULES if rule.severity is not Severity.ERROR}
    assert warnings == {"review-due-soon"}


@pytest.mark.parametrize("wanted", ["QMS501", "qms501", "missing-document", "Missing-Document"])
def test_a_rule_is_found_by_code_or_name(wanted: str) -> None:
    rule = rules.find(wanted)
    assert rule is not None
    assert rule.code == "QMS501"


@pytest.mark.parametrize("wanted", ["", "QMS", "QMS999", "501", "missing"])
def test_nothing_else_is_a_rule(wanted: str) -> None:
    assert rules.find(wanted) is None


def test_a_section_keeps_the_indentation_of_an_example() -> None:
    @registry.rule("QMS999", "example", basis="ISO 9001:2015 7.5")
    def example(manual: Manual) -> list[Finding]:
        """Something is so.

        Why:
            One line
            and another.
        Bad:
            change:
              class: huge
        Good:
              indented

            last
        """
        return []

    assert example.title == "Something is so."
    assert example.section("Why") == "One line\nand another."
    assert example.section("Bad") == "change:\n  class: huge"
    assert example.section("Good") == "  indented\n\nlast"
    assert example.section("Basis") == ""
