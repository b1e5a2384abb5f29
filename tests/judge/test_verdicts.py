"""Verdicts: what a reader is told follows from the manifest and the reader's clock."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from qms_docs.judge import verdicts
from qms_docs.judge.verdicts import Verdict
from qms_docs.text import codes
from qms_docs.text.facts import Facts
from qms_docs.text.papersheet import PaperSheet, SheetText
from qms_docs.words.copies import CopyState
from qms_docs.words.evidence import Subject
from qms_docs.words.extracts import Origin
from qms_docs.words.model import Status
from qms_docs.words.publication import Manifest, PublishedFile, PublishedText, Unsigned
from tests.text.test_manifest import NOW, controlled, extract, of, text

DAY = timedelta(days=1)


def digest(sign: str) -> str:
    return sign * 64


def revision(number: int, begin: datetime, end: datetime | None = None) -> PublishedText:
    """Return a revision whose digests tell its number and what they are of."""
    return replace(
        text(begin, end),
        file=PublishedFile(f"r{number}.pdf", digest(f"{number}"), 1),
        subject=Subject("CSC-QP-01", "en", number, digest("abcdef"[number])),
        master=digest(f"{number + 3}"),
        earlier=(digest(f"{number + 6}"),),
        code=f"CODE-{number}",
    )


FIRST, SECOND = revision(1, NOW, NOW + 2 * DAY), revision(2, NOW + 2 * DAY)
MANIFEST = of(FIRST, SECOND)


def asked(manifest: Manifest, sha256: str, instant: datetime) -> tuple[Verdict, int | None]:
    answer = verdicts.of_file(sha256, None, manifest, instant)
    return answer.verdict, answer.instead.subject.revision if answer.instead else None


@pytest.mark.parametrize("sha256", [digest("1"), digest("4")])
def test_a_published_file_has_the_status_of_the_reader_s_day(sha256: str) -> None:
    assert asked(MANIFEST, sha256, NOW - DAY) == (Verdict.NOT_YET, None)
    assert asked(MANIFEST, sha256, NOW) == (Verdict.IN_FORCE, None)
    assert asked(MANIFEST, sha256, NOW + 2 * DAY) == (Verdict.SUPERSEDED, 2)


def test_an_older_print_of_a_text_in_force_is_reissued_and_never_altered() -> None:
    assert asked(MANIFEST, digest("7"), NOW) == (Verdict.REISSUED, None)
    assert asked(MANIFEST, digest("7"), NOW + 2 * DAY) == (Verdict.SUPERSEDED, 2)


@pytest.mark.parametrize(
    ("ended_by", "verdict"),
    [(Status.WITHDRAWN, Verdict.WITHDRAWN), (Status.EXPIRED, Verdict.EXPIRED)],
)
def test_how_a_text_ended_is_said(ended_by: Status, verdict: Verdict) -> None:
    manifest = of(replace(FIRST, ended_by=ended_by))
    assert asked(manifest, digest("1"), NOW + 3 * DAY) == (verdict, None)


def test_a_code_and_a_content_digest_lead_to_the_text() -> None:
    for answer in (
        verdicts.of_code("CODE-2", MANIFEST, NOW),
        verdicts.of_digest(digest("c"), MANIFEST, NOW),
    ):
        assert (answer.verdict, answer.text) == (Verdict.NOT_YET, SECOND)
        assert answer.instead == FIRST
    assert verdicts.of_code("CODE-9", MANIFEST, NOW).verdict is Verdict.UNKNOWN
    assert verdicts.of_digest(digest("9"), MANIFEST, NOW).verdict is Verdict.UNKNOWN


def claims(**changes: object) -> Facts:
    subject = FIRST.subject
    facts = Facts(
        subject.id, "en", 1, subject.content, FIRST.release, FIRST.commit, MANIFEST.genesis
    )
    return replace(facts, **changes)  # type: ignore[arg-type]  # fields of a case


def test_other_bytes_that_claim_to_be_a_text_are_altered() -> None:
    answer = verdicts.of_file(digest("0"), claims(), MANIFEST, NOW)
    assert (answer.verdict, answer.text) == (Verdict.ALTERED, FIRST)


@pytest.mark.parametrize(
    "other",
    [{"genesis": digest("0")}, {"revision": 9}, {"content_digest": digest("0")}, {"id": "X"}],
)
def test_what_claims_to_be_something_else_is_unknown(other: dict[str, object]) -> None:
    answer = verdicts.of_file(digest("0"), claims(**other), MANIFEST, NOW)
    assert answer.verdict is Verdict.UNKNOWN


def test_a_draft_says_so_itself_and_is_believed() -> None:
    answer = verdicts.of_file(digest("0"), claims(release=""), MANIFEST, NOW)
    assert answer.verdict is Verdict.DRAFT


def test_no_claim_makes_a_file_in_force() -> None:
    for given in (None, claims(), claims(release="")):
        for instant in (NOW - DAY, NOW, NOW + 3 * DAY):
            assert not verdicts.of_file(digest("0"), given, MANIFEST, instant).is_in_force


def signed(one: PublishedText) -> PublishedText:
    """Return a text as signed: its file begins with a build that has a digest of its own."""
    return replace(one, unsigned=Unsigned(digest("8"), 1, digest("9")))


@pytest.mark.parametrize("sha256", [digest("1"), digest("8"), digest("4")])
def test_a_published_file_is_the_same_with_and_without_its_signature(sha256: str) -> None:
    answer = verdicts.of_file(sha256, None, of(signed(FIRST)), NOW, {digest("8")})
    assert answer.verdict is Verdict.IN_FORCE


@pytest.mark.parametrize("begins", [digest("1"), digest("8")])
@pytest.mark.parametrize("given", [None, claims(), claims(release=""), claims(revision=9)])
def test_what_begins_as_a_published_file_and_goes_on_is_altered(
    begins: str, given: Facts | None
) -> None:
    """Attack: an update behind a signed or unsigned file, whatever it makes the file say."""
    answer = verdicts.of_file(digest("0"), given, of(signed(FIRST)), NOW, {begins})
    assert (answer.verdict, answer.text) == (Verdict.ALTERED, signed(FIRST))


def copied(
    state: CopyState, instant: datetime, until: datetime | None = None
) -> tuple[Verdict, CopyState | None]:
    copy = replace(controlled(state, until), subject=FIRST.subject, sha256=digest("e"))
    answer = verdicts.of_file(digest("e"), claims(), of(FIRST, SECOND, copies=(copy,)), instant)
    assert (answer.copy, answer.text) == (copy, FIRST)
    return answer.verdict, answer.state


def test_a_controlled_copy_has_the_verdict_of_its_text_on_the_reader_s_day() -> None:
    assert copied(CopyState.HELD, NOW) == (Verdict.IN_FORCE, CopyState.HELD)
    assert copied(CopyState.HELD, NOW + 2 * DAY) == (Verdict.SUPERSEDED, CopyState.DUE)
    assert copied(CopyState.RECALLED, NOW + 2 * DAY) == (Verdict.SUPERSEDED, CopyState.RECALLED)


def test_a_copy_that_has_expired_must_be_returned() -> None:
    assert copied(CopyState.HELD, NOW, NOW + DAY) == (Verdict.IN_FORCE, CopyState.HELD)
    assert copied(CopyState.HELD, NOW + DAY, NOW + DAY) == (Verdict.RECALLED, CopyState.DUE)


@pytest.mark.parametrize("state", [*CopyState][2:])
def test_a_copy_that_is_not_held_is_not_worked_by(state: CopyState) -> None:
    assert copied(state, NOW) == (Verdict.RECALLED, state)


def test_a_copy_that_the_manifest_does_not_know_is_altered() -> None:
    answer = verdicts.of_file(digest("e"), claims(), MANIFEST, NOW)
    assert (answer.verdict, answer.copy) == (Verdict.ALTERED, None)


def on_sheet(*subjects: Subject, manual: str = MANIFEST.genesis) -> PaperSheet:
    return PaperSheet(manual, tuple(sorted(map(SheetText, subjects))))


def test_an_approval_sheet_tells_what_is_known_of_its_texts() -> None:
    draft = Subject("CSC-QP-09", "en", 1, digest("9"))
    answer = verdicts.of_sheet(on_sheet(FIRST.subject, draft), MANIFEST, NOW)
    assert (answer.verdict, answer.is_in_force) == (Verdict.SHEET, False)
    known = {subject: (each.verdict, each.text) for subject, each in answer.sheet}
    assert known == {
        FIRST.subject: (Verdict.IN_FORCE, FIRST),
        draft: (Verdict.UNKNOWN, None),
    }


def test_the_sheet_of_another_manual_is_unknown() -> None:
    other = on_sheet(FIRST.subject, manual=digest("9"))
    for answer in (
        verdicts.of_sheet(other, MANIFEST, NOW),
        verdicts.of_sheet(None, MANIFEST, NOW),
        verdicts.of_digest(other.digest, MANIFEST, NOW),
        verdicts.of_code(other.code, MANIFEST, NOW),
    ):
        assert (answer.verdict, answer.sheet) == (Verdict.UNKNOWN, ())


def test_the_digest_of_a_sheet_is_known_once_its_texts_are_released_together() -> None:
    third = replace(SECOND, subject=replace(SECOND.subject, id="CSC-QP-02", content=digest("1")))
    apart = replace(FIRST, release=digest("8"))
    manifest = of(apart, SECOND, third)
    for subjects in ((FIRST.subject,), (third.subject, SECOND.subject)):
        sheet = on_sheet(*subjects)
        for answer in (
            verdicts.of_digest(sheet.digest, manifest, NOW),
            verdicts.of_code(sheet.code, manifest, NOW),
        ):
            assert [subject for subject, _ in answer.sheet] == sorted(subjects)
    unknown = on_sheet(FIRST.subject, third.subject)
    assert verdicts.of_digest(unknown.digest, manifest, NOW).verdict is Verdict.UNKNOWN


def test_the_code_of_a_content_finds_the_text() -> None:
    code = codes.of_content(SECOND.subject.content)
    answer = verdicts.of_code(code, MANIFEST, NOW + 2 * DAY)
    assert (answer.verdict, answer.text) == (Verdict.IN_FORCE, SECOND)


def test_an_extract_is_current_until_something_in_it_changes() -> None:
    drawn = extract(NOW + DAY)
    manifest = replace(MANIFEST, extracts=(drawn,))
    for asked_for in (drawn.file.sha256, drawn.content):
        for instant, verdict in ((NOW, Verdict.CURRENT), (NOW + DAY, Verdict.OUTDATED)):
            answer = verdicts.of_digest(asked_for, manifest, instant)
            assert (answer.verdict, answer.extract) == (verdict, drawn)
            assert answer.is_in_force is (verdict is Verdict.CURRENT)
    assert verdicts.of_code(drawn.code, manifest, NOW).verdict is Verdict.CURRENT
    old = codes.of_content(drawn.earlier[0])
    assert verdicts.of_code(old, manifest, NOW).verdict is Verdict.OUTDATED
    assert verdicts.of_digest(drawn.earlier[0], manifest, NOW).verdict is Verdict.OUTDATED


def test_an_extract_of_which_the_publication_knows_nothing_says_itself_what_it_is() -> None:
    drawn = extract()
    manifest = replace(MANIFEST, extracts=(drawn,))
    claims = Origin("role-cards", "CSC-RS-02", "en", manifest.genesis, "", "", (), {})

    def said(claims: Origin | None, content: str = digest("9")) -> Verdict:
        return verdicts.of_extract(digest("8"), claims, manifest, NOW, content).verdict

    assert said(claims) is Verdict.OUTDATED
    assert said(claims, drawn.content) is Verdict.ALTERED
    assert said(replace(claims, id="CSC-RS-09")) is Verdict.OUTDATED
    assert said(replace(claims, genesis=digest("7"))) is Verdict.UNKNOWN
    assert said(None) is Verdict.UNKNOWN
    older = verdicts.of_extract(drawn.earlier[0], claims, manifest, NOW, drawn.content)
    assert older.verdict is Verdict.CURRENT  # the same, as another program printed it
