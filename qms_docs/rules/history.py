"""9xx: the history of main holds true evidence and nothing else (ISO 9001:2015, 7.5.3.2).

`qms audit` finds these by walking the history; no waiver reaches them.
"""

from collections.abc import Iterator

from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual

_BASIS = "ISO 9001:2015 7.5.3.2"
_APPROVAL = "ISO 9001:2015 7.5.2 c"


@rule("QMS901", "changed-record", basis=_BASIS)
def changed_record(manual: Manual) -> Iterator[Finding]:
    """A record was changed, deleted or left out by a merge.

    Why:
        Records say what people have decided. They are only ever added: what can be taken away
        afterwards proves nothing. The audit goes by the record as it landed first.
    Bad:
        git rm records/statements/ab/ab12….json
    Good:
        A record that is wrong stays, and its author takes it back with a void record.
    """
    return manual.problems_of("QMS901")


@rule("QMS902", "unreadable-record", basis=_BASIS)
def unreadable_record(manual: Manual) -> Iterator[Finding]:
    """A file in records/ is no record, or does not stand where its content belongs.

    Why:
        A record is written by `qms` in exactly one form. What two readers could read differently,
        or what hides among records, is no evidence.
    Bad:
        records/notes.txt
    Good:
        Only files that `qms` has written stand in records/.
    """
    return manual.problems_of("QMS902")


@rule("QMS903", "foreign-record", basis=_BASIS)
def foreign_record(manual: Manual) -> Iterator[Finding]:
    """A record belongs to another manual, or a manual begins twice.

    Why:
        Every record names the genesis record of its manual. Evidence of one manual must not be
        used in another, and nobody may start over to get rid of what was decided.
    Bad:
        A record copied from another repository.
    Good:
        One genesis record, written once by `qms init`.
    """
    return manual.problems_of("QMS903")


@rule("QMS904", "false-signature", basis=_APPROVAL)
def false_signature(manual: Manual) -> Iterator[Finding]:
    """The signature of a record is not what the record claims.

    Why:
        A signature proves that the holder of a key has said exactly this. If it does not verify,
        somebody else wrote the record, or changed it.
    Bad:
        A statement whose text was changed after it was signed.
    Good:
        A statement written by `qms approve` with the person's own key.
    """
    return manual.problems_of("QMS904")


@rule("QMS905", "unentitled-person", basis="ISO 9001:2015 5.3")
def unentitled_person(manual: Manual) -> Iterator[Finding]:
    """A person speaks who could not speak in that role at that time.

    Why:
        The authority in force before the record landed says who holds which role, with which key,
        from when until when. It is the landing on main that counts, not the date in the record.
    Bad:
        An approval signed with a key that has been retired.
    Good:
        An approval by a person who holds the role on the day on which it lands.
    """
    return manual.problems_of("QMS905")


@rule("QMS906", "unsupported-release", basis=_APPROVAL)
def unsupported_release(manual: Manual) -> Iterator[Finding]:
    """A release lacks evidence that it needs, and has no effect.

    Why:
        A document is in force because the right people approved exactly this text, under the
        rules that were in force before, and because somebody entitled to it released it.
    Bad:
        A release of a procedure that its approver has not approved.
    Good:
        `qms release` writes a release only if nothing is missing.
    """
    return manual.problems_of("QMS906")


@rule("QMS907", "mismatched-release", basis=_BASIS)
def mismatched_release(manual: Manual) -> Iterator[Finding]:
    """A release names a text that does not stand on main as it says, and has no effect.

    Why:
        What is released is one exact content. If main holds another when the release lands,
        nobody has approved what readers of the repository see.
    Bad:
        The text was changed between its approval and the landing of the release.
    Good:
        Text, approvals and release land together, or the text first.
    """
    return manual.problems_of("QMS907")


@rule("QMS908", "revision-order", basis="ISO 9001:2015 7.5.3.2 c")
def revision_order(manual: Manual) -> Iterator[Finding]:
    """A release does not bring the next revision, and has no effect.

    Why:
        Revisions count 1, 2, 3. A gap, a repetition or a way back would leave open which text was
        in force, and an identification that was withdrawn is never used again.
    Bad:
        Revision 4 after revision 2.
    Good:
        Revision 3 after revision 2.
    """
    return manual.problems_of("QMS908")


@rule("QMS909", "incomplete-set", basis="ISO 9001:2015 6.3")
def incomplete_set(manual: Manual) -> Iterator[Finding]:
    """A release is not there as a whole, and has no effect.

    Why:
        Documents that change together take effect together or not at all.
    Bad:
        Of a release of two documents only one file was committed.
    Good:
        All files that `qms release` has written land in one commit.
    """
    return manual.problems_of("QMS909")


@rule("QMS910", "broken-anchor", basis=_BASIS)
def broken_anchor(manual: Manual) -> Iterator[Finding]:
    """The history is not the one that was seen before.

    Why:
        A published PDF or manifest names what stood on main then. If that is no longer on the
        line of main, the history was rewritten, and with it perhaps what was decided.
    Bad:
        A force-push that leaves out a release which was published.
    Good:
        Main only ever grows.
    """
    return manual.problems_of("QMS910")


@rule("QMS911", "date-ahead", basis=_BASIS)
def date_ahead(manual: Manual) -> Iterator[Finding]:
    """A commit claims a date that lies in the future.

    Why:
        Nothing takes effect before it lands, and a landing is never earlier than the one before
        it. A date in the future holds up everything that follows.
    Bad:
        A commit dated next year by a computer with a wrong clock.
    Good:
        A commit with the date on which it was made.
    """
    return manual.problems_of("QMS911")


@rule("QMS912", "foreign-void", basis=_BASIS)
def foreign_void(manual: Manual) -> Iterator[Finding]:
    """A void record takes back what is not its author's to take back.

    Why:
        People take back what they have said themselves, and only from then on. What was released
        on good evidence stays released.
    Bad:
        A void record for the approval of somebody else.
    Good:
        A void record for one's own statement that was given by mistake.
    """
    return manual.problems_of("QMS912")


@rule("QMS913", "uncounted-copy", basis="ISO 9001:2015 7.5.3.2 a")
def uncounted_copy(manual: Manual) -> Iterator[Finding]:
    """What is recorded of a controlled copy does not count.

    Why:
        Whoever recalls an obsolete text must know who holds it. So each copy has a number of its
        own, is issued by somebody who may release, and comes back once.
    Bad:
        Two people issue copy 17 of one document in two clones at once.
    Good:
        `qms copy issue` on the newest main; the copy is handed over when its record has landed.
    """
    return manual.problems_of("QMS913")


RULES = (
    changed_record,
    unreadable_record,
    foreign_record,
    false_signature,
    unentitled_person,
    unsupported_release,
    mismatched_release,
    revision_order,
    incomplete_set,
    broken_anchor,
    date_ahead,
    foreign_void,
    uncounted_copy,
)
