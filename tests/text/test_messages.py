"""The catalogues: both languages say the same, and everything that is asked for is there."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import qms_docs
from qms_docs.rules import RULES
from qms_docs.text import messages
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Place

PACKAGE = Path(qms_docs.__file__).parent
EXPLAINED = ("title", "why", "bad", "good")
"""What the English rule says in its docstring and only the translation says in the catalogue."""


def sentences(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield ".".join((*path, key)), value
        else:
            yield from sentences(value, (*path, key))


def spoken(language: str) -> dict[str, str]:
    return {
        key: sentence
        for key, sentence in sentences(messages.catalogue(language))
        if not (key.startswith("QMS") and key.split(".")[1] in EXPLAINED)
    }


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_sentences() -> None:
    assert spoken("en").keys() == spoken("zh-CN").keys()


def test_a_sentence_tells_no_value_that_the_other_language_lacks() -> None:
    chinese = spoken("zh-CN")
    filled = {
        key: (placeholders(sentence), placeholders(chinese[key]))
        for key, sentence in spoken("en").items()
        if not key.startswith("labels.detail-")  # words for a value, not filled themselves
    }
    assert {key: pair for key, pair in filled.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_said_with_no_words(language: str) -> None:
    assert [key for key, sentence in spoken(language).items() if not sentence.strip()] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_rule_and_every_case_of_it_has_sentence_and_hint(language: str) -> None:
    catalogue = messages.catalogue(language)
    assert {key for key in catalogue if key.startswith("QMS")} == {rule.code for rule in RULES}
    for rule in RULES:
        entry = catalogue[rule.code]
        cases = [case for case in entry.values() if isinstance(case, dict)]
        assert all({"text"} <= case.keys() <= {"text", "hint"} for case in cases)
        assert {"text", "hint"} <= entry.keys()


def _calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of a function or class in the package, with the module's path."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                yield path.relative_to(PACKAGE).as_posix(), node


def _first(call: ast.Call) -> str | None:
    """Return the first argument where it is written out."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and type(first.value) is str else None


def test_every_error_that_is_raised_has_a_sentence_and_all_its_values() -> None:
    errors = messages.catalogue("en")["errors"]
    raised = [(path, call, key) for path, call in _calls("QmsError") if (key := _first(call))]
    assert len(raised) > 20
    for path, call, key in raised:
        assert key in errors, f"{path}: {key}"
        given = {keyword.arg for keyword in call.keywords}
        needed = placeholders(errors[key]["text"]) | placeholders(errors[key]["hint"])
        assert needed <= given, f"{path}: {key}"


def test_every_label_that_is_written_out_exists() -> None:
    labels = messages.catalogue("en")["labels"]
    written = {key for _, call in _calls("label") if (key := _first(call))}
    for path in sorted((PACKAGE / "data" / "templates").glob("*.html")):
        written |= set(re.findall(r"label\('([\w-]+)',", path.read_text("utf-8")))
    assert len(written) > 40
    assert written - labels.keys() == set()


def test_a_case_overrides_the_sentence_of_its_rule() -> None:
    place = Place("f")
    general = messages.of_finding(Finding("QMS101", place), "en")
    unclosed = messages.of_finding(Finding("QMS101", place, "unclosed"), "en")
    assert general != unclosed
    assert all(general)
    assert all(unclosed)


def test_values_are_filled_in_as_they_are() -> None:
    finding = Finding("QMS503", Place("f"), "", {"anchor": "{x}", "file": "%s", "anchors": "\\n"})
    assert "“#{x}”" in "".join(messages.of_finding(finding, "en"))


def test_an_error_is_told_with_its_values() -> None:
    error = QmsError("no-document", id="CSC-QP-77")
    for language in messages.LANGUAGES:
        assert "CSC-QP-77" in messages.of_error(error, language)[0]


def test_a_reader_of_any_other_language_gets_english() -> None:
    assert messages.label("status-draft", "fr") == messages.label("status-draft", "en")
    assert messages.label("status-draft", "zh-CN") != messages.label("status-draft", "en")
