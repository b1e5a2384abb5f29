"""Controlled copies: what counts when it lands, and where a copy stands at an instant."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qms_docs.judge import copies
from qms_docs.text import records
from qms_docs.words.copies import CopyState
from qms_docs.words.evidence import Copy, CopyEvent, CopyItem, Record, Signer, Subject
from tests.attacks import copying
from tests.attacks.stage import CONTROLLER, DOCUMENT, Stage, begun

SUBJECT = Subject(DOCUMENT, "en", 1, "a" * 64)
SIGNER = Signer("controller", "CSC-RS-03", "ssh-ed25519 AAAA")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    made = begun(tmp_path)
    made.issued()
    return made


def state(stage: Stage, number: int = 1, later: timedelta = timedelta()) -> CopyState | None:
    released = stage.ledger().released()
    return copies.standing(copying.copies(stage)[number], released, stage.now + later)


def test_a_copy_is_held_until_it_comes_back(stage: Stage) -> None:
    issued = copying.issue(stage, 1, 2)
    stage.commit("Copies")
    before = stage.now
    assert (state(stage), state(stage, 2)) == (CopyState.HELD, CopyState.HELD)
    copying.happened(stage, "returned", issued, 1)
    stage.commit("Back")
    assert (state(stage), state(stage, 2)) == (CopyState.RETURNED, CopyState.HELD)
    assert state(stage, later=before - stage.now) is CopyState.HELD
    assert state(stage, later=timedelta(days=-1)) is None
    assert stage.found() == []


def test_a_copy_is_due_when_its_text_is_superseded_or_it_expires(stage: Stage) -> None:
    until = (stage.now + timedelta(days=2)).isoformat()
    issued = copying.issue(stage, 1, until=until)
    stage.commit("A copy")
    assert state(stage) is CopyState.HELD
    assert state(stage, later=timedelta(days=3)) is CopyState.DUE
    stage.revised("## Records", "New.\n\n## Records")
    stage.issued()
    assert state(stage) is CopyState.DUE
    copying.happened(stage, "recalled", issued, 1)
    stage.commit("Asked for")
    assert state(stage) is CopyState.RECALLED
    assert stage.found() == []


def test_a_lost_copy_may_turn_up_and_nothing_else(stage: Stage) -> None:
    issued = copying.issue(stage, 1)
    copying.happened(stage, "lost", issued, 1)
    stage.commit("Issued and lost in one landing")
    assert (state(stage), stage.found()) == (CopyState.LOST, [])
    copying.happened(stage, "recalled", issued, 1)
    stage.commit("Asked for")
    assert stage.found() == ["QMS913 closed"]
    copying.happened(stage, "destroyed", issued, 1)
    stage.commit("Found and destroyed")
    assert state(stage) is CopyState.DESTROYED


def test_each_copy_in_a_record_is_judged_alone(stage: Stage) -> None:
    issued = copying.issue(stage, 1)
    stage.commit("A copy")
    copying.happened(stage, "returned", issued, 1, 9)
    stage.commit("Back")
    assert (state(stage), stage.found()) == (CopyState.RETURNED, ["QMS913 unknown"])


def test_what_was_recorded_by_mistake_is_taken_back(stage: Stage) -> None:
    issued = copying.issue(stage, 1)
    stage.commit("A copy")
    wrong = copying.happened(stage, "returned", issued, 1)
    stage.commit("Back")
    between = stage.now
    stage.void(CONTROLLER, wrong)
    stage.commit("It was another one")
    assert state(stage) is CopyState.HELD
    assert state(stage, later=between - stage.now) is CopyState.RETURNED
    stage.void(CONTROLLER, issued)
    stage.commit("Never handed out")
    assert (state(stage), stage.found()) == (CopyState.VOID, [])
    copying.issue(stage, 1)
    stage.commit("A number is never used again")
    assert stage.found() == ["QMS913 number"]


def test_an_issue_and_its_void_may_land_together(stage: Stage) -> None:
    stage.void(CONTROLLER, copying.issue(stage, 1))
    stage.commit("Issued by mistake")
    assert (state(stage), stage.found()) == (CopyState.VOID, [])


def test_a_copy_of_what_was_never_released_does_not_count(stage: Stage) -> None:
    stage.revised("## Records", "New.\n\n## Records")
    copying.issue(stage, 1)
    stage.commit("A copy of a draft")
    assert (copying.copies(stage), stage.found()) == ({}, ["QMS913 unreleased"])


def read_back(body: Copy) -> Record:
    record = Record("7" * 64, SIGNER, datetime(2026, 3, 2, tzinfo=UTC).isoformat(), body)
    signed, data = records.signed(record, "x")
    read = records.read(data)
    assert records.paths(read) == (f"records/copies/{read.digest[:2]}/{read.digest}.json",)
    assert read == signed
    return read


def test_a_record_is_read_as_it_was_written() -> None:
    items = tuple(CopyItem(number, SUBJECT, "前台 Front desk", "b" * 64) for number in (1, 2))
    read_back(Copy(CopyEvent.ISSUED, DOCUMENT, items, "2027-01-31T18:00:00+08:00", "Audit"))
    read_back(Copy(CopyEvent.LOST, DOCUMENT, (CopyItem(3, issue="c" * 64),)))


@pytest.mark.parametrize(
    "body",
    [
        Copy(CopyEvent.ISSUED, DOCUMENT, ()),
        Copy(CopyEvent.ISSUED, DOCUMENT, (CopyItem(1, SUBJECT, "A\nB", "b" * 64),)),
        Copy(CopyEvent.ISSUED, DOCUMENT, (CopyItem(1, issue="c" * 64),)),
        Copy(CopyEvent.LOST, DOCUMENT, (CopyItem(1, SUBJECT, "Desk", "b" * 64),)),
        Copy(CopyEvent.LOST, DOCUMENT, (CopyItem(0, issue="c" * 64),)),
        Copy(CopyEvent.LOST, DOCUMENT, (CopyItem(1, issue="c" * 64),), purpose="x"),
        *(
            Copy(CopyEvent.ISSUED, DOCUMENT, (CopyItem(1, SUBJECT, "Desk", "b" * 64),), until)
            for until in ("2027-02-30T00:00:00+08:00", "2027-01-01", "2027-01-01T00:00:00Z")
        ),
    ],
)
def test_what_is_no_record_of_copies(body: Copy) -> None:
    with pytest.raises(records.UnreadableRecordError, match="schema"):
        read_back(body)
