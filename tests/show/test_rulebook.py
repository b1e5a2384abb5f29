"""The documentation of the rules for people."""

import pytest

from qms_docs.rules import RULES, Rule, find
from qms_docs.show import rulebook
from qms_docs.text import messages


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_index_has_one_line_a_rule(language: str) -> None:
    lines = rulebook.index(RULES, language).splitlines()
    assert [line.split("  ")[0] for line in lines] == [rule.code for rule in RULES]
    assert all(len(line.split("  ")[1]) > 5 for line in lines)


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_has_title_reason_examples_and_basis(rule: Rule, language: str) -> None:
    page = rulebook.page(rule, language)
    assert page.startswith(f"{rule.code} {rule.name}\n")
    for label in ("why", "bad", "good"):
        heading = messages.label(label, language)
        after = page.split(f"\n{heading}\n", 1)[1]
        assert after.startswith("    ")
    assert page.endswith(rule.basis)


def test_examples_keep_their_lines() -> None:
    rule = find("QMS105")
    assert rule is not None
    assert (
        "    procedures/CSC-QP-12.md      id: CSC-QP-12\n"
        "    procedures/CSC-QP-13.md      id: CSC-QP-12\n"
    ) in rulebook.page(rule, "en")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_rule_as_data_has_all_its_facts(language: str) -> None:
    for rule in RULES:
        data = rulebook.as_data(rule, language)
        names = {"code", "name", "title", "severity", "basis", "why", "bad", "good"}
        assert data.keys() == names
        assert all(data.values())
