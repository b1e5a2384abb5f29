"""Findings as text and as JSON."""

import json

import pytest

from qms_docs import check
from qms_docs.rules import severity
from qms_docs.show import output
from qms_docs.words.findings import Finding, Place, Report, Severity
from tests.conftest import load

FINDINGS = (
    Finding("QMS101", Place("a.md"), "unclosed"),
    Finding("QMS501", Place("a.md", 7, 3), values={"id": "CSC-QP-77"}),
    Finding("QMS508", Place("b.svg"), "file"),
)
REPORT = Report("work tree", 12, FINDINGS)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_text_has_two_lines_a_finding_and_one_that_sums_up(language: str) -> None:
    lines = output.as_text(REPORT, language).splitlines()
    assert len(lines) == 7
    assert lines[2].startswith("a.md:7:3: ")
    assert "QMS501" in lines[2]
    assert "CSC-QP-77" in lines[2]
    assert lines[3].startswith("    ")
    assert all(number in lines[-1] for number in ("12", "3", "2"))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_report_without_findings_says_so_in_one_line(language: str) -> None:
    (line,) = output.as_text(Report("index", 12, ()), language).splitlines()
    assert "12" in line


def test_a_file_cannot_forge_a_line_of_the_report() -> None:
    forged = Finding("QMS501", Place("a\nb.md"), values={"id": "x\x1b[2J\nb.md:1:1: error"})
    text = output.as_text(Report("index", 1, (forged,)), "en")
    assert len(text.splitlines()) == 3
    assert "\x1b" not in text


def test_json_has_all_facts_of_a_finding_under_fixed_names() -> None:
    data = json.loads(output.as_json(REPORT, "zh-CN"))
    assert (data["source"], data["documents"], len(data["findings"])) == ("work tree", 12, 3)
    finding = data["findings"][1]
    assert finding["message"]
    assert finding["hint"]
    assert {name: finding[name] for name in finding if name not in ("message", "hint")} == {
        "code": "QMS501",
        "name": "missing-document",
        "severity": "error",
        "path": "a.md",
        "line": 7,
        "column": 3,
        "basis": "ISO 9001:2015 7.5.3.1 a",
    }


def test_json_speaks_the_reader_s_language() -> None:
    english, chinese = (
        json.loads(output.as_json(REPORT, language))["findings"] for language in ("en", "zh-CN")
    )
    assert english[0]["message"] != chinese[0]["message"]
    assert english[0]["code"] == chinese[0]["code"]


def test_the_rule_decides_how_a_finding_counts() -> None:
    assert severity(FINDINGS[0]) is Severity.ERROR
    assert severity(Finding("QMS000", Place("f"))) is Severity.ERROR


def test_both_formats_tell_the_same_findings(base: dict[str, bytes]) -> None:
    report = check.run(load({**base, "manual/process.svg": b"", "manual/CSC-QM-01.md": "x"}))
    text, data = output.as_text(report, "en"), json.loads(output.as_json(report, "en"))
    assert [line.split(": ")[0] for line in text.splitlines() if ": error " in line] == [
        f"{item['path']}:{item['line']}:{item['column']}" for item in data["findings"]
    ]
