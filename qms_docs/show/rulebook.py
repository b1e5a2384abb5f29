"""The documentation of rules for people, from the rules' own docstrings."""

from collections.abc import Iterable

from qms_docs.rules import Rule
from qms_docs.text import messages


def title(rule: Rule, language: str) -> str:
    """Return what the rule finds, in one sentence."""
    entry = messages.catalogue(language)[rule.code]
    return str(entry.get("title", rule.title))


def index(rules: Iterable[Rule], language: str) -> str:
    """Return one line a rule."""
    return "\n".join(f"{rule.code}  {title(rule, language)}" for rule in rules)


def page(rule: Rule, language: str) -> str:
    """Return the whole page of a rule."""
    entry = messages.catalogue(language)[rule.code]
    why = str(entry.get("why", " ".join(rule.section("Why").split())))
    parts = [f"{rule.code} {rule.name}", title(rule, language), ""]
    for key, text in (("why", why), ("bad", rule.section("Bad")), ("good", rule.section("Good"))):
        parts += [messages.label(key, language), *(f"    {line}" for line in text.splitlines()), ""]
    parts.append(f"{messages.label('basis', language)}: {rule.basis}")
    return "\n".join(parts)


def as_data(rule: Rule, language: str) -> dict[str, str]:
    """Return a rule as plain data."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": title(rule, language),
        "severity": str(rule.severity),
        "basis": rule.basis,
        "bad": rule.section("Bad"),
        "good": rule.section("Good"),
    }
