"""For which role a click counts."""

from hypothesis import given
from hypothesis import strategies as st

from qms_docs.judge.casting import cast
from qms_docs.words.evidence import Meaning

APPROVED, REVIEWED = Meaning.APPROVED, Meaning.REVIEWED
ROLES = st.sampled_from("abcd")
SOME = st.lists(ROLES, unique=True, max_size=3).map(tuple)


def test_who_holds_both_roles_approves() -> None:
    assert cast({"p": ("a", "b")}, reviewed=["b"], approved=["a"]) == {"p": (APPROVED, "a")}


def test_who_can_do_only_one_thing_comes_first() -> None:
    found = cast({"both": ("a", "b"), "one": ("a",)}, reviewed=["b"], approved=["a"])
    assert found == {"one": (APPROVED, "a"), "both": (REVIEWED, "b")}


def test_two_who_hold_one_role_both_speak_in_it() -> None:
    found = cast({"p": ("a",), "q": ("a",)}, reviewed=[], approved=["a"])
    assert found == {"p": (APPROVED, "a"), "q": (APPROVED, "a")}


def test_whose_role_is_not_needed_has_no_part() -> None:
    assert cast({"p": ("c",)}, reviewed=["b"], approved=["a"]) == {}


@given(st.dictionaries(st.sampled_from("pqrs"), SOME), SOME, SOME)
def test_nobody_speaks_in_a_role_they_do_not_hold(
    people: dict[str, tuple[str, ...]], reviewed: tuple[str, ...], approved: tuple[str, ...]
) -> None:
    for person, (meaning, role) in cast(people, reviewed, approved).items():
        assert role in people[person]
        assert role in (approved if meaning is APPROVED else reviewed)
