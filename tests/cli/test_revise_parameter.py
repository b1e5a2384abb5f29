"""`qms revise --parameter`: what the person at the keyboard reads."""

import pytest

from qms_docs.words.errors import QmsError
from tests.acting import Life
from tests.attacks.stage import DOCUMENT, PATH

VALUES = """parameters:
  answer:
    title: {en: Answer to a complaint, zh-CN: 投诉答复}
    value: 15
    unit: {en: days, zh-CN: 天}
    owner: CSC-RS-02
    source: CSC-EX-01
"""
CHANGE = ("--parameter", "answer", "--value", "10", "--reason", "New law")


@pytest.fixture
def quoting(life: Life) -> Life:
    """Return a manual whose one released procedure quotes a parameter."""
    stage = life.stage
    stage.write({"manual/parameters.yaml": VALUES})
    stage.edit(PATH, "15 days", "{{answer}}")
    stage.edit(PATH.replace(".md", ".zh-CN.md"), "15天", "{{answer}}")
    stage.commit("Quoted")
    stage.issued(DOCUMENT)
    return life


def test_it_says_what_is_revised_and_how_the_set_is_released(quoting: Life) -> None:
    answer = quoting.repo.ask("revise", *CHANGE)
    assert answer.code == 0
    assert "CSC-QP-01 is now revision 2." in answer.out
    assert answer.out.splitlines()[-1].endswith("qms release --set 'answer 10'")
    assert quoting.repo.ask("check").code == 0


def test_as_data(quoting: Life) -> None:
    answer = quoting.repo.ask("revise", *CHANGE, "--request", "issue 7", "--json")
    paths = ["manual/parameters.yaml", PATH, PATH.replace(".md", ".zh-CN.md")]
    assert answer.json == {"files": paths, "revisions": {DOCUMENT: 2}, "set": "issue 7"}


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ((DOCUMENT, *CHANGE), "parameter-and-ids"),
        (CHANGE[:2], "missing-option"),
        (CHANGE[:4], "missing-option"),
        ((), "missing-option"),
        (("--parameter", "answers", *CHANGE[2:]), "no-parameter"),
        ((*CHANGE, "--request", "a\u200bb"), "unfit-change"),
    ],
)
def test_what_is_refused(quoting: Life, arguments: tuple[str, ...], key: str) -> None:
    with pytest.raises(QmsError) as raised:
        quoting.repo.ask("revise", *arguments)
    assert raised.value.key == key
    assert quoting.status() == []


def test_a_file_of_parameters_that_is_broken_is_told(quoting: Life) -> None:
    quoting.stage.edit("manual/parameters.yaml", "    owner: CSC-RS-02\n", "")
    quoting.stage.commit("Broken")
    with pytest.raises(QmsError) as raised:
        quoting.repo.ask("revise", *CHANGE)
    assert raised.value.key == "unreadable-data"
