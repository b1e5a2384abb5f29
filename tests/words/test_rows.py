"""Tables of a text as data, and rows of a kind."""

import pytest

from qms_docs.text import markdown
from qms_docs.words.model import Cell
from qms_docs.words.rows import Kind, lacking, spans
from tests.conftest import BASE, load, tree

QP = "procedures/CSC-QP-01.md"
TABLE = """
| Time limit | Step | Role | Action | Record |
|---|---|---|---|---|
| 1 day | 1 | [Officer](../manual/roles/CSC-RS-02.md) | **Calls** `back` in {{limit}}. | – |
| | 2 | A\\|B | | |

| Step | Role |
|---|---|
| 1 | Officer |
"""
CHINESE = """
| 步骤 | 岗位 | 工作内容 | 记录 | 时限 |
|---|---|---|---|---|
| 1 | 专员 | 回电 | – | 1日 |
"""


def test_a_table_is_read_with_words_links_and_lines() -> None:
    first, second = markdown.read(TABLE, "a.md", 10).tables
    assert [cell.text for cell in first.heading][:2] == ["Time limit", "Step"]
    assert first.rows[0][2] == Cell("Officer", ("../manual/roles/CSC-RS-02.md",))
    assert first.rows[0][3].text == "Calls back in {{limit}}."
    assert first.rows[1][2].text == "A|B"
    assert [str(first.row_place(number)) for number in (0, 1)] == ["a.md:13:1", "a.md:14:1"]
    assert (str(second.place), second.rows) == ("a.md:16:1", ((Cell("1"), Cell("Officer")),))


def test_a_table_with_the_columns_of_the_policy_holds_steps() -> None:
    files = tree(BASE)
    files[QP] += TABLE.encode()
    manual = load(files)
    steps = manual.rows(manual.by_path[QP], Kind.STEPS)
    assert [(step["step"].text, step["role"].text, step["limit"].text) for step in steps] == [
        ("1", "Officer", "1 day"),
        ("2", "A|B", ""),
    ]
    line = files[QP].decode().splitlines().index("|---|---|---|---|---|") + 2
    assert [step.place.line for step in steps] == [line, line + 1]


def test_the_columns_are_those_of_the_language_of_the_text() -> None:
    files = tree(BASE)
    chinese = QP.replace(".md", ".zh-CN.md")
    files[chinese] += (CHINESE + TABLE).encode()
    manual = load(files)
    (step,) = manual.rows(manual.by_path[chinese], Kind.STEPS)
    assert (step["role"].text, step["action"].text) == ("专员", "回电")


def test_a_manual_may_have_no_tables_of_steps() -> None:
    files = tree(BASE)
    policy = files["manual/policy.yaml"].decode()
    start = policy.index("tables:")
    files["manual/policy.yaml"] = (policy[:start] + policy[policy.index("types:") :]).encode()
    files[QP] += TABLE.encode()
    manual = load(files)
    assert manual.rows(manual.by_path[QP], Kind.STEPS) == ()


def test_all_tables_of_a_kind_count_and_one_may_be_of_two_kinds() -> None:
    files = tree(BASE)
    both = "\n| Input | From | Output | To |\n|---|---|---|---|\n| A | B | C | D |\n"
    files[QP] += (both + TABLE + TABLE).encode()
    manual = load(files)
    source = manual.by_path[QP]
    assert [row["step"].text for row in manual.rows(source, Kind.STEPS)] == ["1", "2", "1", "2"]
    (came,), (went,) = (manual.rows(source, kind) for kind in (Kind.INPUTS, Kind.OUTPUTS))
    assert (came["input"].text, came["from"].text) == ("A", "B")
    assert (went["output"].text, went["to"].text) == ("C", "D")


def test_a_table_that_lacks_one_column_is_nearly_of_a_kind() -> None:
    files = tree(BASE)
    heads = (
        "| Step | Role | Action | Record | Limit |",
        "| Step | Role | Action | Record | Limit | Time limit |",
        "| Step | Role | Action | Limit | Note |",
        "| Input | Wherefrom |",
    )
    rule = "|---" * 6 + "|"
    files[QP] += "".join(
        f"\n{head}\n{rule[: 4 * (head.count('|') - 1) + 1]}\n" for head in heads
    ).encode()
    manual = load(files)
    found = lacking(manual.by_path[QP], manual.policy)
    assert [(kind, heading) for _, kind, heading in found] == [(Kind.STEPS, "Time limit")]


def test_of_two_columns_with_one_heading_the_first_counts() -> None:
    (table,) = markdown.read("| A | B | A |\n|---|---|---|\n| 1 | 2 | 3 |\n", "a.md", 1).tables
    assert table.columns == {"A": 0, "B": 1}


@pytest.mark.parametrize(
    ("numbers", "drawn"),
    [
        ([], []),
        (["3"], ["3"]),
        (["1", "2"], ["1–2"]),
        (["5", "1", "3", "2", "3", "x", "7"], ["1–3", "5", "7"]),
        (["²", "9" * 5000, "2"], ["2"]),
    ],
)
def test_neighbouring_steps_are_drawn_together(numbers: list[str], drawn: list[str]) -> None:
    assert list(spans(numbers)) == drawn
