"""Short codes: found again however they are typed, and typing errors are seen."""

from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import codes

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = st.binary(min_size=1, max_size=40).map(lambda data: codes.code_of(data.hex(), "A", "en"))


def test_a_code_depends_on_each_of_its_facts() -> None:
    facts = [("r", "A", "en"), ("s", "A", "en"), ("r", "B", "en"), ("r", "A", "zh-CN")]
    assert len({codes.code_of(*each) for each in facts}) == len(facts)


@given(CODES)
def test_what_is_printed_can_be_typed_in_many_ways(code: str) -> None:
    assert codes.typed(code) == code
    assert codes.typed(code.lower().replace("-", " ")) == code
    assert codes.typed(code.replace("-", "–").replace("0", "o").replace("1", "l")) == code
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert codes.typed(wide) == code


@given(CODES, st.integers(0, 13), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_seen(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]
    if code[place] not in ("-", sign):
        assert codes.typed(wrong) is None


@given(CODES, st.integers(0, 12))
def test_two_neighbours_changed_about_are_seen(code: str, place: int) -> None:
    first, second = code[place], code[place + 1]
    wrong = code[:place] + second + first + code[place + 2 :]
    if "-" not in (first, second) and first != second and {first, second} != {"0", "Z"}:
        assert codes.typed(wrong) is None


@given(st.text())
def test_anything_else_is_no_code(text: str) -> None:
    found = codes.typed(text)
    assert found is None or codes.typed(found) == found
