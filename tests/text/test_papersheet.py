"""What a sheet says: the same texts, the same sheet; anything else is another one, or none."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import codes, papersheet, records
from qms_docs.text.papersheet import PaperSheet
from qms_docs.words.evidence import Act, Meaning, Paper, Record, Signer, Statement, Subject
from tests.conftest import TYPED

WORDS, DIGESTS = st.text(TYPED), st.binary(min_size=32, max_size=32).map(bytes.hex)
SUBJECTS = st.builds(Subject, WORDS, WORDS, st.integers(), DIGESTS)
ACTS = st.builds(Act, st.sampled_from(Meaning), SUBJECTS, st.just("") | DIGESTS, WORDS)
MANUAL = "a" * 64
FIRST, SECOND = Subject("A-QP-01", "en", 2, "b" * 64), Subject("B", "en", 1, "c" * 64)
SHEET = papersheet.of(MANUAL, [Act(Meaning.APPROVED, each) for each in (FIRST, SECOND)])
WHOLE = papersheet.write(SHEET)


@given(WORDS, st.lists(ACTS, min_size=1))
def test_what_is_written_is_read(manual: str, acts: list[Act]) -> None:
    sheet = papersheet.of(manual, acts)
    assert papersheet.read(papersheet.write(sheet)) == sheet


def test_order_meaning_and_remark_make_no_other_sheet() -> None:
    acts = [Act(Meaning.REJECTED, each, comment="x") for each in (SECOND, FIRST, SECOND)]
    assert papersheet.of(MANUAL, acts) == SHEET


@pytest.mark.parametrize(
    "acts",
    [
        [Act(Meaning.APPROVED, FIRST)],
        [Act(Meaning.APPROVED, FIRST), Act(Meaning.APPROVED, replace(SECOND, revision=2))],
        [Act(Meaning.APPROVED, FIRST), Act(Meaning.APPROVED, replace(SECOND, content="d" * 64))],
        [Act(Meaning.APPROVED, FIRST), Act(Meaning.TRANSLATED, SECOND, "d" * 64)],
    ],
)
def test_another_text_makes_another_sheet(acts: list[Act]) -> None:
    other = papersheet.of(MANUAL, acts)
    assert other.code != SHEET.code
    assert not papersheet.is_named(SHEET, other.code)
    assert papersheet.of("d" * 64, acts).digest != other.digest


def test_the_digest_is_that_of_the_file_inside_the_pdf() -> None:
    """What it says of the first sheet that was ever made, it must say for ever."""
    assert hashlib.sha256(WHOLE).hexdigest() == SHEET.digest
    assert WHOLE.decode() == (
        f'{{"format":"qms-sheet-v1","manual":"{MANUAL}","texts":['
        f'{{"content":"{FIRST.content}","id":"A-QP-01","language":"en","revision":2}},'
        f'{{"content":"{SECOND.content}","id":"B","language":"en","revision":1}}]}}\n'
    )
    assert SHEET.code == "PED9-EZ8C-24NC-1BJN-VE30-TK3A-WH11-VVCB"


@pytest.mark.parametrize(
    "change",
    [
        {"format": "qms-sheet-v2"},
        {"manual": 1},
        {"manual": None},
        {"texts": []},
        {"texts": {}},
        {"texts": [1]},
        {"texts": [{}]},
        {"texts": ["id"]},
        {"more": 1},
    ],
    ids=str,
)
def test_other_fields_are_not_read(change: dict[str, object]) -> None:
    assert papersheet.read(records.canonical({**json.loads(WHOLE), **change}) + b"\n") is None


@pytest.mark.parametrize(
    "change",
    [
        {"revision": "2"},
        {"revision": True},
        {"content": "B" * 64},
        {"content": "b"},
        {"id": None},
        {"translates": ""},
        {"translates": 1},
        {"more": 1},
    ],
    ids=str,
)
def test_other_texts_are_not_read(change: dict[str, object]) -> None:
    fields = json.loads(WHOLE)
    fields["texts"][0] |= change
    assert papersheet.read(records.canonical(fields) + b"\n") is None


def test_texts_stand_in_order_and_once() -> None:
    fields = json.loads(WHOLE)
    first, second = fields["texts"]
    for texts in ([second, first], [first, first], [first, first, second]):
        fields["texts"] = texts
        assert papersheet.read(records.canonical(fields) + b"\n") is None


@given(st.binary())
def test_anything_else_is_no_sheet(data: bytes) -> None:
    for each in (data, WHOLE[:-1], b" " + WHOLE, WHOLE + b"\n", b"[" * 100_000):
        assert papersheet.read(each) is None


def test_a_sheet_is_named_however_it_is_typed() -> None:
    code = SHEET.code
    for typed in (code, code.lower(), code.replace("-", " "), SHEET.digest, SHEET.digest.upper()):
        assert papersheet.is_name(typed)
        assert papersheet.is_named(SHEET, typed)
    assert papersheet.is_named(SHEET, f" {SHEET.digest[:32]}\n{SHEET.digest[32:]} ")
    for typed in ("", code[:-5], codes.of_content(FIRST.content), SHEET.digest[:-1], "é"):
        assert not papersheet.is_name(typed)
        assert not papersheet.is_named(SHEET, typed)


def _recorded(paper: Paper) -> bytes:
    body = Statement((Act(Meaning.APPROVED, FIRST),), paper)
    signer = Signer("somebody", "CSC-RS-03", "ssh-ed25519 AAAA")
    record = Record(MANUAL, signer, "2026-03-02T09:00:00+00:00", body)
    return records.signed(record, "signature")[1]


def test_a_record_from_before_there_were_sheets_is_read_and_written_as_it_was() -> None:
    old = _recorded(Paper("manager", "CSC-RS-01", "5" * 64))
    assert b'"paper":{"person":"manager","role":"CSC-RS-01","scan":"' in old
    assert b"sheet" not in old
    read = records.read(old)
    assert records.signed(read, read.signature)[1] == old


def test_a_record_names_the_sheet() -> None:
    data = _recorded(Paper("manager", "CSC-RS-01", "5" * 64, SHEET.digest))
    body = records.read(data).body
    assert isinstance(body, Statement)
    assert body.paper == Paper("manager", "CSC-RS-01", "5" * 64, SHEET.digest)
    with pytest.raises(records.UnreadableRecordError):
        records.read(data.replace(SHEET.digest.encode(), b""))


@given(st.lists(ACTS, min_size=1, max_size=5))
def test_a_sheet_holds_its_texts_once(acts: list[Act]) -> None:
    sheet = papersheet.of(MANUAL, acts)
    assert sheet == PaperSheet(MANUAL, tuple(sorted({*sheet.texts})))
