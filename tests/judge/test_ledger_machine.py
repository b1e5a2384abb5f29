"""The ledger against a model of a hundred lines, over honest and dishonest moves in any order.

After every move what `lifecycle` says is in force must be what the model says, now, later and at
every instant before; no record that was once admitted may be lost; and what was in force in the
past may never change.

Each of these alone made it fail: nobody is kept from approving their own text, the content is not
compared (`releasing._text_as_named`), the authority in the files counts, roles are not asked for, a
rejection blocks nothing, deleted records do not count, a landing has the date that it claims.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from qms_docs.judge import lifecycle
from qms_docs.text import closure, records
from qms_docs.words.evidence import (
    Act,
    Body,
    Genesis,
    Meaning,
    Record,
    Release,
    ReleasedText,
    Statement,
    Subject,
    Void,
)
from qms_docs.words.model import Status
from tests.attacks.stage import BEGINNING
from tests.judge import evidence_texts as texts
from tests.judge.evidence_model import APPROVER, ISSUER, REVIEWER, Model, Tenures, Text, Word
from tests.judge.evidence_texts import (
    AUTHORITY,
    CONTROLLER,
    DECLARED,
    DEPUTY,
    DRAFTER,
    FIRST,
    MANAGER,
    OUTSIDER,
    PATHS,
    QUALITY,
    SECOND,
    SUCCESSOR,
    TENURES,
    TRANSLATED,
    WRITER,
    Place,
)
from tests.judge.mainline import Mainline

HOUR = timedelta(hours=1)
COURSE = ("write", "prepare", "review", "approve", "release")
"""What must happen for a text to take effect."""
SAID = {
    "prepare": (WRITER, Meaning.PREPARED),
    "review": (REVIEWER, Meaning.REVIEWED),
    "approve": (APPROVER, Meaning.APPROVED),
}
TWISTS = (
    *(f"no {step}" for step in COURSE),
    *(f"{step} by another" for step in COURSE),
    "approve first", "review in another role", "release in another role", "skip a revision",
    "repeat a revision", "write late", "write late and release the old", "reject late",
    "withdraw early", "approval deleted", "approval taken back", "approval taken back by another",
    "approval put back after a rejection",
)  # fmt: skip
"""What may be wrong with a course, at most one thing, so that all the rest is as it should be."""

people = st.sampled_from((MANAGER, SUCCESSOR, QUALITY, DEPUTY, CONTROLLER, DRAFTER, OUTSIDER))
roles = st.sampled_from((APPROVER, REVIEWER, ISSUER, WRITER))
masters = st.sampled_from((FIRST, SECOND, AUTHORITY))
sets = st.sampled_from(((FIRST,), (SECOND,), (FIRST, TRANSLATED), (FIRST, SECOND), (AUTHORITY,)))
backs = st.sampled_from((0, 0, 1, 2))
"""Of which content one speaks: the newest, or an older one."""
twists = st.sampled_from(("",) * 12 + TWISTS)


class EvidenceMachine(RuleBasedStateMachine):
    """People at work on a manual of two procedures and an authority."""

    reached: ClassVar[Counter[str]] = Counter()
    """What has happened in all runs: without successes the machine would prove nothing."""

    @initialize()
    def begin(self) -> None:
        self.main, self.model = Mainline(), Model()
        self.clock, self.number = BEGINNING, 0
        self.contents: dict[Place, list[Subject]] = {place: [] for place in PATHS}
        self.files: dict[Subject, str] = {}
        self.said: list[tuple[Record, bytes]] = []
        self.words: dict[str, Word] = {}
        self.past: dict[datetime, dict[Subject, datetime]] = {}
        first = self._bring(DRAFTER, AUTHORITY, 1, texts.authority(1, TENURES), tenures=TENURES)
        content = {path: closure.of_data(data).text for path, data in self.main.files.items()}
        self._record(MANAGER, APPROVER, Genesis(content, "0" * 32))
        self.main.genesis = self.said[0][0].digest
        self.model.begun(first)
        for place in (FIRST, SECOND):
            self._course(place, "", DRAFTER)

    # --- moves ------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from((-900, -2, 24, 400)))
    def time_passes(self, hours: int) -> None:
        """Move what the clocks of those who commit say, also back."""
        self.clock += hours * HOUR

    @rule(effective=st.sampled_from(sorted(DECLARED)), twist=twists, other=people)
    def revise_the_first(self, effective: str, twist: str, other: str) -> None:
        self._course(FIRST, twist, other, effective)

    @rule(effective=st.sampled_from(sorted(DECLARED)), twist=twists, other=people)
    def revise_the_second(self, effective: str, twist: str, other: str) -> None:
        self._course(SECOND, twist, other, effective)

    @rule(twist=twists, other=people, role=roles)
    def give_a_role(self, twist: str, other: str, role: str) -> None:
        self._course(AUTHORITY, twist, other, role=role)

    @rule(who=people, vouching=st.sampled_from((DRAFTER, MANAGER, QUALITY)), back=backs)
    def translate(self, who: str, vouching: str, back: int) -> None:
        """Write, vouch for and release a translation of what is released."""
        subject = self._write(who, TRANSLATED, 0)
        compared = self._content(FIRST, back)
        self._say(Word(vouching, WRITER, Meaning.TRANSLATED, subject, 0, compared))
        self.reached["translation"] += self._release(CONTROLLER, ISSUER, [subject])

    @rule(who=people, role=roles, meaning=st.sampled_from(Meaning), place=masters, back=backs)
    def say(self, who: str, role: str, meaning: Meaning, place: Place, back: int) -> None:
        """Say anything, entitled or not."""
        self._say(Word(who, role, meaning, self._content(place, back), 0))

    @rule(who=people, role=st.sampled_from((APPROVER, REVIEWER)), back=st.integers(0, 2))
    def withdraw(self, who: str, role: str, back: int) -> None:
        """Say that a released revision of the second procedure holds no longer."""
        issues = [each.text.subject for each in self.model.of(SECOND[0])]
        self._say(Word(who, role, Meaning.WITHDRAW, issues[-1 - min(back, len(issues) - 1)], 0))
        self.reached["withdrawn"] += SECOND[0] in self.model.withdrawn

    @rule(who=people, role=roles, together=sets, back=backs)
    def release(self, who: str, role: str, together: tuple[Place, ...], back: int) -> None:
        """Release anything."""
        known = [each for each in together if self.contents[each]]
        self._release(who, role, [self._content(each, back) for each in known])

    @rule(who=people, which=st.integers(0, 40), how=st.sampled_from(("delete", "edit", "restore")))
    def tamper(self, who: str, which: int, how: str) -> None:
        """Delete or edit a record, or put one back; it counts as before, and the audit tells."""
        self._tamper(who, self.said[which % len(self.said)], how)

    def _course(
        self, place: Place, twist: str, other: str, effective: str = "on-release",
        role: str = WRITER,
    ) -> None:  # fmt: skip
        """Go the whole way of a text, with one thing wrong or none."""
        approver = MANAGER if self.model.now < texts.CHANGE else SUCCESSOR
        writers = self.model.writers.get(place, set())
        reviewer = DEPUTY if QUALITY in writers and not twist else QUALITY
        hands = dict(zip(COURSE, (DRAFTER, DRAFTER, reviewer, approver, CONTROLLER), strict=True))
        hands |= {step: other for step in COURSE if twist == f"{step} by another"}
        left_out = twist.removeprefix("no ")
        above = {"skip a revision": 2, "repeat a revision": 0}.get(twist, 1)
        if left_out != "write" or not self.contents[place]:
            self._write(hands["write"], place, above, effective, (other, role))
        subject = self._content(place, 0)
        order = ("approve", "review", "prepare") if twist == "approve first" else COURSE[1:4]
        for step in order:
            as_, meaning = SAID[step]
            as_ = APPROVER if twist == f"{step} in another role" else as_
            if step != left_out:
                said = self._say(Word(hands[step], as_, meaning, subject, 0))
        self._late(twist, other, Word(approver, APPROVER, Meaning.REJECTED, subject, 0), said)
        if twist.startswith("write late"):
            self._write(other, place, above, effective, (other, role))
        if left_out != "release":
            as_ = APPROVER if twist == "release in another role" else ISSUER
            who = approver if twist == "release in another role" else hands["release"]
            released = subject if twist.endswith("the old") else self._content(place, 0)
            self.reached[twist or "honest"] += self._release(who, as_, [released])

    def _late(self, twist: str, other: str, rejection: Word, said: tuple[Record, bytes]) -> None:
        """Do what is wrong after everybody has spoken; `said` is what was said last."""
        match twist:
            case "reject late":
                self._say(replace(rejection, person=DEPUTY, role=REVIEWER))
            case "withdraw early":
                self._say(replace(rejection, meaning=Meaning.WITHDRAW))
            case "approval deleted":
                self._tamper(other, said, "delete")
            case "approval taken back" | "approval taken back by another":
                who = other if twist.endswith("another") else rejection.person
                self._take_back(who, APPROVER if who != other else WRITER, said[0].digest)
            case "approval put back after a rejection":
                self._say(rejection)
                self._tamper(other, said, "delete")
                self._tamper(other, said, "restore")

    def _write(
        self, who: str, place: Place, above: int, effective: str = "on-release",
        gift: tuple[str, str] = (DRAFTER, WRITER),
    ) -> Subject:  # fmt: skip
        """Write a text, of a translation that of the released master."""
        last = self.model.last(*(FIRST if place == TRANSLATED else place))
        revision = (last.revision if last else 0) + above
        while above and (*place, revision) in self.model.used:  # a release had no effect
            revision += 1
        self.number += 1
        if place == AUTHORITY:
            tenures = TENURES | {(*gift, *texts.ALWAYS)}
            data = texts.authority(revision, tenures, self.number)
            return self._bring(who, place, revision, data, tenures=tenures).subject
        if place == TRANSLATED:
            data = texts.translation(place, revision, self.number)
            return self._bring(who, place, revision, data).subject
        data = texts.master(place, revision, effective, self.number)
        return self._bring(who, place, revision, data, DECLARED[effective]).subject

    def _take_back(self, who: str, role: str, digest: str) -> None:
        self._record(who, role, Void(digest, "A mistake"))
        if self.words[digest].person == who and self.model.holds(who, role):
            self.words[digest].taken_back = True

    def _tamper(self, who: str, said: tuple[Record, bytes], how: str) -> None:
        record, data = said
        wanted = {"delete": None, "edit": data + b" ", "restore": data}[how]
        before = {path: self.main.files.get(path) for path in records.paths(record)}
        self._land(who, dict.fromkeys(before, wanted))
        if isinstance(record.body, Release):
            subjects = [each.subject for each in record.body.texts]
            names = {(each.id, each.language, each.revision) for each in subjects}
            self.model.used = self.model.used - names if wanted is None else self.model.used | names
        touched = {path for path, old in before.items() if old is not None and old != wanted}
        tip = self.main.ledger.tip
        notes = [each.finding for each in self.main.ledger.notes if each.landing == tip]
        assert {each.place.path for each in notes if each.code == "QMS901"} == touched
        self.reached["tampered"] += bool(touched)

    # --- what must hold ---------------------------------------------------------------------------

    @invariant()
    def what_is_in_force_has_all_that_it_needs(self) -> None:
        for ahead in (timedelta(), timedelta(days=90)):
            instant = self.model.now + ahead
            assert self._reported(instant) == self.model.in_force(instant)

    @invariant()
    def no_record_is_lost(self) -> None:
        assert {record.digest for record, _ in self.said} <= self.main.ledger.records.keys()

    def teardown(self) -> None:
        """Ask at the end whether the past has stayed as it was told when it was the present."""
        for instant, there in self.past.items():
            assert self._reported(instant) == there

    def _reported(self, instant: datetime) -> dict[Subject, datetime]:
        """Return what `lifecycle` says is in force, and since when."""
        released = self.main.ledger.released()
        return {
            issue.subject: issue.effective
            for name, issues in released.issues.items()
            for issue in issues
            if name != "policy"
            and issue.landing.instant <= instant
            and lifecycle.life(issue, released, instant).status is Status.EFFECTIVE
        }

    # --- how moves are made -----------------------------------------------------------------------

    def _content(self, place: Place, back: int) -> Subject:
        known = self.contents[place]
        return known[-1 - min(back, len(known) - 1)]

    def _land(self, who: str, files: Mapping[str, bytes | None]) -> None:
        """Commit files, and remember what was in force until then."""
        self.clock += HOUR
        before, now = self.model.now, max(self.model.now, self.clock)
        if now > before and self.said:
            for instant in (before, now - timedelta(seconds=1)):
                self.past[instant] = self._reported(instant)
        self.model.number, self.model.now = self.model.number + 1, now
        self.main.land(who, self.clock, files)

    def _bring(
        self, who: str, place: Place, revision: int, data: bytes,
        declared: datetime | None = None, tenures: Tenures = frozenset(),
    ) -> Text:  # fmt: skip
        """Bring a text to main."""
        found = closure.of_data(data)
        text = Text(Subject(*place, revision, found.digest), declared, tenures)
        self.contents[place].append(text.subject)
        self.files[text.subject] = found.text
        self._land(who, {PATHS[place]: data, **({} if self.said else texts.POLICY)})
        self.model.wrote(who, text)
        return text

    def _record(self, who: str, role: str, body: Body) -> tuple[Record, bytes]:
        """Land a signed record; each is another one."""
        self.number += 1
        said = BEGINNING + timedelta(seconds=self.number)
        record, data = self.main.signed(who, role, said, body)
        paths = records.paths(record)
        if not all(path in self.main.files for path in paths):  # else it is no new file
            self.said.append((record, data))
        self._land(who, dict.fromkeys(paths, data))
        return record, data

    def _say(self, word: Word) -> tuple[Record, bytes]:
        compared = word.translates.content if word.translates else ""
        act = Act(word.meaning, word.subject, compared)
        said = self._record(word.person, word.role, Statement((act,)))
        word.landed = self.model.number
        self.words[said[0].digest] = word
        self.model.said(word, sound=self.model.holds(word.person, word.role))
        return said

    def _release(self, who: str, role: str, subjects: list[Subject]) -> bool:
        named = tuple(
            ReleasedText(each, PATHS[each.id, each.language], self.files[each]) for each in subjects
        )
        self._record(who, role, Release(named, ()))
        return self.model.released(who, role, subjects)


def test_people_at_work_in_any_order() -> None:
    EvidenceMachine.reached.clear()
    run_state_machine_as_test(
        EvidenceMachine, settings=settings(max_examples=40, stateful_step_count=30)
    )
    reached = EvidenceMachine.reached
    assert reached["honest"] > 100, reached
    assert min(reached["translation"], reached["tampered"]) > 5, reached


@pytest.mark.parametrize("twist", TWISTS)
@pytest.mark.parametrize("place", [FIRST, AUTHORITY], ids=["document", "authority"])
def test_a_twist_by_itself(place: Place, twist: str) -> None:
    """One thing wrong, by one person or another; afterwards an honest course still succeeds."""
    machine = _begun()
    for other in (OUTSIDER, DRAFTER, QUALITY):
        machine._course(place, twist, other)
        _hold(machine)
    machine.reached.clear()
    machine._course(place, "", DRAFTER)
    _hold(machine)
    assert machine.reached["honest"] == 1


def test_withdrawals_by_themselves() -> None:
    machine = _begun()
    machine._course(SECOND, "withdraw early", OUTSIDER)
    for who, role, back in (
        (QUALITY, REVIEWER, 0), (DRAFTER, APPROVER, 0), (OUTSIDER, APPROVER, 0),
        (SUCCESSOR, APPROVER, 0), (DEPUTY, APPROVER, 1),
    ):  # fmt: skip
        machine.withdraw(who, role, back)
        _hold(machine)
    assert SECOND[0] not in machine.model.withdrawn
    machine.withdraw(DEPUTY, APPROVER, 0)
    machine._course(SECOND, "", DRAFTER)
    _hold(machine)
    assert SECOND[0] in machine.model.withdrawn
    machine.teardown()


def _begun() -> EvidenceMachine:
    machine = EvidenceMachine()
    machine.begin()
    return machine


def _hold(machine: EvidenceMachine) -> None:
    machine.what_is_in_force_has_all_that_it_needs()
    machine.no_record_is_lost()
