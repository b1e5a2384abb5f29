"""Findings as text and as JSON, and the list of all formats."""

import json
from collections.abc import Callable, Iterator

from qms_docs.rules import find, severity
from qms_docs.show import exchange
from qms_docs.show.terminal import visible
from qms_docs.text import messages
from qms_docs.words.findings import Finding, Report, Severity


def as_text(report: Report, language: str) -> str:
    """Return one paragraph a finding and a last line that sums up."""
    lines = [line for finding in report.findings for line in finding_lines(finding, language)]
    files = len({finding.place.path for finding in report.findings})
    values = {
        "documents": report.documents,
        "origin": report.source,
        "findings": len(report.findings),
        "files": files,
    }
    key = "summary" if report.findings else "summary-clean"
    warnings = sum(severity(each) is Severity.WARNING for each in report.findings)
    if warnings and warnings == len(report.findings):
        key = "summary-warnings"
    lines.append(messages.label(key, language, **values))
    lines += _waived(report, language)
    return "\n".join(map(visible, lines))


def _waived(report: Report, language: str) -> Iterator[str]:
    """Yield how many findings are accepted, and by which waivers."""
    if report.waived:
        yield messages.label("waived", language, count=len(report.waived))
    for each in dict.fromkeys((w.finding.code, w.document, w.until) for w in report.waived):
        code, document, until = each
        yield "    " + messages.label("waiver", language, code=code, id=document, date=until)


def finding_lines(finding: Finding, language: str) -> list[str]:
    """Return the paragraph of one finding."""
    colon = messages.label("colon", language)
    sentence, hint = messages.of_finding(finding, language)
    kind = messages.label(severity(finding), language)
    lines = [
        f"{finding.place}: {kind} {finding.code}{colon}{sentence}",
        f"    {messages.label('hint', language)}{colon}{hint}",
    ]
    commit = finding.values.get("commit")
    if commit:
        lines.append(f"    {messages.label('commit', language)}{colon}{commit}")
    return list(map(visible, lines))


def as_json(report: Report, language: str) -> str:
    """Return the report as JSON: source, documents and a list of findings."""
    findings = []
    for finding in report.findings:
        sentence, hint = messages.of_finding(finding, language)
        rule = find(finding.code)
        findings.append(
            {
                "code": finding.code,
                "name": rule.name if rule else "",
                "severity": str(severity(finding)),
                "path": finding.place.path,
                "line": finding.place.line,
                "column": finding.place.column,
                "message": sentence,
                "hint": hint,
                "basis": rule.basis if rule else "",
                **({"commit": finding.values["commit"]} if "commit" in finding.values else {}),
            }
        )
    data = {
        "source": report.source,
        "documents": report.documents,
        "findings": findings,
        "waived": [
            {
                "code": each.finding.code,
                "path": each.finding.place.path,
                "line": each.finding.place.line,
                "message": messages.of_finding(each.finding, language)[0],
                "document": each.document,
                "reason": each.reason,
                "owner": each.owner,
                "until": each.until,
            }
            for each in report.waived
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Report, str], str]] = {
    "text": as_text,
    "json": as_json,
    "github": exchange.as_github,
    "gitlab": exchange.as_gitlab,
    "sarif": exchange.as_sarif,
    "junit": exchange.as_junit,
}
"""Name of a format → function from report and language to text."""
