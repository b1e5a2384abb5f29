"""Words that only look like an identification."""

import pytest

from qms_docs.text import lookalikes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\u0421SC-QP-12", "CSC-QP-12"),
        ("C\u0405C-QP-12", "CSC-QP-12"),
        ("\u039c\u0391-QP-12", "MA-QP-12"),
        ("\uff23\uff33\uff23\uff0d\uff31\uff30\uff0d\uff11\uff12", "CSC-QP-12"),
        ("CSC-QP-\uff11\uff12", "CSC-QP-12"),
        ("CSC-QP-\u0661\u0662", "CSC-QP-12"),
        ("CSC\u2011QP\u201112", "CSC-QP-12"),
        ("CSC\u2013FM\u201312\u201301", "CSC-FM-12-01"),
        ("CSC-FM-12\u201101", "CSC-FM-12-01"),
        ("CSC-QP-\u200b12", "CSC-QP-12"),
        ("C\u00adSC-QP-12", "CSC-QP-12"),
        ("csc-qp-12", "CSC-QP-12"),
        ("Csc-QP-12", "CSC-QP-12"),
        ("CSC-QP-O1", "CSC-QP-01"),
        ("CSC-QP-l2", "CSC-QP-12"),
        ("CSC-QP-\u041e1", "CSC-QP-01"),
        ("\U0001d402SC-QP-12", "CSC-QP-12"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "见{}号", "({}).", "see {}, and"])
def test_a_word_that_looks_like_an_identification_is_found(
    typed: str, meant: str, around: str
) -> None:
    assert list(lookalikes.find(around.format(typed))) == [(typed, meant)]
    assert lookalikes.is_one(typed)


@pytest.mark.parametrize(
    "text",
    [
        "CSC-QP-12",
        "CSC-FM-12-01",
        "CSC-QP-11\u201312",  # from 11 to 12
        "CSC-QP-11\u2014see there",
        "x-ray",
        "well-to-do",
        "state-of-the-art-01-02",
        "2026-01-15",
        "CSC-QP",
        "CSC-QP-1",
        "CSC-QPX-12",
        "ISO-9001-2015",
        "投诉处理-12",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert list(lookalikes.find(text)) == []


def test_what_is_odd_is_named_once() -> None:
    assert lookalikes.values("CSC\u2011QP\u2011\uff11\uff12") == {
        "typed": "CSC\u2011QP\u2011\uff11\uff12",
        "meant": "CSC-QP-12",
        "characters": "U+2011 U+FF11 U+FF12",
    }
