"""The origin of an extract: one way of writing it, and a digest."""

from dataclasses import replace

import pytest

from qms_docs.text import extracts
from qms_docs.words.evidence import Subject
from qms_docs.words.extracts import Origin

ORIGIN = Origin(
    kind="role-cards",
    id="CSC-RS-02",
    language="en",
    genesis="0" * 64,
    since="2026-03-02T09:00:00+08:00",
    policy="1" * 64,
    texts=(Subject("CSC-QP-01", "en", 2, "2" * 64),),
    registers={"manual/forms.yaml": "3" * 64},
)


def test_what_is_written_is_read() -> None:
    assert extracts.read(extracts.written(ORIGIN)) == ORIGIN


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        extracts.written(ORIGIN)[:-1],
        extracts.written(ORIGIN).replace(b'"kind"', b'"kin"'),
        extracts.written(ORIGIN).replace(extracts.FORMAT.encode(), b"qms-facts-v1"),
        extracts.written(ORIGIN).replace(b'"revision":2', b'"revision":2,"more":1'),
    ],
)
def test_anything_else_is_no_origin(data: bytes) -> None:
    assert extracts.read(data) is None


def test_another_text_another_digest() -> None:
    other = replace(ORIGIN, texts=(replace(ORIGIN.texts[0], content="4" * 64),))
    assert extracts.digest(other) != extracts.digest(ORIGIN)
