"""Findings for forges and build servers."""

import json
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import jsonschema_rs
import pytest

from qms_docs.show import exchange
from qms_docs.show.output import FORMATS
from qms_docs.text import messages
from qms_docs.words.findings import Finding, Place, Report
from tests.rules import test_golden

FINDINGS = (
    Finding("QMS501", Place("手册/a b,c:1.md", 7, 3), values={"id": "CSC-QP-77"}),
    Finding("QMS508", Place("b.svg"), "file"),
)
REPORT = Report("work tree", 12, FINDINGS)
CLEAN = Report("work tree", 12, ())


def test_github_reads_one_command_a_finding() -> None:
    first, second = exchange.as_github(REPORT, "en").splitlines()
    assert first.startswith(
        "::error file=手册/a b%2Cc%3A1.md,line=7,col=3,title=QMS501::The document"
    )
    assert second.startswith("::error file=b.svg,line=1,col=1,title=QMS508::")
    assert exchange.as_github(CLEAN, "en") == ""


def test_a_file_name_cannot_start_another_command() -> None:
    forged = Report("index", 1, (Finding("QMS508", Place("a\n::error::x%0A"), "file"),))
    (line,) = exchange.as_github(forged, "en").splitlines()
    assert "file=a%0A%3A%3Aerror%3A%3Ax%250A" in line


def test_gitlab_gets_place_severity_and_a_lasting_fingerprint() -> None:
    issues = json.loads(exchange.as_gitlab(REPORT, "zh-CN"))
    assert issues[0]["location"] == {"path": "手册/a b,c:1.md", "lines": {"begin": 7}}
    assert {issue["severity"] for issue in issues} == {"major"}
    assert len({issue["fingerprint"] for issue in issues}) == 2
    moved = Finding("QMS501", Place("手册/a b,c:1.md", 99), values={"id": "CSC-QP-77"})
    assert exchange.fingerprint(moved) == issues[0]["fingerprint"]


def test_sarif_names_rules_places_and_severities() -> None:
    log = json.loads(exchange.as_sarif(REPORT, "en"))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in rules] == ["QMS501", "QMS508"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == "error"
        assert result["message"]["text"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E6%89%8B%E5%86%8C/a%20b%2Cc%3A1.md"
    assert place["region"] == {"startLine": 7, "startColumn": 3}


@cache
def _published_schema() -> jsonschema_rs.Draft4Validator:
    file = Path(__file__).parents[1] / "data" / "sarif-schema-2.1.0.json"
    return jsonschema_rs.Draft4Validator(json.loads(file.read_text("utf-8")), validate_formats=True)


@cache
def _every_finding() -> Report:
    """Return what the golden cases find, all in one report."""
    checked = [test_golden.check(case / "bad") for case in test_golden.CHECKED]
    return Report("index", 1, tuple(finding for one in checked for finding in one.findings))


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("findings", ["every", "none"])
def test_sarif_follows_the_published_schema(findings: str, language: str) -> None:
    report = _every_finding() if findings == "every" else CLEAN
    log = json.loads(exchange.as_sarif(report, language))
    assert len(log["runs"][0]["results"]) == len(report.findings)
    assert [error.message for error in _published_schema().iter_errors(log)] == []
    log["runs"][0]["tool"]["driver"]["rules"] = [{"name": "no id"}]
    assert not _published_schema().is_valid(log)


def test_junit_has_a_failed_case_a_finding_and_a_passed_one_for_none() -> None:
    suite = ElementTree.fromstring(exchange.as_junit(REPORT, "en"))[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "2")
    assert [case.get("classname") for case in suite] == ["QMS501", "QMS508"]
    clean = ElementTree.fromstring(exchange.as_junit(CLEAN, "en"))[0]
    assert (clean.get("tests"), clean.get("failures"), len(clean)) == ("1", "0", 1)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_every_text(name: str, language: str) -> None:
    odd = Finding("QMS501", Place("a\x00\x1b]\ud800.md"), values={"id": "<&\"'\x07]]>"})
    text = FORMATS[name](Report("index", 1, (odd,)), language)
    if name == "junit":
        ElementTree.fromstring(text)
    elif name in ("json", "gitlab", "sarif"):
        json.loads(text)
