"""The facts inside a PDF: what is written is read, and nothing else is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import facts
from qms_docs.text.facts import Facts
from tests.conftest import TYPED

WORDS = st.text(TYPED)
SOUND = Facts("CSC-QP-12", "en", 3, "1" * 64, "2" * 64, "3" * 40, "4" * 64)
WHOLE = facts.write(SOUND)


@given(st.builds(Facts, WORDS, WORDS, st.integers(), WORDS, WORDS, WORDS, WORDS))
def test_what_is_written_is_read(told: Facts) -> None:
    assert facts.read(facts.write(told)) == told


@pytest.mark.parametrize(
    "change",
    [{"format": "qms-facts-v2"}, {"revision": "3"}, {"revision": True}, {"id": None}, {"more": 1}],
    ids=str,
)
def test_other_fields_are_not_read(change: dict[str, object]) -> None:
    fields = {**json.loads(facts.write(SOUND)), **change}
    data = json.dumps(fields, separators=(",", ":"), sort_keys=True).encode() + b"\n"
    assert facts.read(data) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        facts.write(SOUND)[:-1],
        facts.write(SOUND) + b" ",
    ],
    ids=["empty", "bytes", "list", "nothing", "deep", "no line end", "space"],
)
def test_other_bytes_are_not_read(data: bytes) -> None:
    assert facts.read(data) is None


@given(st.binary())
def test_hostile_bytes_are_not_read(data: bytes) -> None:
    assert facts.read(data) is None
