"""Who acts by which document, on which record."""

from qms_docs.judge.acts import acts
from tests.conftest import load

QP, ZH = "procedures/CSC-QP-01.md", "procedures/CSC-QP-01.zh-CN.md"
ENGLISH = """
| Step | Role | Action | Record | Time limit |
|---|---|---|---|---|
| 1 | [A](../manual/roles/CSC-RS-01.md), [B](../manual/roles/CSC-RS-02.md) | Ask. | CSC-FM-01-01 | |
| 2 | Owner of the entry, e.g. [GM](../manual/roles/CSC-RS-01.md) | Looks. | – | – |
| 3 | Owner, Drafter | Writes. | CSC-FM-01-01 | – |
| 4 | Customer, Reviewer | Reads. | – | – |
| 5 | [Later](../manual/roles/CSC-RS-99.md) | Ends. | – | – |

| From | To | What is handed over | Record | Time limit | Return path |
|---|---|---|---|---|---|
| [GM](../manual/roles/CSC-RS-01.md) | [QM](../manual/roles/CSC-RS-02.md) | Letter | – | – | – |
"""
CHINESE = """
| 步骤 | 岗位 | 工作内容 | 记录 | 时限 |
|---|---|---|---|---|
| 1 | [总经理](../manual/roles/CSC-RS-01.md) | 询问。 | – | – |
"""


def test_a_row_asks_the_roles_that_it_links_or_that_its_words_stand_for(
    base: dict[str, bytes],
) -> None:
    files = {**base, QP: base[QP] + ENGLISH.encode()}
    found = [each for each in acts(load(files)) if each.document.id == "CSC-QP-01"]
    assert [(each.number, sorted(each.roles), each.is_open) for each in found] == [
        ("1", ["CSC-RS-01", "CSC-RS-02"], False),
        ("2", ["CSC-RS-01"], True),
        ("3", ["CSC-RS-02"], True),
        ("4", ["CSC-RS-02"], False),
        ("5", ["CSC-RS-99"], False),
        ("", ["CSC-RS-01"], False),
    ]
    assert [each.records for each in found][:3] == [("CSC-FM-01-01",), (), ("CSC-FM-01-01",)]
    assert [sorted(each.receivers) for each in found][-2:] == [[], ["CSC-RS-02"]]


def test_only_masters_are_asked(base: dict[str, bytes]) -> None:
    files = {**base, ZH: base[ZH] + CHINESE.encode()}
    assert list(acts(load(files))) == []


def test_a_process_owner_owns_what_states_inputs_or_outputs(base: dict[str, bytes]) -> None:
    step = (
        "\n| Step | Role | Action | Record | Time limit |\n|---|---|---|---|---|\n"
        "| 1 | Process owner | Looks. | – | – |\n"
    )
    output = "\n| Output | To |\n|---|---|\n| Answer | Customer |\n"
    asked = [
        sorted(act.roles)
        for added in (step, step + output)
        for act in acts(load({**base, QP: base[QP] + added.encode()}))
    ]
    assert asked == [[], ["CSC-RS-02"]]
