"""Clicks against a model of a few lines: whatever people do on the forge, and however often, and in
whatever order, an importer records what it said then.

The newest word of a person counts; a dismissal ends an approval, and no rejection.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from qms_docs.judge.approvals import Evidence
from qms_docs.judge.clicks import Clicks
from qms_docs.judge.statements import Moment
from qms_docs.words.authority import Authority, Person, Span, Tenure
from qms_docs.words.evidence import (
    ForgeReview,
    Meaning,
    Record,
    Reviews,
    ReviewState,
    Signer,
    Subject,
)
from qms_docs.words.history import Landing

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXTS = tuple(Subject("CSC-QP-01", "en", 1, digit * 64) for digit in "12")
PEOPLE = {
    name: Person(name, {"": name}, accounts={"github": (number,)},
                 tenures=(Tenure("CSC-RS-01", Span(BEGINNING)),))
    for name, number in (("manager", 11), ("quality", 12))
}  # fmt: skip
RULES: Any = SimpleNamespace(
    authority=Authority(PEOPLE, (), (), importers=("CSC-RS-03",), repositories={"github": (1,)})
)
APPROVED, REJECTED = ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED


@dataclass(frozen=True)
class Word:
    """A review, as the forge has it now."""

    number: int
    person: str
    text: int
    state: ReviewState


people, texts = st.sampled_from(sorted(PEOPLE)), st.sampled_from((0, 1))
moves = st.lists(
    st.one_of(
        st.tuples(st.just("click"), people, texts, st.sampled_from((APPROVED, REJECTED))),
        st.tuples(st.just("dismiss"), st.integers(0, 3)),
        st.tuples(st.just("import")),
        st.tuples(st.just("import"), st.integers(0, 2)),
    ),
    max_size=16,
)


@given(moves)
def test_the_newest_word_of_each_person_counts(moves: list[tuple[Any, ...]]) -> None:
    words: list[Word] = []
    said: list[tuple[Word, ...]] = []
    landed: list[tuple[Word, ...]] = []
    evidence: dict[Subject, list[Evidence]] = defaultdict(list)
    clicks = Clicks(evidence)
    for move in (*moves, ("import",)):
        match move:
            case ("click", person, text, state):
                words.append(Word(len(words) + 1, person, text, state))
            case ("dismiss", number) if number < len(words):
                words[number] = replace(words[number], state=ReviewState.DISMISSED)
            case ("import", *old):
                said.append(tuple(words))
                landed.append(said[old[0] % len(said)] if old else said[-1])
                clicks.add(record(landed[-1]), moment(len(landed)), "")
                assert found(evidence) == expected(landed)
    event(f"{len(landed)} imports")


def record(words: tuple[Word, ...]) -> Record:
    """Return what an importer records of the pull request."""
    reviews = tuple(
        ForgeReview(
            review=each.number,
            account=11 if each.person == "manager" else 12,
            state=each.state,
            commit=str(each.text) * 40,
            submitted=(BEGINNING + timedelta(minutes=each.number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            subjects=(TEXTS[each.text],),
            reason="dismissed" if each.state is ReviewState.DISMISSED else "",
        )
        for each in words
    )
    body = Reviews("github", 1, 7, "b" * 40, "a" * 40, 14, (14,), reviews)
    return Record("0" * 64, Signer("controller", "CSC-RS-03", ""), "", body)


def moment(number: int) -> Moment:
    return Moment(Landing(number, str(number), BEGINNING + timedelta(days=number)), RULES)


def found(evidence: dict[Subject, list[Evidence]]) -> dict[tuple[str, int], Meaning]:
    """Return what counts of each person for each text: what they have said last."""
    return {
        (each.person, number): each.act.meaning
        for number, text in enumerate(TEXTS)
        for each in evidence[text]
        if not each.objection
    }


def expected(landed: list[tuple[Word, ...]]) -> dict[tuple[str, int], Meaning]:
    """Return the same from what the forge has said in all imports."""
    states: dict[int, set[ReviewState]] = defaultdict(set)
    newest: dict[int, Word] = {}
    standing: dict[tuple[str, int], Meaning] = {}
    spoken: dict[str, int] = defaultdict(int)
    rejections: set[Word] = set()
    for words in landed:
        for each in words:
            states[each.number].add(each.state)
            newest[each.number] = each
            if each.state is not ReviewState.DISMISSED:
                spoken[each.person] = max(spoken[each.person], each.number)
        rejections |= {
            each for each in words if each.state is REJECTED and each.number == spoken[each.person]
        }
    for each in sorted(rejections, key=lambda each: each.number):
        standing[each.person, each.text] = Meaning.REJECTED
    for person in PEOPLE:
        last = max((each for each in newest if newest[each].person == person), default=0)
        if last and states[last] == {APPROVED}:
            standing[person, newest[last].text] = Meaning.APPROVED
    return standing
