"""A card says what the documents say of a role, and nothing else."""

from dataclasses import replace

from qms_docs.judge import cards
from qms_docs.words.extracts import Task
from tests.conftest import BASE, load, tree

PROCEDURE = "procedures/CSC-QP-01.md"
ROLE = "CSC-RS-02"
TABLES = """
| Step | Role | Action | Record | Time limit |
|---|---|---|---|---|
| 1 | [Quality Manager](../manual/roles/CSC-RS-02.md) | Answers. | CSC-FM-01-01 | 15 days |
| 2 | [General Manager](../manual/roles/CSC-RS-01.md) | Approves. | CSC-FM-01-01 | 1 day |
| 3 | [Quality Manager](../manual/roles/CSC-RS-02.md) | Closes. | – | – |

| From | To | What is handed over | Record | Time limit | Return path |
|---|---|---|---|---|---|
| [Quality Manager](../manual/roles/CSC-RS-02.md) | Customer | Answer | Letter | 1 day | – |

| Trigger | Who acts | Action | Record | Time limit |
|---|---|---|---|---|
| Silence | [Quality Manager](../manual/roles/CSC-RS-02.md) | Reports it. | CSC-FM-01-01 | At once |
"""


def _files() -> dict[str, bytes]:
    files = tree(BASE)
    files[PROCEDURE] += TABLES.encode()
    return files


def test_a_role_does_its_steps_hand_overs_and_escalations() -> None:
    (duty,) = cards.card(load(_files()), ROLE, "en").duties
    assert (duty.document.id, duty.is_owner, duty.reading) == ("CSC-QP-01", True, "read")
    assert duty.tasks == (
        Task("1", "", "Answers.", ("CSC-FM-01-01",), "15 days"),
        Task("3", "", "Closes.", (), ""),
        Task("", "", "Hand over to Customer: Answer", (), "1 day"),
        Task("", "Silence", "Reports it.", ("CSC-FM-01-01",), "At once"),
    )
    assert (duty.runs, duty.others, duty.records) == (("1", "3"), 2, ("CSC-FM-01-01",))
    (other,) = cards.card(load(_files()), "CSC-RS-01", "en").duties
    assert [task.number for task in other.tasks] == ["2"]


def test_steps_that_follow_each_other_stand_together() -> None:
    (duty,) = cards.card(load(_files()), ROLE, "en").duties
    steps = tuple(Task(number, "", "", (), "") for number in ("1", "2", "3", "5", "7", "8"))
    assert replace(duty, tasks=steps).runs == ("1–3", "5", "7–8")


def test_a_card_names_what_must_be_read_and_which_records_are_kept() -> None:
    found = cards.card(load(_files()), ROLE, "zh-CN")
    assert ("CSC-QP-01", "zh-CN", "read") in [
        (text.id, text.language, how) for text, how in found.reading
    ]
    english = cards.card(load(_files()), ROLE, "en")  # where its steps are told already
    assert "CSC-QP-01" not in {text.id for text, _ in english.reading}
    assert [form.id for form in found.forms] == ["CSC-FM-01-01"]
