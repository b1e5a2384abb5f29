"""Tables of a text as data, and rows of a kind."""

from qms_docs.text import markdown
from qms_docs.text.rows import rows_of
from qms_docs.words.model import Cell
from qms_docs.words.rows import Kind
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
    steps = list(rows_of(manual.by_path[QP], manual.policy, Kind.STEPS))
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
    (step,) = rows_of(manual.by_path[chinese], manual.policy, Kind.STEPS)
    assert (step["role"].text, step["action"].text) == ("专员", "回电")


def test_a_manual_may_have_no_tables_of_steps() -> None:
    files = tree(BASE)
    policy = files["manual/policy.yaml"].decode()
    start = policy.index("tables:")
    files["manual/policy.yaml"] = (policy[:start] + policy[policy.index("types:") :]).encode()
    files[QP] += TABLE.encode()
    manual = load(files)
    assert list(rows_of(manual.by_path[QP], manual.policy, Kind.STEPS)) == []
