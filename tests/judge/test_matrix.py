"""The views that nobody types: who does what, and what flows between processes."""

from qms_docs.judge import matrix, processes
from qms_docs.words.tables import Table
from tests.conftest import load

QP, ZH = "procedures/CSC-QP-01.md", "procedures/CSC-QP-01.zh-CN.md"
QUALITY = "[Quality Manager](../manual/roles/CSC-RS-02.md)"
HEAD = "\n| Step | Role | Action | Record | Time limit |\n|---|---|---|---|---|\n"


def part(table: Table, document: str, role: str) -> str:
    keys = [column.key for column in table.columns]
    return next(row for row in table.rows if row[0].text == document)[keys.index(role)].text


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def with_steps(base: dict[str, bytes], *roles: str) -> dict[str, bytes]:
    steps = "".join(f"| {n} | {role} | Acts. | – | – |\n" for n, role in enumerate(roles, 1))
    return {**base, QP: base[QP] + (HEAD + steps).encode()}


def test_a_role_has_what_the_front_matter_and_the_steps_say(base: dict[str, bytes]) -> None:
    files = with_steps(base, QUALITY, QUALITY, "Customer", QUALITY)
    english, chinese = (matrix.roles(load(files), language) for language in ("en", "zh-CN"))
    assert part(english, "CSC-QP-01", "CSC-RS-02") == "O · R · D 1–2, 4"
    assert part(english, "CSC-QP-01", "CSC-RS-01") == "A"
    assert part(chinese, "CSC-QP-01", "CSC-RS-02") == "归口 · 审核 · 办理 1–2、4"
    assert english.note.startswith("O owns")
    assert [column.heading for column in english.columns[2:]] == [
        "CSC-RS-01 General Manager",
        "CSC-RS-02 Quality Manager",
    ]


def test_every_document_stands_once_in_the_language_of_the_reader(base: dict[str, bytes]) -> None:
    table = matrix.roles(load(base), "zh-CN")
    assert [row[0].text for row in table.rows] == [
        "CSC-QM-01", "CSC-QP-01", "CSC-RS-01", "CSC-RS-02",
    ]  # fmt: skip
    assert table.rows[1][1].text == "投诉处理程序"


def test_a_collective_name_stands_for_the_roles_that_the_front_matters_name(
    base: dict[str, bytes],
) -> None:
    example = "Owner, e.g. [General Manager](../manual/roles/CSC-RS-01.md)"
    table = matrix.roles(load(with_steps(base, example, "Every employee", "Drafter")), "en")
    assert part(table, "CSC-QP-01", "CSC-RS-02") == "O · R · D 1–2"
    assert part(table, "CSC-QP-01", "CSC-RS-01") == "A · D 2"


def test_who_only_hands_over_acts_without_a_number(base: dict[str, bytes]) -> None:
    table = (
        "\n| From | To | What is handed over | Record | Time limit | Return path |\n"
        "|---|---|---|---|---|---|\n"
        "| [GM](../manual/roles/CSC-RS-01.md) | Customer | Letter | – | 1 day | Answer |\n"
    )
    files = {**base, QP: base[QP] + table.encode()}
    assert part(matrix.roles(load(files), "en"), "CSC-QP-01", "CSC-RS-01") == "A · D"


def test_a_process_has_its_inputs_outputs_owner_and_records(base: dict[str, bytes]) -> None:
    english = (
        "\n| Input | From |\n|---|---|\n| Complaints | Customer |\n| Law | Regulator |\n"
        "\n| Output | To |\n|---|---|\n| Answer | Customer |\n"
    )
    chinese = "\n| 输出 | 接收方 |\n|---|---|\n| 答复 | 客户 |\n"
    files = {**base, QP: base[QP] + english.encode(), ZH: base[ZH] + chinese.encode()}
    manual = load(files)
    assert rows(processes.processes(manual, "en")) == [
        [
            "CSC-QP-01",
            "Complaint handling",
            "CSC-RS-02 Quality Manager",
            "Complaints (Customer); Law (Regulator)",
            "Answer (Customer)",
            "CSC-FM-01-01 Complaint file",
        ]
    ]
    assert rows(processes.processes(manual, "zh-CN"))[0][3:5] == ["–", "答复（客户）"]
    assert rows(processes.processes(load(base), "en")) == []
