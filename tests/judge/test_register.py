"""The master document register."""

from datetime import datetime

import pytest

from qms_docs.judge import register
from qms_docs.words.evidence import Meaning
from qms_docs.words.tables import Table
from qms_docs.work import workspace
from qms_docs.work.workspace import State
from tests.conftest import load, snapshot_of
from tests.released import FIRST, Event, days, state, texts

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
        "in-force-from": "–",
        "until": "–",
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


def lines(files: dict[str, bytes], given: State, name: str = "CSC-QP-01") -> list[str]:
    """Return language, revision, status, begin and end of what is listed of a document."""
    manual = workspace.load(snapshot_of(files), state=given)
    wanted = ("language", "revision", "status", "in-force-from", "until")
    table = register.documents(manual, "en")
    found = (row(table, number) for number in range(len(table.rows)))
    return [
        " | ".join(line[key] for key in wanted) for line in found if line["identification"] == name
    ]


def test_what_is_in_force_stands_there_until_the_next_revision_takes_its_place(
    base: dict[str, bytes],
) -> None:
    first = texts(base, {QP: ("+14 days", "on-release")})
    second = texts(first, {QP: ("revision: 2", "revision: 3")})
    second = texts(second, {QP: ("effective: on-release", "effective: +14 days")})
    del second["procedures/CSC-QP-01.zh-CN.md"]
    before = state(first, FIRST).released
    later = FIRST + days(30)
    given = state(second, later, later, earlier=before)
    assert lines(second, given) == [
        "en | 2 | in force | 2026-01-05 09:00+08:00 | 2026-02-18 00:00+08:00",
        "en | 3 | released, not yet in force | 2026-02-18 00:00+08:00 | –",
        "zh-CN | 2 | in force | 2026-01-05 09:00+08:00 | 2026-02-18 00:00+08:00",
    ]
    given = State(given.released, later + days(20))
    assert lines(second, given) == [
        "en | 3 | in force | 2026-02-18 00:00+08:00 | –",
        "zh-CN | 2 | superseded | 2026-01-05 09:00+08:00 | 2026-02-18 00:00+08:00",
    ]


def test_a_changed_byte_in_the_tree_is_a_draft_beside_what_is_in_force(
    base: dict[str, bytes],
) -> None:
    first = texts(base, {QP: ("+14 days", "on-release")})
    given = state(first, FIRST + days(1))
    changed = texts(first, {QP: ("Complaint handling", "Handling of complaints")})
    assert lines(changed, given)[:2] == [
        "en | 2 | in force | 2026-01-05 09:00+08:00 | –",
        "en | 2 | draft | – | –",
    ]


def test_withdrawn_and_expired_documents_stay_in_the_register(base: dict[str, bytes]) -> None:
    first = texts(base, {QP: ("+14 days", "on-release\nexpires: 2026-03-01T00:00:00+08:00")})
    event = Event(Meaning.WITHDRAW, "CSC-QP-01", FIRST + days(2))
    given = state(first, FIRST + days(3), events=[event])
    without = {path: data for path, data in first.items() if "CSC-QP-01" not in path}
    withdrawn = "2 | withdrawn | 2026-01-05 09:00+08:00 | 2026-01-07 09:00+08:00"
    assert lines(without, given) == [f"en | {withdrawn}", f"zh-CN | {withdrawn}"]
    expired = "2 | expired | 2026-01-05 09:00+08:00 | 2026-03-01 00:00+08:00"
    given = state(first, datetime.fromisoformat("2026-03-01T00:00:00+08:00"))
    assert lines(without, given) == [f"en | {expired}", f"zh-CN | {expired}"]


def test_what_had_not_landed_then_is_not_known_then(base: dict[str, bytes]) -> None:
    given = state(base, FIRST - days(1))
    assert lines(base, given) == ["en | 2 | draft | – | –", "zh-CN | 2 | draft | – | –"]
