"""The ledger: what each landing on main has changed in what is released, and what was not in order.

Landings are given in order; each is judged by what was in force before it, so that no change can
grant itself anything. What does not count is kept, with the reason.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC

from qms_docs.judge import (
    admission,
    controlled,
    entitlement,
    releasing,
    requirements,
    tree,
)
from qms_docs.judge.admission import Note
from qms_docs.judge.candidate import Standing
from qms_docs.judge.clicks import Clicks
from qms_docs.judge.controlled import DATA, Rules
from qms_docs.judge.copies import Copies
from qms_docs.judge.landings import Authorship
from qms_docs.judge.releasing import Objection
from qms_docs.judge.statements import Moment, Statements
from qms_docs.judge.tree import Tree
from qms_docs.text import closure, records
from qms_docs.words.evidence import (
    NO_LANGUAGE,
    Copy,
    Genesis,
    Nonconformity,
    Record,
    Release,
    ReleasedText,
    Reviews,
    Statement,
    Subject,
    Void,
)
from qms_docs.words.history import GONE, Arrival, Landing
from qms_docs.words.issues import Chronicle, Issue, Released


class Ledger:
    """What main says at its newest landing."""

    def __init__(self, read_blob: Callable[[str], bytes]) -> None:
        self._read_blob = read_blob
        self._blobs: dict[str, tuple[str, str]] = {}
        self._authorship = Authorship(
            lambda change: tree.identity(change, read_blob),
            lambda change: tree.parts(change, read_blob),
        )
        self._closing: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        """Commit and code of a finding → person and role of those who have dealt with it."""
        self._closed: set[tuple[str, str]] = set()
        self.genesis = ""
        """Digest of the genesis record: the manual's identity. Empty before there is one."""
        self.rules: Rules | None = None
        """What is in force: None before the genesis."""
        self.frozen = False
        """Set to judge what follows by the rules of now, whatever it releases of them."""
        self.line: dict[str, Landing] = {}
        """Every commit of main, in order."""
        self.records: dict[str, Record] = {}
        """Every record of this manual, by its digest."""
        self.statements = Statements()
        self.clicks = Clicks(self.statements.evidence)
        self.copies = Copies()
        self.issues: dict[str, list[Issue]] = defaultdict(list)
        self.notes: list[Note] = []

    # --- what it answers ------------------------------------------------------------------------

    def released(self) -> Released:
        """Return everything that was ever released."""
        verdicts = self.statements.verdicts
        return Released(
            genesis=self.genesis,
            issues={name: tuple(issues) for name, issues in self.issues.items() if issues},
            verdicts={subject: tuple(each) for subject, each in verdicts.items()},
            reaffirmed=self.statements.reaffirmed(),
            copies=self.copies.all(),
            zone=self.rules.zone if self.rules else UTC,
        )

    def chronicle(self) -> Chronicle:
        """Return what readers of the history ask for."""
        return Chronicle(
            released=self.released(),
            findings=tuple(note.finding for note in self.open_notes),
            closed=frozenset(self._closed),
            line=tuple(self.line.values()),
            records=frozenset(self.records),
        )

    def standing(self, landing: Landing, rules: Rules) -> Standing:
        """Return what a release is judged against at a landing, by the rules from before it."""
        return Standing(
            landing=landing,
            tree=self.tree(),
            rules=rules,
            issues=self.issues,
            evidence=self.statements.evidence,
            withdrawn=self.statements.withdrawn,
            changes=self._authorship.of,
        )

    def tree(self) -> Tree:
        """Return the files of the newest landing."""
        return Tree(self._blobs, self._read_blob)

    @property
    def tip(self) -> Landing:
        """The newest landing; there is one as soon as anything has landed."""
        return next(reversed(self.line.values()))

    @property
    def open_notes(self) -> Iterator[Note]:
        """Yield what was not in order and is not closed."""
        return (each for each in self.notes if not self.is_closed(each))

    def is_closed(self, note: Note) -> bool:
        """Tell whether a finding is answered.

        Either its author has taken the record back, or two people, one of whom answers for the
        authority, have recorded how it was dealt with.
        """
        closed = (note.landing.commit, note.finding.code) in self._closed
        return closed or self.is_taken_back(note.record)

    def is_taken_back(self, digest: str) -> bool:
        """Tell whether a record is void."""
        return digest in self.statements.taken_back or digest in self.copies.taken_back

    def answered_by(self, commit: str, code: str) -> Mapping[str, str]:
        """Return who has recorded how a finding was dealt with (person → role)."""
        return self._closing.get((commit, code), {})

    def guardians(self) -> frozenset[str]:
        """Return the roles that answer for the authority."""
        return _guardians(self.rules) if self.rules else frozenset()

    # --- how it grows ---------------------------------------------------------------------------

    def land(self, arrival: Arrival) -> None:
        """Take in the next landing."""
        self.line[arrival.landing.commit] = arrival.landing
        for change in arrival.commit.changes:
            if change.mode == GONE:
                self._blobs.pop(change.path, None)
            else:
                self._blobs[change.path] = (change.mode, change.blob)
        self._authorship.land(arrival)
        found = admission.admit(arrival, self._blobs, self._read_blob)
        self.notes += found.notes
        before = self._before()
        for record, paths in found.records:
            if isinstance(record.body, Genesis):
                self._begin(record, record.body, arrival.landing, min(paths))
            elif before is None or not self._is_ours(record):
                case = "foreign" if before else "none"
                self._note(arrival.landing, "QMS903", min(paths), case)
            elif not self._is_known(record):
                self._take(record, paths, Moment(arrival.landing, before))

    def _before(self) -> Rules | None:
        """Return what decides about a landing: what was in force before it, whatever it brings."""
        return self.rules

    def _is_ours(self, record: Record) -> bool:
        return record.manual == self.genesis

    def _is_known(self, record: Record) -> bool:
        """Tell whether a record has landed before: it counts once, whoever deletes and adds it."""
        return record.digest in self.records

    def _take(self, record: Record, paths: frozenset[str], moment: Moment) -> None:
        """Take in a record of this manual."""
        place, body = min(paths), record.body
        self.records[record.digest] = record
        objection = self._objection(record, place, moment)
        if isinstance(body, Statement):
            self.statements.add(record, moment, objection, self.issues)
        elif isinstance(body, Reviews):
            self.clicks.add(record, moment, objection or self._imported(record, place, moment))
        elif objection:
            return
        elif isinstance(body, Void):
            self._void(record, body, place, moment)
        elif isinstance(body, Nonconformity):
            self._close(record, body, moment.rules)
        elif isinstance(body, Release):
            self._release(record, body, paths, moment)
        elif isinstance(body, Copy):
            for each in self.copies.add(record, moment, self.issues):
                values = {"record": record.digest, **each.values}
                self._note(moment.landing, each.code, place, each.case, **values)

    def _objection(self, record: Record, place: str, moment: Moment) -> str:
        """Return why the signer's word does not count, and note it; empty if it counts."""
        reason, person = entitlement.false_signature(record), record.signer.person
        if reason:
            self._note(moment.landing, "QMS904", place, reason, person=person)
            return "signature"
        reason = entitlement.objection(record, moment.rules.authority, moment.landing.instant)
        if reason:
            values = {"person": person, "role": record.signer.role}
            self._note(moment.landing, "QMS905", place, reason, record=record.digest, **values)
        return reason

    def _imported(self, record: Record, place: str, moment: Moment) -> str:
        """Return why a signer may not vouch for what a forge says, and note it."""
        signer = record.signer
        if signer.role in moment.rules.authority.importers:
            return ""
        values = {"person": signer.person, "role": signer.role}
        self._note(moment.landing, "QMS905", place, "importer", record=record.digest, **values)
        return "importer"

    def _begin(self, record: Record, body: Genesis, landing: Landing, place: str) -> None:
        """Begin the manual: its first authority and policy, by one recorded act."""
        if self._has_begun():
            self._note(landing, "QMS903", place, "second")
            return
        data = {name: self.tree().read(DATA[name]) or b"" for name in controlled.FIRST}
        named = {DATA[name]: closure.of_data(text).text for name, text in data.items()}
        rules = controlled.read(data, [])
        if named != dict(body.content) or rules is None:
            self._note(landing, "QMS903", place, "content")
            return
        reason = entitlement.false_signature(record)
        reason = reason or entitlement.objection(record, rules.authority, landing.instant)
        if reason:
            self._note(landing, "QMS904", place, "genesis", person=record.signer.person)
            return
        self.genesis, self.rules = record.digest, rules
        self.records[record.digest] = record
        for name, text in data.items():
            self._issue_data(name, text, record.digest, landing)

    def _has_begun(self) -> bool:
        return bool(self.genesis)

    def _issue_data(self, name: str, data: bytes, release: str, landing: Landing) -> None:
        found, path = closure.of_data(data), DATA[name]
        subject = Subject(name, NO_LANGUAGE, controlled.revision_of(name, data) or 1, found.digest)
        blob = self.tree().blob(path)
        assert blob is not None
        issue = Issue(
            released=ReleasedText(subject, path, found.text),
            document=None,
            release=release,
            landing=landing,
            effective=landing.instant,
            blob=blob,
        )
        self.issues[name].append(issue)
        self._authorship.released({path: blob})

    def _close(self, record: Record, body: Nonconformity, rules: Rules) -> None:
        """Count a person's word on a finding, by the rules of the moment and not by later ones."""
        finding = (body.commit, body.code)
        signers = self._closing[finding]
        signers[record.signer.person] = record.signer.role
        if len(signers) > 1 and not _guardians(rules).isdisjoint(signers.values()):
            self._closed.add(finding)

    def _void(self, record: Record, body: Void, place: str, moment: Moment) -> None:
        taken = self.records.get(body.record)
        if taken is None or not isinstance(taken.body, Statement | Copy | Reviews):
            self._note(moment.landing, "QMS912", place, "unknown")
        elif not _is_own(record, taken):
            self._note(moment.landing, "QMS912", place, "other", person=taken.signer.person)
        elif isinstance(taken.body, Copy):
            self.copies.take_back(taken, moment)
        elif isinstance(taken.body, Reviews):
            self.statements.taken_back.add(taken.digest)
            self.clicks.take_back(taken)
        else:
            self.statements.take_back(taken)

    def _release(
        self, record: Record, body: Release, paths: frozenset[str], moment: Moment
    ) -> None:
        objections = list(self._whole(record, body, paths, moment.rules))
        issues: list[Issue] = []
        if not objections:
            standing = self.standing(moment.landing, moment.rules)
            issues, objections = releasing.judge(body.texts, standing, record.digest)
        for each in objections:
            self._note(moment.landing, each.code, min(paths), each.case, **each.values)
        for issue in issues:
            self.issues[issue.subject.id].append(issue)
            self._authorship.released(self.tree().contents(issue.released))
        if not self.frozen and {issue.subject.id for issue in issues} & {*controlled.FIRST}:
            newest = {name: self.issues[name][-1].blob for name in controlled.FIRST}
            data = {name: self._read_blob(blob) for name, blob in newest.items()}
            self.rules = controlled.read(data, []) or self.rules

    def _whole(
        self, record: Record, body: Release, paths: frozenset[str], rules: Rules
    ) -> Iterator[Objection]:
        """Yield why a release is not one whole act of somebody who may release."""
        if record.signer.role not in rules.authority.issuers:
            yield Objection("QMS906", "issuer", {"role": record.signer.role})
        missing = sorted(set(records.paths(record)) - paths)
        if missing:
            yield Objection("QMS909", "part", {"missing": ", ".join(missing)})
        unknown = [each for each in body.statements if each not in self.records]
        if unknown:
            yield Objection("QMS906", "statement", {"digest": unknown[0][:12]})

    def _note(
        self, landing: Landing, code: str, path: str, case: str, /, record: str = "", **values: str
    ) -> None:
        self.notes.append(admission.note(landing, code, path, case, record, **values))


def _is_own(record: Record, taken: Record) -> bool:
    return record.signer.person == taken.signer.person


def _guardians(rules: Rules) -> frozenset[str]:
    """Return the roles that answer for the authority."""
    needed = requirements.of_data(rules.authority, "authority")
    return frozenset(needed.approved if needed else ())
