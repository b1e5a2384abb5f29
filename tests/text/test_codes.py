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


@given(st.binary(min_size=32, max_size=32))
def test_the_code_of_a_sheet_is_typed_and_checked_as_the_others(digest: bytes) -> None:
    code = codes.of_sheet(digest.hex())
    assert len(code) == 39
    assert codes.is_of_sheet(code)
    assert codes.typed(code.lower().replace("-", " ")) == code
    assert codes.typed(code.replace(code[0], "Z" if code[0] != "Z" else "Y", 1)) is None
    assert codes.typed(code[:-5]) is None
    assert not codes.is_of_sheet(codes.of_content(digest.hex()))


def test_a_code_stays_as_it_was_printed() -> None:
    """Codes stand on paper: they must be found for ever."""
    assert codes.code_of("0" * 64, "CSC-QP-01", "en") == "7PEA-QGD1-5ZFN"
    assert codes.of_content("0123456789abcdef" * 4) == "DYAK-RKN8-390V"
