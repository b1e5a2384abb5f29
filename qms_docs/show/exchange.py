"""Findings in the formats of forges and build servers, so that they show them at their lines."""

import hashlib
import json
from urllib.parse import quote
from xml.etree import ElementTree

from qms_docs import __version__
from qms_docs.rules import find, severity
from qms_docs.show import rulebook
from qms_docs.text import messages
from qms_docs.words.findings import Finding, Report, Severity

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_github(report: Report, language: str) -> str:
    """Return workflow commands, which GitHub shows as annotations beside the lines."""
    return "\n".join(_annotation(finding, language) for finding in report.findings)


def as_gitlab(report: Report, language: str) -> str:
    """Return a GitLab Code Quality report (JSON)."""
    issues = [
        {
            "description": _whole(finding, language),
            "check_name": finding.code,
            "fingerprint": fingerprint(finding),
            "severity": "major" if severity(finding) == Severity.ERROR else "minor",
            "location": {"path": finding.place.path, "lines": {"begin": finding.place.line}},
        }
        for finding in report.findings
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2)


def as_sarif(report: Report, language: str) -> str:
    """Return a SARIF 2.1.0 log (OASIS) with the rules that have findings."""
    codes = sorted({finding.code for finding in report.findings})
    driver = {
        "name": "qms",
        "version": __version__,
        "rules": [_sarif_rule(code, language) for code in codes],
    }
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": str(severity(finding)),
            "message": {"text": _whole(finding, language)},
            "locations": [_sarif_location(finding)],
            "partialFingerprints": {"qms/v1": fingerprint(finding)},
        }
        for finding in report.findings
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def as_junit(report: Report, language: str) -> str:
    """Return JUnit XML: each finding a failed test case, none at all one that passed."""
    suite = ElementTree.Element(
        "testsuite",
        name="qms check",
        tests=str(max(len(report.findings), 1)),
        failures=str(len(report.findings)),
        errors="0",
        skipped="0",
    )
    for finding in report.findings:
        case = ElementTree.SubElement(
            suite, "testcase", classname=finding.code, name=_printable(str(finding.place))
        )
        sentence = _printable(messages.of_finding(finding, language)[0])
        failure = ElementTree.SubElement(case, "failure", message=sentence, type=finding.code)
        failure.text = _printable(_whole(finding, language))
    if not report.findings:
        ElementTree.SubElement(suite, "testcase", classname="qms", name="check")
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True)


def fingerprint(finding: Finding) -> str:
    """Return what tells a finding from others, also when lines above it come or go."""
    facts = [finding.code, finding.case, finding.place.path, sorted(finding.values.items())]
    return hashlib.sha256(json.dumps(facts).encode("utf-8")).hexdigest()


def _whole(finding: Finding, language: str) -> str:
    return " ".join(messages.of_finding(finding, language))


def _annotation(finding: Finding, language: str) -> str:
    place = finding.place
    facts = {
        "file": place.path,
        "line": str(place.line),
        "col": str(place.column),
        "title": finding.code,
    }
    given = ",".join(f"{name}={_escaped(value, ',:')}" for name, value in facts.items())
    return f"::{severity(finding)} {given}::{_escaped(_whole(finding, language))}"


def _escaped(text: str, more: str = "") -> str:
    """Encode what would end a workflow command or one of its properties."""
    for char in ("%", "\r", "\n", *more):
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def _sarif_rule(code: str, language: str) -> dict[str, object]:
    rule = find(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rulebook.part(rule, "title", language)},
        "help": {"text": rulebook.page(rule, language)},
        "properties": {"tags": [rule.basis]},
    }


def _sarif_location(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "physicalLocation": {
            "artifactLocation": {
                "uri": quote(place.path, errors="replace"),
                "uriBaseId": "%SRCROOT%",
            },
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }


def _printable(text: str) -> str:
    """Return a text that XML 1.0 can hold."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
