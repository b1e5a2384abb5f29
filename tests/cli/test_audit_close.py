"""`qms audit --close`: a finding is closed by two people, one of whom answers for the authority."""

from datetime import timedelta

import pytest

from qms_docs.words.errors import QmsError
from tests.acting import Life
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, QUALITY

WORDS = ("--reason", "A slip of the hand", "--correction", "It stays as it is")


def broken(life: Life) -> tuple[str, str]:
    """Land something false: a file in records/ that is no record; its commit and code."""
    life.stage.write({"records/notes.txt": "hello"})
    return life.stage.commit("A slip"), "QMS902"


def close(life: Life, who: str, commit: str, code: str, *options: str) -> str:
    answer = life.ask(who, "audit", "--close", commit, code, *WORDS, *options)
    assert answer.code == 0
    life.stage.commit("Dealt with", who=who)
    return answer.out


def refused(life: Life, who: str, *arguments: str) -> QmsError:
    with pytest.raises(QmsError) as raised:
        life.ask(who, "audit", "--close", *arguments)
    assert life.status() == []
    return raised.value


def test_two_people_close_a_finding_one_of_them_for_the_authority(life: Life) -> None:
    commit, code = broken(life)
    assert life.repo.ask("audit").code == 1
    out = close(life, QUALITY, commit[:10], code.lower())
    assert "A second person must do the same, and one of the two in a role" in out
    assert life.repo.ask("audit").code == 1
    out = close(life, MANAGER, commit, code)
    assert "second person" not in out
    assert life.repo.ask("audit").code == 0


def test_the_authority_may_answer_first(life: Life) -> None:
    commit, code = broken(life)
    assert "A second person must now do the same." in close(life, MANAGER, commit, code)
    close(life, DRAFTER, commit, code)
    assert life.stage.found() == []


def test_a_date_to_come_is_closed_like_another_finding(life: Life) -> None:
    now = life.stage.now
    life.stage.now += timedelta(days=30)
    commit = life.stage.commit("With a wrong clock")
    life.stage.now = now
    assert "QMS911" in life.repo.ask("audit").out
    close(life, QUALITY, commit, "QMS911")
    assert life.repo.ask("audit").code == 1
    close(life, MANAGER, commit, "QMS911")
    assert life.repo.ask("audit").code == 0
    assert refused(life, MANAGER, commit, "QMS911", *WORDS).key == "nothing-to-close"


def test_two_people_without_the_authority_are_not_enough(life: Life) -> None:
    commit, code = broken(life)
    close(life, QUALITY, commit, code)
    assert "answers for the authority: CSC-RS-01" in close(life, CONTROLLER, commit, code)
    assert life.stage.found() == ["QMS902 json"]


def test_one_person_does_not_count_twice(life: Life) -> None:
    commit, code = broken(life)
    close(life, MANAGER, commit, code)
    assert refused(life, MANAGER, commit, code, *WORDS).key == "answered"


def test_only_what_the_audit_finds_can_be_closed(life: Life) -> None:
    commit, code = broken(life)
    assert refused(life, MANAGER, commit, "QMS901", *WORDS).key == "nothing-to-close"
    assert refused(life, MANAGER, "HEAD~1", code, *WORDS).key == "nothing-to-close"
    assert refused(life, MANAGER, "nowhere", code, *WORDS).key == "no-commit"
    assert refused(life, MANAGER, "--exec=x", code, *WORDS).key == "no-commit"


@pytest.mark.parametrize("missing", ["--reason", "--correction"])
def test_what_is_missing_is_named(life: Life, missing: str) -> None:
    at = WORDS.index(missing)
    error = refused(life, MANAGER, *broken(life), *WORDS[:at], *WORDS[at + 2 :])
    assert (error.key, error.values["option"]) == ("missing-option", missing)


def test_nobody_speaks_in_a_role_they_do_not_hold(life: Life) -> None:
    error = refused(life, QUALITY, *broken(life), *WORDS, "--as", "CSC-RS-01")
    assert (error.key, error.values["reason"]) == ("may-not", "role")
