"""The reviews of pull requests, as an importer's record lands: which of them count.

A forge knows accounts; whose they are, the released authority says. Only what a person clicked
last counts, in whatever order their clicks come to main, and a click counts once.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qms_docs.judge.approvals import Evidence
from qms_docs.judge.controlled import DATA
from qms_docs.judge.statements import Moment
from qms_docs.words.authority import Person
from qms_docs.words.evidence import (
    Act,
    ForgeReview,
    Grade,
    Meaning,
    Record,
    Reviews,
    ReviewState,
    Subject,
)

_MEANINGS = {
    ReviewState.APPROVED: Meaning.APPROVED,
    ReviewState.DISMISSED: Meaning.APPROVED,
    ReviewState.CHANGES_REQUESTED: Meaning.REJECTED,
}
"""States that say something of a text; of a dismissed review nobody knows what it said."""
_STANDS = (Meaning.REVIEWED, Meaning.APPROVED, Meaning.REJECTED)
_When = tuple[str, int]
"""When a review was submitted, and its number: what orders them."""


@dataclass(frozen=True)
class _Click:
    """A review in its record, with the person whose it is."""

    record: Record
    body: Reviews
    review: ForgeReview
    person: Person | None
    moment: Moment

    @property
    def place(self) -> str:
        return f"{self._origin}/{self.body.number}"

    @property
    def name(self) -> str:
        """The review, whichever pull request a record says that it belongs to."""
        return f"{self._origin}/{self.review.review}"

    @property
    def _origin(self) -> str:
        parts = (self.body.forge, self.body.host, str(self.body.repository))
        return "/".join(filter(None, parts))

    @property
    def when(self) -> _When:
        return self.review.submitted, self.review.review

    @property
    def facts(self) -> tuple[int, int, str, str]:
        review = self.review
        return self.body.number, review.account, review.commit, review.submitted

    @property
    def who(self) -> str:
        return self.person.key if self.person else f"{self.body.forge}:{self.review.account}"

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that the person holds when it lands."""
        instant = self.moment.landing.instant
        tenures = self.person.tenures if self.person else ()
        return tuple(dict.fromkeys(each.role for each in tenures if each.span.holds(instant)))


class Clicks:
    """All reviews that were imported, and what they count for."""

    def __init__(self, evidence: dict[Subject, list[Evidence]]) -> None:
        """Begin with nothing; what counts, and what does not, is added to `evidence`."""
        self._evidence = evidence
        self._told: dict[str, tuple[int, int, str, str]] = {}
        """Review → pull request, account, commit and instant, as they were first told."""
        self._newest: dict[tuple[str, str], _When] = {}
        """Pull request and person → the newest review that says something, or did."""
        self._spoken: dict[tuple[str, str], _When] = {}
        """The same without what was dismissed, by which nobody takes a rejection back."""
        self._texts: dict[str, set[Subject]] = defaultdict(set)
        """Pull request, and review → the texts of which it says something."""
        self._dismissed: set[str] = set()
        self._rejected: set[str] = set()
        """Reviews of which it was said once that they ask for changes: none becomes an approval."""
        self._sent_back: dict[tuple[str, str], _When] = {}
        """Pull request and person → the newest request for changes."""
        self._void: set[str] = set()
        """Records that were taken back."""

    def add(self, record: Record, moment: Moment, objection: str) -> None:
        """Add all reviews of a record; `objection` says why none of them counts, if so."""
        clicks = list(_clicks(record, moment))
        for click in clicks:
            if not objection and _is_ours(click):
                self._note(click)
        for click in clicks:
            self._keep(click, objection or self._objection(click))

    def would_add(self, record: Record, moment: Moment) -> bool:
        """Tell whether a review in a record would count if it landed now, and does not yet."""
        for click in _clicks(record, moment):
            if not self._objection(click):
                for subject in click.review.subjects:
                    said = self._evidence.get(subject, [])
                    counts = "" in _reasons(click, said)
                    if not counts and not _of_text(click, subject, said):
                        return True
        return False

    def take_back(self, record: Record) -> None:
        """Let the approvals of a record no longer count; a rejection only its author lifts."""
        self._void.add(record.digest)
        for subject in _subjects(record):
            self._evidence[subject] = [
                replace(each, objection=each.objection or "import-void")
                if each.record == record.digest and each.act.meaning is not Meaning.REJECTED
                else self._unended(each)
                for each in self._evidence[subject]
            ]

    def _note(self, click: _Click) -> None:
        """Remember what is newest of a person; older approvals of theirs end with it."""
        self._told.setdefault(click.name, click.facts)
        if click.review.state is ReviewState.DISMISSED:
            self._dismissed.add(click.name)
        key = (click.place, click.who)
        if click.review.state is ReviewState.CHANGES_REQUESTED:
            self._rejected.add(click.name)
            self._sent_back[key] = max(click.when, self._sent_back.get(key, click.when))
        self._newest[key] = max(click.when, self._newest.get(key, click.when))
        if click.review.state is not ReviewState.DISMISSED:
            self._spoken[key] = max(click.when, self._spoken.get(key, click.when))
        for subject in self._texts[click.place] | self._texts[click.name]:
            evidence = self._evidence[subject]
            self._evidence[subject] = [self._renewed(each, click) for each in evidence]
        for name in (click.place, click.name):
            self._texts[name].update(click.review.subjects)

    def _renewed(self, each: Evidence, click: _Click) -> Evidence:
        """Return earlier evidence as it stands after a click: dismissed, outdated or unchanged."""
        each = self._unended(each)
        if each.objection or each.act.meaning is Meaning.REJECTED or not each.review:
            return each
        if each.review in self._dismissed:
            return replace(each, objection="dismissed")
        if each.review in self._rejected:
            return replace(each, objection="elsewhere")
        is_same = (each.pull_request, each.person) == (click.place, click.who)
        return replace(each, objection="newer") if is_same and _when(each) < click.when else each

    def _objection(self, click: _Click) -> str:
        """Return why a review does not count; empty if it does.

        What contradicts an earlier record approves nothing; that it rejects is believed.
        """
        if not _is_ours(click):
            return "repository"
        review, is_rejection = click.review, click.review.state is ReviewState.CHANGES_REQUESTED
        if not is_rejection and click.name in self._dismissed:
            return "dismissed"
        is_other = self._told.get(click.name, click.facts) != click.facts
        if not is_rejection and (is_other or click.name in self._rejected):
            return "elsewhere"
        if review.reason and review.reason != "newer":
            return review.reason
        if click.person is None:
            return "account"
        if not click.roles:
            return "role"
        newest = self._spoken if is_rejection else self._newest
        if click.when < newest.get((click.place, click.who), click.when):
            return "newer"
        return "" if is_rejection else self._separation(click)

    def _separation(self, click: _Click) -> str:
        """Return why somebody cannot approve: they opened the pull request, or wrote on it."""
        authority, body = click.moment.rules.authority, click.body
        for label, accounts in (("opener", (body.opener,)), ("forge-author", body.authors)):
            holders = (authority.holder(body.forge, account) for account in accounts)
            if any(each and each.key == click.who for each in holders):
                return label
        return ""

    def _keep(self, click: _Click, objection: str) -> None:
        """Keep a review as evidence of each text that it was given for, once."""
        meaning = _MEANINGS[click.review.state]
        for subject in click.review.subjects:
            said = self._evidence[subject]
            reason = objection or _of_text(click, subject, said)
            if _reasons(click, said) & {"", reason}:
                continue
            found = _evidence(click, Act(meaning, subject), reason)
            said.append(replace(found, since=self._since(click, said)))

    def _since(self, click: _Click, said: list[Evidence]) -> Evidence | None:
        """Return the first approval of a text by a person, if they have not sent it back since."""
        if click.review.state is not ReviewState.APPROVED:
            return None
        own = [each for each in said if each.person == click.who]
        rejected = (_instant(each) for each in own if each.act.meaning is Meaning.REJECTED)
        ended = max(rejected, default="")
        before = self._sent_back.get((click.place, click.who), ("", 0))
        earlier = (
            each
            for each in own
            if each.pull_request == click.place
            and each.act.meaning is Meaning.APPROVED
            and each.objection in ("", "newer")
            and not self._is_ended(each)
            and max(before, (ended, 0)) < _when(each) < click.when
        )
        return min(earlier, key=_when, default=None)

    def _is_ended(self, each: Evidence) -> bool:
        """Tell whether a review was dismissed, or its import taken back."""
        return each.review in self._dismissed or each.record in self._void

    def _unended(self, each: Evidence) -> Evidence:
        """Return evidence that goes on from none that was ended."""
        is_ended = each.since is not None and self._is_ended(each.since)
        return replace(each, since=None) if is_ended else each


def _clicks(record: Record, moment: Moment) -> Iterator[_Click]:
    """Yield the reviews of a record that say something, in order."""
    body = record.body
    assert isinstance(body, Reviews)
    for each in sorted(body.reviews, key=lambda each: (each.submitted, each.review)):
        if each.state in _MEANINGS:
            person = moment.rules.authority.holder(body.forge, each.account)
            yield _Click(record, body, each, person, moment)


def _reasons(click: _Click, said: list[Evidence]) -> set[str]:
    """Return why what is kept of a click does not count; an empty reason if it does."""
    meaning = _MEANINGS[click.review.state]
    return {e.objection for e in said if (e.review, e.act.meaning) == (click.name, meaning)}


def _is_ours(click: _Click) -> bool:
    """Tell whether the authority counts pull requests of the repository."""
    body = click.body
    return click.moment.rules.authority.counts(body.forge, body.host, body.repository)


def _of_text(click: _Click, subject: Subject, said: list[Evidence]) -> str:
    """Return why a review does not count for one text.

    An approval that is older than another word of the person's which has landed does not take its
    place: neither of a rejection nor of a signature, which is worth more.
    """
    if subject.id in DATA:
        return "grade"
    words = (
        each
        for each in said
        if each.act.meaning in _STANDS and each.person == click.who and not each.objection
    )
    is_older = any(_instant(each) > click.review.submitted for each in words)
    return "newer" if is_older and _MEANINGS[click.review.state] is Meaning.APPROVED else ""


def _when(each: Evidence) -> _When:
    """Return what orders a review that was kept."""
    return each.said, int(each.review.rpartition("/")[2])


def _instant(each: Evidence) -> str:
    """Return when something was said: of what a person signed, when it landed at the latest."""
    return each.said if each.review else each.landing.instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _evidence(click: _Click, act: Act, objection: str) -> Evidence:
    roles = click.roles
    return Evidence(
        act=act,
        person=click.who,
        role=roles[0] if roles else "–",
        on_behalf_of="",
        grade=Grade.FORGE,
        landing=click.moment.landing,
        record=click.record.digest,
        said=click.review.submitted,
        objection=objection,
        roles=roles,
        review=click.name,
        pull_request=click.place,
        importer=click.record.signer.person,
    )


def _subjects(record: Record) -> Iterator[Subject]:
    assert isinstance(record.body, Reviews)
    yield from {subject for each in record.body.reviews for subject in each.subjects}
