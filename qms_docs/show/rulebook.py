"""The documentation of rules for people, from the rules' own docstrings and their translations."""

from collections.abc import Iterable

from qms_docs.rules import Rule
from qms_docs.text import messages

_PARTS = ("why", "bad", "good")


def part(rule: Rule, name: str, language: str) -> str:
    """Return `title`, `why`, `bad` or `good`: the translation, or else the docstring's own."""
    translated = messages.catalogue(language)[rule.code].get(name)
    if translated:
        return str(translated).rstrip("\n")
    text = rule.title if name == "title" else rule.section(name.capitalize())
    return " ".join(text.split()) if name == "why" else text


def index(rules: Iterable[Rule], language: str) -> str:
    """Return one line a rule."""
    return "\n".join(f"{rule.code}  {part(rule, 'title', language)}" for rule in rules)


def page(rule: Rule, language: str) -> str:
    """Return the whole page of a rule."""
    lines = [f"{rule.code} {rule.name}", part(rule, "title", language), ""]
    for name in _PARTS:
        text = part(rule, name, language)
        lines += [messages.label(name, language), *(f"    {line}" for line in text.splitlines())]
        lines.append("")
    basis = messages.label("basis", language) + messages.label("colon", language)
    return "\n".join([*lines, f"{basis}{rule.basis}"])


def as_data(rule: Rule, language: str) -> dict[str, str]:
    """Return a rule as plain data."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": part(rule, "title", language),
        "severity": str(rule.severity),
        "basis": rule.basis,
        **{name: part(rule, name, language) for name in _PARTS},
    }
