"""`qms withdraw`: documents leave force by the right word, and people take back their own."""

from pathlib import Path

import pytest

from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Meaning, Record, Statement, Void
from qms_docs.words.model import Status
from tests.acting import Life
from tests.attacks.stage import CONTROLLER, DOCUMENT, MANAGER, OUTSIDER, QUALITY

REASON = ("--reason", "The service has ended", "--yes")


def refused(life: Life, who: str, *arguments: str) -> QmsError:
    before = life.status()
    with pytest.raises(QmsError) as raised:
        life.ask(who, "withdraw", *arguments)
    assert life.status() == before
    return raised.value


def written(life: Life) -> Record:
    """Return the one record that is new in the work tree."""
    (line,) = life.status()
    return records.read((life.repo.root / line.split()[-1]).read_bytes())


def test_a_document_leaves_force_when_its_approver_has_said_so(life: Life) -> None:
    life.stage.issued()
    answer = life.ask(MANAGER, "withdraw", DOCUMENT, *REASON)
    assert answer.code == 0
    body = written(life).body
    assert isinstance(body, Statement)
    assert [(act.meaning, act.comment) for act in body.acts] == [
        (Meaning.WITHDRAW, "The service has ended")
    ]
    life.stage.commit("Withdrawn")
    assert life.stage.in_force() is None
    assert life.stage.status(1) is Status.WITHDRAWN
    assert life.stage.found() == []
    assert refused(life, MANAGER, DOCUMENT, *REASON).key == "not-in-force"


def test_documents_are_withdrawn_by_one_record(life: Life) -> None:
    life.stage.issued()
    life.stage.issued("CSC-QM-01")
    life.ask(MANAGER, "withdraw", DOCUMENT, "CSC-QM-01", *REASON)
    life.stage.commit("Withdrawn")
    assert (life.stage.in_force(), life.stage.in_force("CSC-QM-01")) == (None, None)


def test_nobody_withdraws_in_a_role_that_does_not_count(life: Life) -> None:
    life.stage.issued()
    error = refused(life, QUALITY, DOCUMENT, *REASON)
    assert (error.key, error.values["reason"]) == ("in-vain", "other-role")
    error = refused(life, QUALITY, DOCUMENT, *REASON, "--as", "CSC-RS-01")
    assert (error.key, error.values["reason"]) == ("in-vain", "role")
    assert refused(life, OUTSIDER, DOCUMENT, *REASON).key == "unknown-key"


def test_a_draft_cannot_be_withdrawn(life: Life) -> None:
    assert refused(life, MANAGER, DOCUMENT, *REASON).key == "not-in-force"


def test_withdrawing_needs_a_reason_that_fits(life: Life) -> None:
    life.stage.issued()
    assert refused(life, MANAGER, DOCUMENT, "--yes").values["option"] == "--reason"
    assert refused(life, MANAGER, DOCUMENT, "--reason", "x" * 2001, "--yes").key == "unfit-words"
    assert refused(life, MANAGER, DOCUMENT, "--reason", "\udcff", "--yes").key == "unfit-words"


def said(life: Life, who: str, meaning: Meaning) -> Record:
    record = life.stage.say(who, meaning)
    life.stage.commit("Said")
    return record


def test_a_person_takes_back_their_own_word(life: Life) -> None:
    record = said(life, QUALITY, Meaning.REVIEWED)
    answer = life.ask(QUALITY, "withdraw", "--record", record.digest[:8], *REASON, "--json")
    (path,) = answer.json["files"]
    assert path.startswith("records/voids/")
    assert written(life).body == Void(record.digest, "The service has ended")
    life.stage.commit("Void")
    (evidence,) = life.stage.ledger().statements.evidence[life.stage.subject()]
    assert evidence.objection == "void"
    assert life.stage.found() == []
    error = refused(life, QUALITY, "--record", record.digest, *REASON)
    assert error.key == "taken-back"


def test_nobody_takes_back_what_is_not_theirs_or_no_statement(life: Life) -> None:
    record = said(life, QUALITY, Meaning.REVIEWED)
    assert refused(life, MANAGER, "--record", record.digest, *REASON).key == "not-yours"
    genesis = life.stage.genesis
    assert refused(life, MANAGER, "--record", genesis, *REASON).key == "no-statement"


@pytest.mark.parametrize("digest", ["0000000000", "abc", "", "../../x", "[a-z]"])
def test_a_record_that_is_not_there_is_an_error(life: Life, digest: str) -> None:
    said(life, QUALITY, Meaning.REVIEWED)
    if digest:
        assert refused(life, QUALITY, "--record", digest, *REASON).key == "no-record"


def test_what_was_released_stays_released_when_its_approval_is_taken_back(life: Life) -> None:
    life.stage.issued()
    ledger = life.stage.ledger()
    (digest,) = (
        each.record
        for each in ledger.statements.evidence[life.stage.subject()]
        if each.act.meaning is Meaning.APPROVED
    )
    life.ask(MANAGER, "withdraw", "--record", digest, *REASON)
    life.stage.commit("Void")
    assert life.stage.in_force() == 1


def test_a_person_is_asked_before_signing(life: Life) -> None:
    life.stage.issued()
    answer = life.repo.qms("withdraw", DOCUMENT, "--reason", "x", "--key", str(life.key(MANAGER)))
    assert (answer.code, life.status()) == (130, [])
    answer = life.repo.qms("withdraw", "--key", str(life.key(CONTROLLER)), "--lang", "zh-CN")
    assert (answer.code, Path(life.repo.root / "records/voids").exists()) == (2, False)
