"""The next free identification: a number once used is never given again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.judge import numbering
from qms_docs.words.errors import QmsError
from tests.conftest import BASE, load, tree

POLICY = load(tree(BASE)).policy
PROCEDURE, INSTRUCTION = POLICY.types["procedure"], POLICY.types["instruction"]


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ([], "CSC-QP-01"),
        (["CSC-QP-01"], "CSC-QP-02"),
        (["CSC-QP-07", "CSC-QP-03"], "CSC-QP-08"),
        (["procedures/CSC-QP-05.md", "old/CSC-QP-09.zh-CN.md"], "CSC-QP-10"),
        (["CSC-RS-30", "CSC-FM-20-01", "XCSC-QP-40", "CSC-QP-501", "csc-qp-60"], "CSC-QP-01"),
        (["CSC-QP-98"], "CSC-QP-99"),
    ],
)
def test_the_number_after_the_highest_that_was_ever_used_is_free(
    used: list[str], expected: str
) -> None:
    assert numbering.next_free(POLICY, PROCEDURE, used) == expected


def test_a_gap_is_not_filled() -> None:
    assert numbering.next_free(POLICY, PROCEDURE, ["CSC-QP-01", "CSC-QP-09"]) == "CSC-QP-10"


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ([], "CSC-WI-12-01"),
        (["CSC-WI-12-03", "CSC-WI-11-09"], "CSC-WI-12-04"),
        (["procedures/instructions/CSC-WI-12-01.md"], "CSC-WI-12-02"),
    ],
)
def test_an_instruction_is_numbered_under_its_procedure(used: list[str], expected: str) -> None:
    assert numbering.next_free(POLICY, INSTRUCTION, used, "CSC-QP-12") == expected


@pytest.mark.parametrize("parent", [None, "CSC-RS-01", "CSC-QP-1", "12"])
def test_an_instruction_needs_a_procedure(parent: str | None) -> None:
    with pytest.raises(QmsError) as error:
        numbering.next_free(POLICY, INSTRUCTION, [], parent)
    assert error.value.key == "needs-parent"
    assert error.value.values["example"] == "CSC-QP-01"


def test_a_type_numbered_under_nothing_known_is_refused(base: dict[str, bytes]) -> None:
    text = base["manual/policy.yaml"].replace(b"under: procedure", b"under: guideline")
    policy = load({**base, "manual/policy.yaml": text}).policy
    with pytest.raises(QmsError) as error:
        numbering.next_free(policy, policy.types["instruction"], [], "CSC-QP-01")
    assert error.value.key == "no-type"


def test_after_ninety_nine_there_is_no_number() -> None:
    with pytest.raises(QmsError) as error:
        numbering.next_free(POLICY, PROCEDURE, ["CSC-QP-99"])
    assert error.value.key == "no-free-number"


@given(st.lists(st.integers(0, 98).map(lambda number: f"CSC-QP-{number:02d}")))
def test_a_number_is_never_given_twice(used: list[str]) -> None:
    given_ = numbering.next_free(POLICY, PROCEDURE, used)
    assert given_ not in used
    assert POLICY.identifies(PROCEDURE, given_)
