"""CSV files that a text includes become tables of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import csvtable, markdown
from qms_docs.words.findings import Finding
from qms_docs.words.model import DataTable

ROWS: DataTable = (("Grade", "Limit"), ("<A>", "30 & more"))


def html(body: str) -> str:
    return markdown.to_html(
        body,
        link=lambda target: target,
        image=lambda target: target,
        table=lambda target: ROWS if target == "limits.csv" else None,
    ).strip()


def test_a_link_alone_becomes_the_table_under_its_words() -> None:
    assert html("[Limits **by** grade](limits.csv)") == (
        '<p class="table-caption">Limits <strong>by</strong> grade</p>\n'
        '<table class="columns-2">\n<thead>\n<tr>\n<th>Grade</th>\n<th>Limit</th>\n</tr>\n'
        "</thead>\n<tbody>\n<tr>\n<td>&lt;A&gt;</td>\n<td>30 &amp; more</td>\n</tr>\n</tbody>\n"
        "</table>"
    )


@pytest.mark.parametrize(
    "body",
    [
        "See [the limits](limits.csv)",
        "[Limits](limits.csv).",
        "[a](limits.csv) [b](limits.csv)",
        "- [Limits](limits.csv)",
        "> [Limits](limits.csv)",
        "## [Limits](limits.csv)",
        "[Limits](https://example.com/limits.csv)",
        "[Limits](limits.md)",
        "[Limits](other.csv)",
        "![Limits](limits.csv)",
    ],
)
def test_any_other_link_stays_a_link(body: str) -> None:
    assert "<table" not in html(body)


def test_the_text_says_which_files_it_includes() -> None:
    body = "[x](a.md)\n\n[Limits](my%20limits.csv)\n\nsee [x](b.csv)"
    (table,) = markdown.read(body, "a.md", 1).included
    assert (table.target, table.text, str(table.place)) == ("my limits.csv", "Limits", "a.md:3:10")


def read(data: bytes) -> tuple[DataTable | None, list[str]]:
    findings: list[Finding] = []
    table = csvtable.read("a.csv", data, findings)
    return table, [f"{each.place.line} {each.code} {each.case}" for each in findings]


def test_what_spreadsheets_write_is_read() -> None:
    data = '\ufeff级别,"Limit, in days"\r\nA,"30 ""days"""\r\n\r\n B , 15\r\n'.encode()
    rows = (("级别", "Limit, in days"), ("A", '30 "days"'), ("B", "15"))
    assert read(data) == (rows, [])


def test_all_that_is_wrong_is_told() -> None:
    assert read(b"a,b\n1\n1,2,3\n") == (None, ["2 QMS510 ragged", "3 QMS510 ragged"])


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_are_a_table_or_have_a_finding(data: bytes) -> None:
    table, findings = read(data)
    assert (table is None) == bool(findings)
    assert table is None or len({len(row) for row in table}) == 1
