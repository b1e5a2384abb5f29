"""`qms revise`: the next revision in every language, and no other byte."""

from pathlib import Path

import pytest

from qms_docs.words.errors import QmsError
from tests.acting import Life
from tests.attacks.stage import CONTROLLER, DOCUMENT, MANAGER, PATH

CHINESE = PATH.replace(".md", ".zh-CN.md")
CHANGE = ("--class", "major", "--reason", "Shorter limit: law", "--summary", "Step 3")


def refused(life: Life, *arguments: str) -> QmsError:
    with pytest.raises(QmsError) as raised:
        life.repo.ask("revise", *arguments)
    assert life.status() == []
    return raised.value


def test_the_next_revision_is_begun_in_every_language(life: Life) -> None:
    life.stage.issued()
    before = {path: life.stage.read(path) for path in (PATH, CHINESE)}
    answer = life.repo.ask("revise", DOCUMENT, *CHANGE, "--request", "issue 7")
    assert answer.code == 0
    assert answer.out.splitlines()[0] == "CSC-QP-01 is now revision 2."
    assert f"language of {CHINESE}" in answer.out
    assert life.status() == [f" M {PATH}", f" M {CHINESE}"]
    english = before[PATH].replace("revision: 1", "revision: 2")
    english = english.replace("class: minor", "class: major")
    english = english.replace("Time limits were not stated", '"Shorter limit: law"')
    old = next(line for line in english.splitlines() if "summary:" in line)
    english = english.replace(old, "  summary: Step 3\n  request: issue 7")
    assert life.stage.read(PATH) == english
    chinese = life.stage.read(CHINESE)
    assert "\nrevision: 2\ntranslation_of: {id: CSC-QP-01, revision: 2}\n" in chinese
    assert chinese.split("---\n")[2] == before[CHINESE].split("---\n")[2]
    assert life.repo.ask("check").code == 0


def test_an_unreleased_revision_is_not_raised_again(life: Life) -> None:
    life.stage.issued()
    life.repo.ask("revise", DOCUMENT, *CHANGE, "--request", "issue 7")
    life.stage.commit("Next")
    answer = life.repo.ask("revise", DOCUMENT, *CHANGE[:-1], "Steps 3 and 4", "--json")
    assert answer.json == {"files": [PATH, CHINESE], "revisions": {DOCUMENT: 2}}
    text = life.stage.read(PATH)
    assert "\nrevision: 2\n" in text
    assert "summary: Steps 3 and 4\n" in text
    assert "request" not in text
    again = life.repo.ask("revise", DOCUMENT, *CHANGE[:-1], "Steps 3 and 4")
    assert again.out.endswith("The files say this already. Nothing was written.\n")


def test_a_revision_that_was_skipped_is_mended(life: Life) -> None:
    life.stage.issued()
    life.stage.edit(PATH, "\nrevision: 1\n", "\nrevision: 7\n")
    life.repo.ask("revise", DOCUMENT, *CHANGE)
    assert "\nrevision: 2\n" in life.stage.read(PATH)


def test_a_number_that_a_release_without_effect_has_used_up_is_left_out(life: Life) -> None:
    life.stage.issued()
    life.stage.revised("## Purpose", "## Purpose\n\nNew.")
    life.stage.release()  # nobody has approved it
    life.stage.commit("Released too early")
    assert life.stage.in_force() == 1
    answer = life.repo.ask("revise", DOCUMENT, *CHANGE, "--json")
    assert answer.json["revisions"] == {DOCUMENT: 3}
    life.stage.commit("Next")
    life.stage.issued()
    assert life.stage.in_force() == 3


def test_a_document_that_is_not_there_stops_all(life: Life) -> None:
    assert refused(life, DOCUMENT, "CSC-QP-77", *CHANGE).key == "no-document"


def test_a_broken_translation_stops_all(life: Life) -> None:
    life.stage.edit(CHINESE, "change:", "chnge:")
    life.stage.commit()
    assert refused(life, "CSC-QM-01", DOCUMENT, *CHANGE).key == "broken-document"


def test_a_withdrawn_document_is_not_revised(life: Life) -> None:
    life.stage.issued()
    life.ask(MANAGER, "withdraw", DOCUMENT, "--reason", "Replaced", "--yes")
    life.stage.commit("Withdrawn")
    assert refused(life, DOCUMENT, *CHANGE).key == "is-withdrawn"


@pytest.mark.parametrize("summary", ["", "x" * 401, "a\0b", "a\u200bb", "a\u202eb"])
def test_a_change_that_does_not_fit_is_refused(life: Life, summary: str) -> None:
    error = refused(life, DOCUMENT, *CHANGE[:-1], summary)
    assert error.key in ("unfit-change", "field-not-written")


@pytest.mark.parametrize("missing", ["--class", "--reason", "--summary"])
def test_what_is_missing_is_named(life: Life, missing: str) -> None:
    at = CHANGE.index(missing)
    error = refused(life, DOCUMENT, *CHANGE[:at], *CHANGE[at + 2 :])
    assert (error.key, error.values["option"]) == ("missing-option", missing)


def test_data_is_revised_by_its_summary(life: Life) -> None:
    before = life.stage.read("manual/authority.yaml")
    policy = life.stage.read("manual/policy.yaml")
    answer = life.repo.ask("revise", "authority", "policy", "--summary", "A key")
    assert "authority is now revision 2." in answer.out
    issuers = "issuers: [CSC-RS-03]"
    assert life.stage.read("manual/authority.yaml") == before.replace(
        "revision: 1\n", "revision: 2\nchange: A key\n"
    )
    after = life.stage.read("manual/policy.yaml")
    assert "\nrevision: 2\nchange: A key\n" in after
    assert after.replace("revision: 2\nchange: A key\n", "") == policy
    assert issuers in before
    assert life.repo.ask("check").code == 0


def test_data_that_is_not_there_is_an_error(life: Life) -> None:
    assert refused(life, "waivers", "--summary", "x").key == "no-data"


def test_a_manual_that_has_not_begun_has_no_next_revision(small: object) -> None:
    with pytest.raises(QmsError) as raised:
        small.ask("revise", DOCUMENT, *CHANGE)  # type: ignore[attr-defined]
    assert raised.value.key == "no-genesis"


def test_a_revised_document_is_released_as_the_next(life: Life, tmp_path: Path) -> None:
    life.stage.issued()
    life.repo.ask("revise", DOCUMENT, *CHANGE)
    life.stage.commit("Next")
    life.stage.approved()
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0
    life.stage.commit("Released")
    assert life.stage.in_force() == 2
    assert life.stage.found() == []


def test_help_is_chinese_where_the_reader_is(life: Life) -> None:
    answer = life.repo.ask("revise", DOCUMENT, *CHANGE, LANG="zh_CN.UTF-8")
    assert "现为第1次修订" in answer.out or "已是尚未发布的第1次修订" in answer.out
