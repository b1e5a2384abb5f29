"""The sentences people read, in their language, from the message catalogues."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding

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
    return entry["text"].format_map(finding.values), entry["hint"].format_map(finding.values)


def of_error(error: QmsError, language: str) -> tuple[str, str]:
    """Return the sentence of an error and the hint what to do."""
    entry = catalogue(language)["errors"][error.key]
    return entry["text"].format_map(error.values), entry["hint"].format_map(error.values)


def label(key: str, language: str, **values: object) -> str:
    """Return a short text of tables, pages and commands."""
    return str(catalogue(language)["labels"][key]).format_map(values)
