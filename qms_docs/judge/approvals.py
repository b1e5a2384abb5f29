"""Is a text approved? What was said, what of it counts for what is required, what is missing.

Evidence that does not count is kept with the reason; nothing is coerced into an approval
(ISO 9001:2015, 7.5.2 c and 5.3).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qms_docs.judge import casting
from qms_docs.judge.requirements import Requirement
from qms_docs.words.evidence import Act, Grade, Meaning
from qms_docs.words.history import Landing

SEPARATE = (Meaning.REVIEWED, Meaning.APPROVED)
"""What nobody may say of a text that they have written."""


@dataclass(frozen=True)
class Evidence:
    """An act as it landed on main, judged by the authority of that moment."""

    act: Act
    person: str
    role: str
    on_behalf_of: str
    grade: Grade
    landing: Landing
    """When it came to main."""
    record: str
    """Digest of the record."""
    said: str
    objection: str = ""
    """Why it never counts: a label `reason-…`; empty if nothing stands against it."""
    roles: tuple[str, ...] = ()
    """Of a review on a forge, which says no role: all that the person held when it landed."""
    review: str = ""
    """Of a review on a forge: which one."""
    pull_request: str = ""
    importer: str = ""
    """Of a review on a forge: the person who vouches for it."""
    since: "Evidence | None" = None
    """Of an approval on a forge: the first by the same person of exactly this text which nothing
    has ended: whoever only says it again has not said it later."""


@dataclass(frozen=True)
class Slot:
    """One word that is needed."""

    meaning: Meaning
    who: str
    """A role; of `prepared` a person, or empty for anybody; of `translated` a language; of
    `approved` empty for one more person, of whatever role, to reach the quorum."""


@dataclass(frozen=True)
class ApprovalResult:
    """What a text needs and what it has."""

    required: tuple[Slot, ...]
    accepted: Mapping[Slot, Evidence]
    dismissed: tuple[tuple[Evidence, str], ...]
    """Evidence that does not count, with the reason: a label `reason-…`."""
    rejections: tuple[Evidence, ...] = ()
    """Standing rejections by people whose word is needed: each blocks the release."""

    @property
    def missing(self) -> tuple[Slot, ...]:
        """What is still needed."""
        return tuple(slot for slot in self.required if slot not in self.accepted)

    @property
    def sufficient(self) -> bool:
        """Tell whether the text may be released."""
        return not self.missing and not self.rejections


def evaluate(
    needed: Requirement, evidence: Iterable[Evidence], disqualified: Mapping[str, str]
) -> ApprovalResult:
    """Judge the evidence for one text.

    `evidence` is everything said of exactly this content, in the order of landing; `disqualified`
    names persons who have changed the text (person → label), who can say `prepared` but not more.
    """
    evidence = tuple(evidence)
    sound = [each for each in evidence if not each.objection]
    dismissed = [(each, each.objection) for each in evidence if each.objection]
    writers = {
        **disqualified,
        **dict.fromkeys(needed.drafters, "preparer"),
        **{
            person: "preparer"
            for each in sound
            if each.act.meaning is Meaning.PREPARED
            for person in _speakers(each)
        },
    }
    sound = _played(sound, needed, writers)
    # What is not evidence enough to approve is not enough to take a rejection back either.
    newest = {
        each.person: each
        for each in sound
        if each.act.meaning in _STANDS
        and (each.grade in needed.grades or each.act.meaning is Meaning.REJECTED)
    }
    standing: list[Evidence] = []
    for each in sound:
        reason = _objection(each, needed, writers, newest)
        if reason:
            dismissed.append((each, reason))
        elif each.act.meaning is not Meaning.REJECTED:
            standing.append(each)
    required = _slots(needed)
    accepted = dict(_accepted(required, standing, needed, dismissed))
    roles = {*needed.reviewed, *needed.approved}
    return ApprovalResult(
        required=required,
        accepted=accepted,
        dismissed=tuple(dismissed),
        rejections=tuple(
            each
            for each in newest.values()
            if each.act.meaning is Meaning.REJECTED and each.role in roles
        ),
    )


def _played(
    evidence: list[Evidence], needed: Requirement, writers: Mapping[str, str]
) -> list[Evidence]:
    """Return evidence with meaning and role of each click, as this requirement needs them."""
    clicks = {each.person: each.roles for each in evidence if each.roles}
    able = {person: roles for person, roles in clicks.items() if person not in writers}
    parts = casting.cast(able, needed.reviewed, needed.approved)
    return [_as_played(each, needed, parts) if each.roles else each for each in evidence]


def _as_played(each: Evidence, needed: Requirement, parts: Mapping[str, casting.Part]) -> Evidence:
    if each.act.meaning is Meaning.REJECTED:
        roles = (*needed.approved, *needed.reviewed)
        return replace(each, role=next((role for role in roles if role in each.roles), each.role))
    meaning, role = parts.get(each.person, (each.act.meaning, each.role))
    return replace(each, act=replace(each.act, meaning=meaning), role=role)


_STANDS = (Meaning.REVIEWED, Meaning.APPROVED, Meaning.REJECTED)
"""Of these the newest of a person counts, and no other: nobody counts twice."""


def _objection(
    each: Evidence,
    needed: Requirement,
    writers: Mapping[str, str],
    newest: Mapping[str, Evidence],
) -> str:
    meaning = each.act.meaning
    if meaning in (Meaning.REAFFIRM, Meaning.WITHDRAW):
        return "other-meaning"
    if each.grade not in needed.grades:
        return "grade"
    if meaning in SEPARATE:
        for person in _speakers(each):
            if person in writers:
                return writers[person]
        if each.importer in writers:
            return "importer-wrote"
    if meaning in _STANDS and newest[each.person] is not each:
        return "newer"
    return ""


def _slots(needed: Requirement) -> tuple[Slot, ...]:
    prepared = needed.drafters or ("",)
    more = max(needed.quorum - len(needed.approved), 0)
    return (
        *(Slot(Meaning.PREPARED, who) for who in prepared),
        *(Slot(Meaning.REVIEWED, role) for role in needed.reviewed),
        *(Slot(Meaning.APPROVED, role) for role in needed.approved),
        *(Slot(Meaning.APPROVED, f"+{number}") for number in range(1, more + 1)),
    )


def _accepted(
    slots: Iterable[Slot],
    standing: list[Evidence],
    needed: Requirement,
    dismissed: list[tuple[Evidence, str]],
) -> Iterator[tuple[Slot, Evidence]]:
    """Yield the evidence that fills each slot; what fills none is dismissed."""
    free = list(standing)
    heard: set[str] = set()
    reviews: list[Evidence | None] = []
    for slot in slots:
        fitting = [each for each in free if _fills(each, slot, needed)]
        ordered = needed.ordered and slot.meaning is Meaning.APPROVED
        early = [each for each in fitting if ordered and _is_early(each, reviews)]
        others = (each for each in fitting if each not in early)
        found = next((each for each in others if heard.isdisjoint(_speakers(each))), None)
        dismissed += [(each, "order") for each in early]
        free = [each for each in free if each not in (*early, found)]
        if found:
            yield slot, found
        if slot.meaning in SEPARATE:
            heard |= _speakers(found) if found else set()
        if slot.meaning is Meaning.REVIEWED:
            reviews.append(found)
    dismissed += [(each, "not-needed") for each in free if each.act.meaning in SEPARATE]


def _is_early(each: Evidence, reviews: Iterable[Evidence | None]) -> bool:
    """Tell whether an approval landed before all reviews had."""
    return any(review is None or _is_before(each, review.since or review) for review in reviews)


def _is_before(each: Evidence, other: Evidence) -> bool:
    """Tell whether one word came before another; of one import the forge says the order."""
    if each.record == other.record and each.review:
        return each.said < other.said
    return each.landing.number < other.landing.number


def _speakers(each: Evidence) -> set[str]:
    """Return whose word it is: who gave it, and on whose behalf. Neither can give a second one."""
    return {each.person, each.on_behalf_of} - {""}


def have_spoken(roles: Iterable[str], evidence: Iterable[Evidence]) -> bool:
    """Tell whether another person has spoken in each role; a person's newest word counts."""
    newest = {each.person: each for each in evidence}
    heard: set[str] = set()
    for role in roles:
        fitting = (each for each in newest.values() if each.role == role)
        found = next((each for each in fitting if heard.isdisjoint(_speakers(each))), None)
        if found is None:
            return False
        heard |= _speakers(found)
    return True


def _fills(each: Evidence, slot: Slot, needed: Requirement) -> bool:
    if each.act.meaning is not slot.meaning:
        return False
    if slot.meaning is Meaning.PREPARED:
        return slot.who in ("", each.person)
    if slot.who.startswith("+"):
        return each.role in needed.approved
    return each.role == slot.who
