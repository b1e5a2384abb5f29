"""2xx: a change is a revision of its own, and says what it is (ISO 9001:2015, 7.5.3.2 c)."""

from collections.abc import Iterator

from qms_docs.judge import lifecycle
from qms_docs.rules.registry import rule
from qms_docs.text import closure
from qms_docs.text.closure import Inclusion
from qms_docs.words.evidence import Frozen
from qms_docs.words.findings import Finding
from qms_docs.words.issues import Issue
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document

_BASIS = "ISO 9001:2015 7.5.3.2 c"
_MOST = 10
"""So many differences of one document are told; more help nobody."""


@rule("QMS201", "changed-without-revision", basis=_BASIS, requires=("QMS104", "QMS105"))
def changed_without_revision(manual: Manual) -> Iterator[Finding]:
    """A text differs from its released revision but has the same number.

    Why:
        Two texts with one number cannot be told apart, and the approval was given for one of them.
        An image, an included table and a quoted value belong to the text. What is in force is the
        released text, whatever stands in the tree.
    Bad:
        revision: 3     (in force: revision 3, with another text)
    Good:
        revision: 4
    """
    for document, issue in _changed(manual):
        if issue and document.revision == issue.subject.revision:
            same = closure.of_data(document.source.data).text == issue.released.text
            case = "inclusion" if same else "words"
            values = {"id": document.id, "revision": str(document.revision)}
            yield Finding("QMS201", document.source.place("revision"), case, values)


@rule("QMS202", "revision-number", basis=_BASIS, requires=("QMS104", "QMS105", "QMS108"))
def revision_number(manual: Manual) -> Iterator[Finding]:
    """The revision is not the one that follows the newest released one.

    Why:
        Revisions count 1, 2, 3. A gap, a repetition or a way back would leave open which text was
        in force. A release of such a revision is refused.
    Bad:
        revision: 5     (released: revision 3)
    Good:
        revision: 4
    """
    if not manual.released.genesis:
        return
    for document, issue in _changed(manual):
        last = issue.subject.revision if issue else 0
        case = ""
        if document.revision < last:
            case = "lowered"
        elif document.is_master and document.revision > last + 1:
            case = "skipped"
        if case:
            values = {
                "id": document.id,
                "revision": str(document.revision),
                "wanted": str(last + 1),
            }
            yield Finding("QMS202", document.source.place("revision"), case, values)


@rule("QMS203", "misused-class", basis="ISO 9001:2015 8.5.6", requires=("QMS201", "QMS202"))
def misused_class(manual: Manual) -> Iterator[Finding]:
    """A change that calls itself editorial touches what the text demands.

    Why:
        An editorial change needs fewer approvals, because it changes how something is said and
        not what. Numbers, times, roles, words of duty, records, images and control data are what.
        Evidence is judged by what the change is and not by what it is called.
    Bad:
        class: editorial    (15 days become 20 days)
    Good:
        class: minor        (15 days become 20 days)
    """
    for document in manual.documents:
        found = manual.predecessors.get(document.path)
        if found is None:
            continue
        # Here, for most manuals have none, and what compares them takes long to load.
        from qms_docs.judge import substance

        touched = substance.touched(
            found.document, document, _inclusions(found.included), _inclusions(found.includes)
        )
        for each in touched[:_MOST]:
            values = {
                "touched": each.kind,
                "before": each.before or "–",
                "after": each.after or "–",
            }
            yield Finding("QMS203", each.place, values=values)


@rule("QMS204", "old-description", basis=_BASIS, requires=("QMS201", "QMS202"))
def old_description(manual: Manual) -> Iterator[Finding]:
    """The description of the change is still that of the revision before.

    Why:
        Reviewers and readers learn from it what is new. It is printed on the page and kept in the
        revision history for good.
    Bad:
        revision: 4
        change: {summary: The text of revision 3's change}
    Good:
        revision: 4
        change: {summary: The answer is due within 20 days.}
    """
    for document, issue in _changed(manual):
        before = issue.document if issue else None
        if before and document.revision > before.revision:
            same = document.change.summary.split() == before.change.summary.split()
            if same:
                place = document.source.place("change", "summary")
                values = {"id": document.id, "revision": str(before.revision)}
                yield Finding("QMS204", place, values=values)


def _changed(manual: Manual) -> Iterator[tuple[Document, Issue | None]]:
    """Yield each text that is not released as it stands, with its newest released revision."""
    for document in manual.documents:
        issue = lifecycle.newest(manual, document.id, document.language)
        content = manual.contents.get(document.path)
        is_same = issue is not None and (
            content in (None, issue.subject.content) and document.revision == issue.subject.revision
        )
        if not is_same:
            yield document, issue


def _inclusions(frozen: tuple[Frozen, ...]) -> tuple[Inclusion, ...]:
    return tuple(Inclusion(each.kind, each.name, each.sha256, each.where) for each in frozen)


RULES = (changed_without_revision, revision_number, misused_class, old_description)
