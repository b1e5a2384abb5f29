"""3xx: who writes, reviews and approves is known and can do so (ISO 9001:2015, 5.3).

No waiver reaches these.
"""

from collections.abc import Iterator

from qms_docs.judge import lifecycle, requirements, waiving
from qms_docs.judge.controlled import DATA
from qms_docs.rules.registry import rule
from qms_docs.text import messages
from qms_docs.words.authority import Authority
from qms_docs.words.findings import Finding, Place
from qms_docs.words.issues import Issue
from qms_docs.words.manual import DataFile, Manual
from qms_docs.words.model import Document

_BASIS = "ISO 9001:2015 5.3"


@rule("QMS301", "unknown-drafter", basis=_BASIS, requires=("QMS104",))
def unknown_drafter(manual: Manual) -> Iterator[Finding]:
    """A drafter who is named is nobody whom the authority knows.

    Why:
        Every drafter who is named must say that they have prepared the text, and may then not
        approve it. Nobody can speak for a name that the authority does not have.
    Bad:
        drafters: [Li Na]
    Good:
        drafters: [demo-li-na]
    """
    authority = manual.released.authority
    if authority is None:
        return
    for document in manual.documents:
        if lifecycle.issue_of(document, manual) is None:
            for number, name in enumerate(document.drafters):
                if name not in authority.people:
                    place = document.source.place("drafters", number)
                    yield Finding("QMS301", place, values={"person": name})


@rule("QMS302", "unraised-data", basis="ISO 9001:2015 7.5.3.2 c")
def unraised_data(manual: Manual) -> Iterator[Finding]:
    """Authority, policy or waivers differ from what is released and have not its next revision.

    Why:
        They decide what counts. What stands in the tree has no force until it is approved and
        released: until then the released one decides, also about this change.
    Bad:
        revision: 3         (released: revision 3, with another content)
    Good:
        revision: 4
    """
    if manual.as_of is None or not manual.released.genesis:
        return
    for name, path in DATA.items():
        issues = [
            issue
            for issue in manual.released.issues.get(name, ())
            if issue.landing.instant <= manual.as_of
        ]
        last, file = issues[-1] if issues else None, manual.data.get(name)
        if file is None:
            if last and path not in manual.paths:
                yield Finding("QMS302", Place(path), "gone", {"id": name})
        else:
            yield from _numbered(name, file, last)


@rule("QMS303", "unfit-waiver", basis="ISO 9001:2015 8.7", requires=("QMS104",))
def unfit_waiver(manual: Manual) -> Iterator[Finding]:
    """A waiver cannot be, is over, or accepts nothing.

    Why:
        A waiver is a decision to live with one finding in one document for a time. What proves
        evidence is never waived, and a waiver that is left behind would hide the next finding.
    Bad:
        - {code: QMS301, document: CSC-QP-12, …}
    Good:
        - {code: QMS401, document: CSC-QP-12, …, expires: 2027-06-30}
    """
    documents = {*manual.identifications, *manual.released.issues}
    for waiver in manual.waivers:
        values = {
            "code": waiver.code,
            "id": waiver.document,
            "date": waiver.expires.isoformat(),
        }
        if waiver.code not in messages.catalogue("en"):  # which has a table for every rule
            yield Finding("QMS303", waiver.place, "code", values)
        elif not waiving.waivable(waiver.code):
            yield Finding("QMS303", waiver.place, "family", values)
        elif waiver.document not in documents:
            yield Finding("QMS303", waiver.place, "document", values)
        elif waiving.is_over(waiver, manual):
            yield Finding("QMS303", waiver.place, "over", values)


@rule("QMS305", "vacant-role", basis=_BASIS, requires=("QMS104", "QMS506"))
def vacant_role(manual: Manual) -> Iterator[Finding]:
    """Nobody holds a role whose word a draft needs, or the authority says nothing about it.

    Why:
        The text could be written and never take effect. The authority in force says today who
        holds which role.
    Bad:
        approvers: [CSC-RS-01]      (nobody holds CSC-RS-01 any more)
    Good:
        A revision of manual/authority.yaml gives the role to somebody, and is released.
    """
    authority, as_of = manual.released.authority, manual.as_of
    if authority is None or as_of is None:
        return
    held = {
        tenure.role
        for person in authority.people.values()
        for tenure in person.tenures
        if tenure.span.holds(as_of)
    }
    for document in manual.documents:
        if document.is_master and lifecycle.issue_of(document, manual) is None:
            yield from _vacant(document, authority, held)


def _numbered(name: str, file: DataFile, last: Issue | None) -> Iterator[Finding]:
    """Yield a finding if a file is another than the released one and not its next revision."""
    released = last.subject.revision if last else 0
    same = last is not None and file.content == last.subject.content
    if not same and file.revision != released + 1:
        case = "same" if file.revision == released else "skipped"
        values = {"id": name, "revision": str(file.revision), "wanted": str(released + 1)}
        yield Finding("QMS302", file.place, case, values)


def _vacant(document: Document, authority: Authority, held: set[str]) -> Iterator[Finding]:
    needed = requirements.requirement(authority, [document], document.change.grade)
    place = document.source.place
    if needed is None:
        values = {"type": document.control.type, "class": document.change.grade}
        yield Finding("QMS305", place("type"), "nothing", values)
        return
    for role in dict.fromkeys((*needed.reviewed, *needed.approved)):
        if role not in held:
            yield Finding("QMS305", _stated(document, role), "nobody", {"role": role})


def _stated(document: Document, role: str) -> Place:
    """Return where a document names a role, or its type, by which the authority demands it."""
    control, place = document.control, document.source.place
    for field in ("approvers", "reviewers"):
        named = getattr(control, field)
        if role in named:
            return place(field, named.index(role))
    return place("owner") if role == control.owner else place("type")


RULES = (unknown_drafter, unraised_data, unfit_waiver, vacant_role)
