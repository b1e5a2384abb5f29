"""What people decide: to begin a manual, to state something of a text, to release it."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qms_docs.edges.git import Repository
from qms_docs.judge import approvals, controlled, lifecycle, releasing, requirements, statements
from qms_docs.judge.candidate import Candidate, Standing
from qms_docs.judge.controlled import DATA
from qms_docs.judge.ledger import Ledger
from qms_docs.judge.releasing import Objection
from qms_docs.judge.statements import Moment
from qms_docs.judge.tree import Tree
from qms_docs.text import closure, records
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import (
    NO_LANGUAGE,
    Act,
    Frozen,
    Genesis,
    Meaning,
    Paper,
    Release,
    ReleasedText,
    Signer,
    Statement,
    Subject,
)
from qms_docs.words.findings import Finding, Place
from qms_docs.words.history import Landing
from qms_docs.words.issues import Issue
from qms_docs.words.model import Document
from qms_docs.work import history, signing, workspace
from qms_docs.work.asked import Asked
from qms_docs.work.workspace import UnreadableDataError


def begin(repository: Repository, asked: Asked) -> tuple[Path, ...]:
    """Begin the manual: its first authority and policy, by one recorded act of one person.

    Raises QmsError if it has begun, or if authority or policy is not in order.
    """
    snapshot = repository.work_tree()
    if records.GENESIS_PATH in snapshot.modes:
        raise QmsError("has-begun", path=records.GENESIS_PATH)
    data = {}
    for name in controlled.FIRST:
        if not snapshot.is_file(DATA[name]):
            raise QmsError("nothing-to-begin-with", path=DATA[name])
        data[name] = snapshot.read(DATA[name])
    findings: list[Finding] = []
    rules = controlled.read(data, findings)
    if rules is None:
        raise UnreadableDataError(findings)
    who = signing.hand(rules.authority, asked.key, asked.now)
    demand = requirements.of_data(rules.authority, "authority")
    role = who.role(asked.role, demand.approved if demand else ())
    content = {DATA[name]: closure.of_data(text).text for name, text in data.items()}
    return signing.write(repository, "", who, role, Genesis(content, secrets.token_hex(16)))


@dataclass(frozen=True)
class Case:
    """A manual at the newest commit, with what is asked of it."""

    repository: Repository
    ledger: Ledger
    tree: Tree
    standing: Standing
    paths: dict[str, dict[str, str]]
    """Identification → language → path of each document at the commit."""

    def texts(self, identification: str) -> tuple[ReleasedText, ...]:
        """Return a document, as committed, in all languages of its newest revision, master first.

        Raises QmsError if there is none, or if something that it includes is missing.
        """
        if identification in DATA:
            return (_data(self.tree, identification),)
        paths = self.paths.get(identification)
        if not paths:
            raise QmsError("no-committed-document", id=identification)
        found = self.tree.documents(tuple(paths.values()))
        documents = sorted(found.values(), key=lambda each: not each.is_master)
        if not documents or not documents[0].is_master:
            raise QmsError("broken-document", id=identification)
        revision = documents[0].revision
        return tuple(
            self._text(each)
            for each in documents
            if each.is_master or each.revision == each.translation_of == revision
        )

    def _text(self, document: Document) -> ReleasedText:
        found = self.tree.closure(document)
        if found is None:
            raise QmsError("missing-inclusion", id=document.id, path=document.path)
        subject = Subject(document.id, document.language, document.revision, found.digest)
        frozen = (Frozen(i.kind, i.name, i.sha256, i.where) for i in found.inclusions)
        return ReleasedText(subject, document.path, found.text, tuple(frozen))


def case(repository: Repository, now: datetime | None = None) -> Case:
    """Return the manual as committed, judged as if it landed now; raises QmsError.

    Without `now` at the instant of the newest commit.
    """
    found = signing.begun(history.ledger(repository))
    assert found.rules is not None
    last = found.tip
    landing = Landing(last.number, last.commit, max(now or last.instant, last.instant))
    paths: dict[str, dict[str, str]] = {}
    manual = workspace.load_fronts(repository.commit(last.commit))
    for document in manual.documents:
        paths.setdefault(document.id, {}).setdefault(document.language, document.path)
    return Case(repository, found, found.tree(), found.standing(landing, found.rules), paths)


def _data(tree: Tree, name: str) -> ReleasedText:
    data = tree.read(DATA[name])
    revision = None if data is None else controlled.revision_of(name, data)
    if data is None or revision is None:
        raise QmsError("no-data", path=DATA[name])
    found = closure.of_data(data)
    return ReleasedText(Subject(name, NO_LANGUAGE, revision, found.digest), DATA[name], found.text)


def state(
    asked_case: Case,
    ids: Iterable[str],
    meaning: Meaning,
    asked: Asked,
    comment: str,
    paper: Paper | None = None,
) -> tuple[Path, ...]:
    """Write what a person says of documents: one record, one signature.

    With `paper` somebody else has said it on a sheet, and the person registers that. Raises
    QmsError if the word would not count, with the reason.
    """
    rules = asked_case.standing.rules
    who = signing.hand(rules.authority, asked.key, asked.now)
    put_forward = candidates(asked_case, ids)
    fitting = tuple(role for each in put_forward for role in _fitting(each, meaning))
    role = who.role(asked.role, () if paper else fitting)
    body = Statement(acts_of(put_forward, meaning, comment), paper)
    _refuse_vain(asked_case, body, who, role, asked.on_behalf_of)
    genesis = asked_case.ledger.genesis
    return signing.write(asked_case.repository, genesis, who, role, body, asked.on_behalf_of)


def candidates(asked_case: Case, ids: Iterable[str]) -> tuple[Candidate, ...]:
    """Return documents as they are put forward, each once."""
    names = dict.fromkeys(ids)
    return tuple(Candidate(asked_case.standing, asked_case.texts(name)) for name in names)


def acts_of(
    put_forward: Iterable[Candidate], meaning: Meaning, comment: str = ""
) -> tuple[Act, ...]:
    """Return what is said of documents: of the masters, or of the translations as such."""
    return tuple(act for each in put_forward for act in _acts(each, meaning, comment))


def _acts(candidate: Candidate, meaning: Meaning, comment: str) -> Iterator[Act]:
    master = candidate.master
    assert master is not None
    if meaning is not Meaning.TRANSLATED:
        yield Act(meaning, master.subject, comment=comment)
        return
    translations = [text for text in candidate.texts if text is not master]
    if not translations:
        raise QmsError("no-translation", id=candidate.id)
    for text in translations:
        yield Act(meaning, text.subject, master.subject.content, comment)


def _fitting(candidate: Candidate, meaning: Meaning) -> tuple[str, ...]:
    needed = candidate.requirement
    if needed is None:
        raise QmsError("no-requirement", id=candidate.id)
    match meaning:
        case Meaning.REVIEWED:
            return needed.reviewed
        case Meaning.APPROVED:
            return needed.approved
        case Meaning.REJECTED:
            return (*needed.reviewed, *needed.approved)
        case _:
            return ()


def _refuse_vain(
    asked_case: Case, body: Statement, who: signing.Hand, role: str, behalf: str
) -> None:
    """Raise QmsError if a statement would be dismissed: better now than after the landing."""
    standing = asked_case.standing
    moment = Moment(standing.landing, standing.rules)
    for act in body.acts:
        signer = Signer(who.person.key, role, who.line, behalf)
        evidence = statements.evidence_now(act, signer, moment, body.paper)
        said = asked_case.ledger.statements
        if body.paper and signer.person in said.registrars(body.paper, act):
            raise QmsError("in-vain", reason="one-registrar", id=act.subject.id)
        if evidence.objection:
            raise QmsError("in-vain", reason=evidence.objection, id=act.subject.id)
        if act.meaning not in approvals.SEPARATE:
            continue
        candidate = Candidate(standing, asked_case.texts(act.subject.id))
        needed, master = candidate.requirement, candidate.master
        assert needed is not None
        assert master is not None
        before = standing.evidence.get(act.subject, [])
        result = approvals.evaluate(
            needed, [*before, evidence], candidate.disqualified(master, before)
        )
        for each, reason in result.dismissed:
            if each is evidence:
                raise QmsError("in-vain", reason=reason, id=act.subject.id)


def on_release(
    asked_case: Case, said: Mapping[str, tuple[Meaning, str]], asked: Asked
) -> tuple[Path, ...]:
    """Write a person's word on what is in force: one record, one signature.

    `said` names for each document `withdraw` or `reaffirm`, and a comment. Raises QmsError if a
    word would not count.
    """
    rules = asked_case.standing.rules
    who = signing.hand(rules.authority, asked.key, asked.now)
    acts: list[Act] = []
    fitting: dict[str, tuple[str, ...]] = {}
    for identification, (meaning, comment) in said.items():
        issue = in_force(asked_case, identification)
        acts.append(Act(meaning, issue.subject, comment=comment))
        fitting[identification] = statements.roles_for(meaning, rules, issue)
        if meaning is Meaning.REAFFIRM:
            fitting[identification] += statements.ratifiers(rules, issue)
    role = who.role(asked.role, (role for roles in fitting.values() for role in roles))
    for identification, roles in fitting.items():
        if role not in roles:
            raise QmsError("in-vain", reason="other-role", id=identification)
    body = Statement(tuple(acts))
    _refuse_vain(asked_case, body, who, role, asked.on_behalf_of)
    genesis = asked_case.ledger.genesis
    return signing.write(asked_case.repository, genesis, who, role, body, asked.on_behalf_of)


def in_force(asked_case: Case, identification: str) -> Issue:
    """Return the revision of a document that is in force now; raises QmsError if there is none."""
    master, now = asked_case.standing.master, asked_case.standing.landing.instant
    issue = lifecycle.in_force(asked_case.ledger.released(), identification, master, now)
    if issue is None or issue.document is None:
        raise QmsError("not-in-force", id=identification)
    return issue


def release(
    asked_case: Case, ids: Iterable[str], asked: Asked
) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Release documents, all or none; return the files written, or what is missing."""
    standing = asked_case.standing
    who = signing.hand(standing.rules.authority, asked.key, asked.now)
    role = who.role(asked.role, standing.rules.authority.issuers)
    texts = tuple(
        text for name in dict.fromkeys(ids) for text in wanted(standing, asked_case.texts(name))
    )
    _, objections = releasing.judge(texts, standing, "")
    objections += _used_up(asked_case.tree, texts, objections)
    if role not in standing.rules.authority.issuers:
        objections.insert(0, Objection("QMS906", "issuer", {"role": role}))
    if objections:
        places = {text.subject.id: text.path for text in reversed(texts)}
        return (), tuple(
            Finding(
                each.code, Place(places.get(each.values.get("id", ""), "")), each.case, each.values
            )
            for each in objections
        )
    body = Release(texts, tuple(sorted(_used(standing, texts))))
    genesis = asked_case.ledger.genesis
    files = signing.write(asked_case.repository, genesis, who, role, body, asked.on_behalf_of)
    return files, ()


def _used_up(
    tree: Tree, texts: Iterable[ReleasedText], before: Iterable[Objection]
) -> list[Objection]:
    """Return which revisions have a release that had no effect: a second one would change it."""
    told = {each.values.get("id") for each in before if each.code == "QMS908"}
    found = []
    for text in texts:
        data = tree.read(records.release_path(text.subject))
        if data is not None and text.subject.id not in told:
            values = {"id": text.subject.id, "revision": str(text.subject.revision)}
            digest = closure.of_data(data).text[:12]
            found.append(Objection("QMS908", "used-up", {**values, "record": digest}))
    return found


def members(asked_case: Case, name: str) -> tuple[str, ...]:
    """Return the documents of a change set: those whose change was requested by `name`.

    Raises QmsError if there are none that are not released yet.
    """
    found = []
    for identification in sorted(asked_case.paths):
        master = asked_case.texts(identification)[0]
        last = asked_case.standing.last(identification, master.subject.language)
        document = asked_case.tree.documents((master.path,))[master.path]
        if document.change.request == name and (last is None or last.subject != master.subject):
            found.append(identification)
    if not found:
        raise QmsError("empty-set", name=name)
    return tuple(found)


def wanted(standing: Standing, texts: tuple[ReleasedText, ...]) -> Iterator[ReleasedText]:
    """Yield what is released of a document: no translation that nobody needs or vouches for."""
    candidate = Candidate(standing, texts)
    needed = candidate.requirement
    for text in texts:
        vouched = any(
            each.act.meaning is Meaning.TRANSLATED and not each.objection
            for each in standing.evidence.get(text.subject, [])
        )
        required = needed is not None and text.subject.language in needed.languages
        if text is candidate.master or vouched or required:
            yield text


def _used(standing: Standing, texts: Iterable[ReleasedText]) -> Iterator[str]:
    """Yield the digests of the statements that a release rests on."""
    found = {
        each.record
        for text in texts
        for each in standing.evidence.get(text.subject, [])
        if not each.objection
    }
    yield from found
