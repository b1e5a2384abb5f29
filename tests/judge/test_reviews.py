"""When a review is due: calendar months, from the last look, in the manual's time zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qms_docs.judge import reviews
from qms_docs.words.evidence import Meaning, ReleasedText, Subject
from qms_docs.words.history import Landing
from qms_docs.words.issues import Issue, Released, Verdict
from tests.conftest import BASE, load, tree

SHANGHAI = ZoneInfo("Asia/Shanghai")
LANDED = datetime(2026, 3, 2, 1, tzinfo=UTC)


def issue(
    effective: datetime = LANDED, months: int = 12, revision: int = 1, language: str = "en"
) -> Issue:
    document = load(tree(BASE)).find("CSC-QP-01")
    assert document is not None
    document = replace(document, control=replace(document.control, review_months=months))
    subject = Subject("CSC-QP-01", language, revision, "0" * 64)
    text = ReleasedText(subject, "procedures/CSC-QP-01.md", "1" * 64)
    return Issue(text, document, "2" * 64, Landing(0, "a", LANDED), effective, "b")


def released(*issues: Issue, verdicts: dict[Subject, list[Verdict]] | None = None) -> Released:
    return Released(
        genesis="0",
        issues={"CSC-QP-01": issues},
        verdicts={each: tuple(found) for each, found in (verdicts or {}).items()},
        zone=SHANGHAI,
    )


def verdict(instant: datetime, meaning: Meaning = Meaning.REAFFIRM) -> Verdict:
    return Verdict(meaning, Landing(1, "c", instant), "d")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-03-02", 12, "2027-03-02"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2028-02-29", 12, "2029-02-28"),
        ("9998-12-31", 60, "9999-01-01"),
    ],
)
def test_months_are_calendar_months(day: str, months: int, then: str) -> None:
    found = reviews.after_months(date.fromisoformat(day), months)
    assert found == date.fromisoformat(then)


def test_the_day_is_a_day_of_the_manual() -> None:
    evening = issue(datetime(2026, 3, 2, 20, tzinfo=UTC))  # the third of March in Shanghai
    due = reviews.due(evening, released(evening))
    assert due == datetime(2027, 3, 3, 23, 59, 59, tzinfo=SHANGHAI)


def test_a_review_is_counted_from_when_the_text_takes_effect() -> None:
    scheduled = issue(datetime(2026, 6, 1, tzinfo=SHANGHAI), months=6)
    assert reviews.due(scheduled, released(scheduled)).date() == date(2026, 12, 1)


def test_a_reaffirmation_moves_the_day_in_every_language() -> None:
    master, chinese = issue(), issue(language="zh-CN")
    known = released(
        master, chinese, verdicts={master.subject: [verdict(datetime(2027, 2, 1, tzinfo=UTC))]}
    )
    for each in (master, chinese):
        assert reviews.due(each, known).date() == date(2028, 2, 1)


def test_a_reaffirmation_before_the_effective_day_does_not_move_it_back() -> None:
    early = issue(datetime(2026, 6, 1, tzinfo=SHANGHAI))
    known = released(early, verdicts={early.subject: [verdict(datetime(2026, 4, 1, tzinfo=UTC))]})
    assert reviews.due(early, known).date() == date(2027, 6, 1)


def test_what_landed_later_is_not_known() -> None:
    found = issue()
    known = released(found, verdicts={found.subject: [verdict(datetime(2027, 2, 1, tzinfo=UTC))]})
    before = datetime(2027, 1, 31, tzinfo=UTC)
    assert reviews.due(found, known, before).date() == date(2027, 3, 2)


def test_neither_another_revision_nor_another_meaning_counts() -> None:
    first, second = issue(), issue(revision=2)
    later = datetime(2027, 2, 1, tzinfo=UTC)
    known = released(
        first,
        second,
        verdicts={
            first.subject: [verdict(later)],
            second.subject: [verdict(later, Meaning.WITHDRAW)],
        },
    )
    assert reviews.due(second, known).date() == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("days_before", "soon", "overdue"), [(61, False, False), (59, True, False), (-1, True, True)]
)
def test_a_review_is_soon_or_overdue(days_before: int, soon: bool, overdue: bool) -> None:
    found = issue()
    known = released(found)
    instant = reviews.due(found, known) - timedelta(days=days_before)
    (review,) = reviews.reviews(known, "en", instant)
    assert (review.soon, review.overdue) == (soon, overdue)
    assert review.age == (instant - LANDED).days
