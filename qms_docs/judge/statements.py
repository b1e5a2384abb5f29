"""What people have stated, as it landed: evidence for each text, verdicts, what was taken back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from qms_docs.judge import approvals, entitlement, requirements
from qms_docs.judge.approvals import Evidence
from qms_docs.judge.controlled import Rules
from qms_docs.text import papersheet
from qms_docs.words.evidence import Act, Grade, Meaning, Paper, Record, Signer, Statement, Subject
from qms_docs.words.history import Landing
from qms_docs.words.issues import Issue, Reaffirmation, Verdict

OF_RELEASED = (Meaning.WITHDRAW, Meaning.REAFFIRM)
"""What is said of a revision that is released, and takes effect without another release."""


@dataclass(frozen=True)
class Moment:
    """A landing and what was in force before it."""

    landing: Landing
    rules: Rules


class Statements:
    """Everything that was stated, and what follows from it at once."""

    def __init__(self) -> None:
        self._sheets: dict[tuple[Paper, Act], dict[str, str]] = defaultdict(dict)
        """What is registered of a sheet: digest of the record → who registered it."""
        self.evidence: dict[Subject, list[Evidence]] = defaultdict(list)
        """In the order of landing, also what does not count, with the reason."""
        self.verdicts: dict[Subject, list[Verdict]] = defaultdict(list)
        self.withdrawn: set[str] = set()
        """Identifications of withdrawn documents."""
        self.taken_back: set[str] = set()
        """Digests of records that are void."""

    def add(
        self,
        record: Record,
        moment: Moment,
        objection: str,
        issues: Mapping[str, list[Issue]],
    ) -> None:
        """Add a statement; `objection` says why it never counts, if it does not."""
        assert isinstance(record.body, Statement)
        for act in record.body.acts:
            evidence = self._evidence(record, act, moment, objection)
            self.evidence[act.subject].append(evidence)
            if not evidence.objection and act.meaning in OF_RELEASED:
                self._decide(evidence, moment, issues)

    def take_back(self, record: Record) -> None:
        """Let a statement no longer count from now on."""
        assert isinstance(record.body, Statement)
        self.taken_back.add(record.digest)
        for act in record.body.acts:
            objections = {**self._left_alone(record, act), record.digest: "void"}
            self.evidence[act.subject] = [
                replace(each, objection=objections[each.record])
                if _bare(each.act) == _bare(act) and each.record in objections
                else each
                for each in self.evidence[act.subject]
            ]

    def reaffirmed(self) -> Mapping[Subject, tuple[Reaffirmation, ...]]:
        """Return who has said of which revision that it still holds."""
        found: dict[Subject, list[Reaffirmation]] = defaultdict(list)
        for subject, evidence in self.evidence.items():
            for each in evidence:
                if each.act.meaning is Meaning.REAFFIRM and not each.objection:
                    found[subject].append(Reaffirmation(each.role, each.landing))
        return {subject: tuple(words) for subject, words in found.items()}

    def _left_alone(self, record: Record, act: Act) -> dict[str, str]:
        """Return what stands against the other registration of a sheet when one is taken back."""
        assert isinstance(record.body, Statement)
        if record.body.paper is None:
            return {}
        sheet = self._sheets[record.body.paper, _bare(act)]
        sheet.pop(record.digest, None)
        return dict.fromkeys(sheet, "one-registrar") if len({*sheet.values()}) == 1 else {}

    def _evidence(self, record: Record, act: Act, moment: Moment, objection: str) -> Evidence:
        assert isinstance(record.body, Statement)
        signer, paper = record.signer, record.body.paper
        if paper:
            objection = objection or self._sheet(paper, act, record, moment)
        return Evidence(
            act=act,
            person=paper.person if paper else signer.person,
            role=paper.role if paper else signer.role,
            on_behalf_of="" if paper else signer.on_behalf_of,
            grade=Grade.PAPER if paper else Grade.SSH,
            landing=moment.landing,
            record=record.digest,
            said=record.said,
            objection=objection,
        )

    def _sheet(self, paper: Paper, act: Act, record: Record, moment: Moment) -> str:
        """Return why a sheet of paper does not count yet: two others must have registered it."""
        registrar = record.signer.person
        objection = sheet_objection(paper, registrar, moment) or sheet_mismatch(paper, record)
        if objection:
            return objection
        sheet = self._sheets[paper, _bare(act)]
        sheet[record.digest] = registrar
        return "" if len({*sheet.values()}) > 1 else "one-registrar"

    def registrars(self, paper: Paper, act: Act) -> frozenset[str]:
        """Return who has registered a sheet so far."""
        return frozenset(self._sheets.get((paper, _bare(act)), {}).values())

    def _decide(
        self, evidence: Evidence, moment: Moment, issues: Mapping[str, list[Issue]]
    ) -> None:
        """Let a withdrawal or a reaffirmation count when all whose word it needs have given it."""
        subject, meaning = evidence.act.subject, evidence.act.meaning
        issue = next((each for each in issues.get(subject.id, ()) if each.subject == subject), None)
        if issue is None or issue.document is None:
            return
        if _is_superseded(issue, issues[subject.id], moment.landing.instant):
            return
        needed = roles_for(meaning, moment.rules, issue)
        given = [
            each
            for each in self.evidence[subject]
            if each.act.meaning is meaning and not each.objection and _follows(each, issue)
        ]
        if needed and approvals.have_spoken(needed, given):
            self.verdicts[subject].append(Verdict(meaning, moment.landing, evidence.record))
            if meaning is Meaning.WITHDRAW:
                self.withdrawn.add(subject.id)


def _is_superseded(issue: Issue, issues: Iterable[Issue], instant: datetime) -> bool:
    """Tell whether a later revision is in force: an old word says nothing about it."""
    revision = issue.subject.revision
    return any(later.subject.revision > revision and later.effective <= instant for later in issues)


def _follows(each: Evidence, issue: Issue) -> bool:
    """Tell whether a word was given when the text was released: what waits is no decision."""
    return each.landing.number > issue.landing.number


def roles_for(meaning: Meaning, rules: Rules, issue: Issue) -> tuple[str, ...]:
    """Return the roles that must withdraw or reaffirm a released document."""
    document = issue.document
    assert document is not None
    if meaning is Meaning.REAFFIRM:
        return (document.control.owner,)
    demand = rules.authority.demand(document.control.type, "major")
    return requirements.named(demand.approved, document) if demand else ()


def ratifiers(rules: Rules, issue: Issue) -> tuple[str, ...]:
    """Return the roles that must ratify a document which took effect by a short path."""
    return requirements.ratifiers(rules.authority, issue.document) if issue.document else ()


def sheet_objection(paper: Paper, registrar: str, moment: Moment) -> str:
    """Return why a person cannot register a sheet of paper at all; empty if they can."""
    person = moment.rules.authority.people.get(paper.person)
    if person is None or not person.holds(paper.role, moment.landing.instant):
        return "sheet-role"
    return "own-sheet" if registrar == paper.person else ""


def sheet_mismatch(paper: Paper, record: Record) -> str:
    """Return why a record registers a sheet for what is not on it; empty if it says the same.

    One from before there were approval sheets names none.
    """
    assert isinstance(record.body, Statement)
    said = papersheet.of(record.manual, record.body.acts)
    return "other-sheet" if paper.sheet not in ("", said.digest) else ""


def _bare(act: Act) -> Act:
    """Return what is said without the remark, which each registrar words alone."""
    return replace(act, comment="")


def evidence_now(act: Act, signer: Signer, moment: Moment, paper: Paper | None = None) -> Evidence:
    """Return what a person's word, signed or on paper, would count for if it landed now.

    Of a sheet of paper: as if a second person registered it too.
    """
    objection = entitlement.role_objection(signer, moment.rules.authority, moment.landing.instant)
    if paper:
        objection = objection or sheet_objection(paper, signer.person, moment)
    return Evidence(
        act=act,
        person=paper.person if paper else signer.person,
        role=paper.role if paper else signer.role,
        on_behalf_of="" if paper else signer.on_behalf_of,
        grade=Grade.PAPER if paper else Grade.SSH,
        landing=moment.landing,
        record="",
        said="",
        objection=objection,
    )
