"""The sentences people read, in their language, from the message catalogues."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.words.forgesettings import Remark

LANGUAGES = ("en", "zh-CN")


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """Return all sentences of a language: `errors`, `labels` and one table a rule code."""
    name = language if language in LANGUAGES else "en"
    return tomllib.loads(
        files("qms_docs").joinpath("data", "messages", f"{name}.toml").read_text("utf-8")
    )


def of_finding(finding: Finding, language: str) -> tuple[str, str]:
    """Return the sentence of a finding and the hint what to do."""
    entry = catalogue(language)[finding.code]
    if finding.case:
        entry = {**entry, **entry[finding.case]}
    return _pair(entry, finding.values, language)


def of_error(error: QmsError, language: str) -> tuple[str, str]:
    """Return the sentence of an error and the hint what to do."""
    entry = catalogue(language)["errors"][error.key]
    return _pair(entry, error.values, language)


def of_remark(remark: Remark, language: str) -> tuple[str, str]:
    """Return the sentence of a remark on a forge's settings and the hint what to do."""
    return _pair(catalogue(language)["forge-settings"][remark.key], remark.values, language)


def label(key: str, language: str, **values: object) -> str:
    """Return a short text of tables, pages and commands."""
    return _fill(catalogue(language)["labels"][key], values, language)


def _pair(entry: Mapping[str, str], values: Mapping[str, object], language: str) -> tuple[str, str]:
    return _fill(entry["text"], values, language), _fill(entry["hint"], values, language)


def _fill(sentence: str, values: Mapping[str, object], language: str) -> str:
    """Fill the placeholders, in the reader's words where there are any.

    What a program calls `work tree` as the value of `origin`, the label `origin-work-tree` says
    to people; a value without such a label stays as it is.
    """
    labels = catalogue(language)["labels"]
    words = {
        name: labels.get(f"{name}-{value}".replace(" ", "-"), value)
        for name, value in values.items()
    }
    return sentence.format_map(words)
