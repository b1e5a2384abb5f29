"""The master document register."""

import pytest

from qms_docs.judge import register
from qms_docs.words.tables import Table
from tests.conftest import load

QP = "procedures/CSC-QP-01.md"


def row(table: Table, number: int) -> dict[str, str]:
    return {
        column.key: cell.text
        for column, cell in zip(table.columns, table.rows[number], strict=True)
    }


def test_every_language_of_every_document_has_a_line(base: dict[str, bytes]) -> None:
    table = register.documents(load(base), "en")
    assert [(cells[0].text, cells[3].text) for cells in table.rows] == [
        ("CSC-QM-01", "en"),
        ("CSC-QP-01", "en"),
        ("CSC-QP-01", "zh-CN"),
        ("CSC-RS-01", "en"),
        ("CSC-RS-02", "en"),
    ]
    assert table.subtitle == "Example Contact Centre"


def test_a_line_says_what_controls_the_document(base: dict[str, bytes]) -> None:
    assert row(register.documents(load(base), "en"), 1) == {
        "identification": "CSC-QP-01",
        "title": "Complaint handling",
        "type": "Procedure",
        "language": "en",
        "revision": "2",
        "status": "draft",
        "owner": "CSC-RS-02 Quality Manager",
        "effective": "14 days after release",
        "review-every": "12 months",
        "classification": "Internal",
        "file": QP,
    }


def test_the_register_speaks_the_reader_s_language(base: dict[str, bytes]) -> None:
    english, chinese = (register.documents(load(base), tag) for tag in ("en", "zh-CN"))
    assert [column.key for column in english.columns] == [column.key for column in chinese.columns]
    assert chinese.subtitle == "示例联络中心"
    assert row(chinese, 1)["type"] == "程序文件"
    assert row(chinese, 1)["status"] != row(english, 1)["status"]
    assert row(chinese, 1)["file"] == QP


def test_a_role_has_its_title_in_the_reader_s_language_where_there_is_one(
    base: dict[str, bytes],
) -> None:
    path = "manual/roles/CSC-RS-02"
    text = base["procedures/CSC-QP-01.zh-CN.md"].decode().replace("CSC-QP-01", "CSC-RS-02")
    text = text.replace("投诉处理程序", "质量经理").replace("revision: 2", "revision: 1")
    manual = load({**base, f"{path}.zh-CN.md": text})
    assert register.role_name(manual, "CSC-RS-02", "zh-CN") == "CSC-RS-02 质量经理"
    assert register.role_name(manual, "CSC-RS-02", "en") == "CSC-RS-02 Quality Manager"
    assert register.role_name(manual, "CSC-RS-01", "zh-CN") == "CSC-RS-01 General Manager"
    assert register.role_name(manual, "CSC-RS-99", "en") == "CSC-RS-99"


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("on-release", "on release"),
        ("+1 day", "1 days after release"),
        ("+30 days", "30 days after release"),
        ("2027-01-15T09:00:00+08:00", "2027-01-15T09:00:00+08:00"),
    ],
)
def test_when_a_document_takes_effect_is_said_in_words(
    base: dict[str, bytes], declared: str, shown: str
) -> None:
    text = base[QP].replace(b"effective: +14 days", f"effective: {declared}".encode())
    document = load({**base, QP: text}).find("CSC-QP-01")
    assert document is not None
    assert register.effective(document, "en") == shown


def test_what_the_policy_does_not_know_is_shown_as_typed(base: dict[str, bytes]) -> None:
    text = base[QP].replace(b"type: procedure", b"type: guideline")
    text = text.replace(b"classification: internal", b"classification: secret")
    line = row(register.documents(load({**base, QP: text}), "en"), 1)
    assert (line["type"], line["classification"]) == ("guideline", "–")


def test_whoever_publishes_says_where_a_document_is_read(base: dict[str, bytes]) -> None:
    table = register.documents(load(base), "en", link=lambda document: f"{document.id}.pdf")
    assert [cell.link for cell in table.rows[1][:3]] == ["CSC-QP-01.pdf", "CSC-QP-01.pdf", None]


def test_an_empty_manual_has_an_empty_register(base: dict[str, bytes]) -> None:
    files = {path: data for path, data in base.items() if not path.endswith(".md")}
    assert register.documents(load(files), "en").rows == ()
