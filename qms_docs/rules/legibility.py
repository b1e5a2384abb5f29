"""1xx, continued: what is written can be read by everybody alike (ISO 9001:2015, 7.5.2 b)."""

from collections.abc import Iterator

from qms_docs.judge import filenames
from qms_docs.rules.registry import rule
from qms_docs.text import lookalikes
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual
from qms_docs.words.paths import same_for_some

_BASIS = "ISO 9001:2015 7.5.2 b"


@rule("QMS112", "misleading-character", basis=_BASIS, requires=("QMS101",))
def misleading_character(manual: Manual) -> Iterator[Finding]:
    """A character does not show, was lost, or makes a word look like another.

    Why:
        Two texts that look the same must be the same. Otherwise a search misses a place, a
        reference leads nowhere, and a reviewer approves what he did not see.
    Bad:
        See CSC-QP-\uff11\uff12.            (wide digits)
    Good:
        See CSC-QP-12.
    """
    yield from manual.problems_of("QMS112")
    for source in manual.sources:
        for found in source.content.lookalikes:
            if manual.policy.is_ours(found.target):
                values = lookalikes.values(found.text)
                yield Finding("QMS112", found.place, "lookalike", values)


@rule("QMS113", "unfit-file-name", basis="ISO 9001:2015 7.5.3.1 a")
def unfit_file_name(manual: Manual) -> Iterator[Finding]:
    """Not every computer can hold a file of this name, or its kind is not recognised.

    Why:
        A controlled document must be there where it is needed. One file with a name that a
        system refuses, and the whole manual cannot be copied to that system.
    Bad:
        procedures/aux.svg
        procedures/what next?.png
    Good:
        procedures/auxiliary.svg
        procedures/what-next.png
    """
    for path in _controlled(manual):
        found = filenames.unfit(path)
        if found:
            yield Finding("QMS113", Place(path), *found)


@rule("QMS114", "colliding-paths", basis="ISO 9001:2015 7.5.3.1 a")
def colliding_paths(manual: Manual) -> Iterator[Finding]:
    """Two paths differ only in capital letters, or in how a character is put together.

    Why:
        Many computers take the two for one: one file replaces the other there without a word,
        or a folder of documents is not seen as one.
    Bad:
        procedures/chart.svg
        procedures/Chart.svg
    Good:
        procedures/chart.svg
        procedures/chart-of-limits.svg
    """
    folders = (kind.folder for kind in manual.policy.types.values())
    for path, part, other in filenames.collisions(_controlled(manual), folders):
        yield Finding("QMS114", Place(path), values={"part": part, "other": other})


@rule("QMS115", "unclosed-block", basis=_BASIS, requires=("QMS101",))
def unclosed_block(manual: Manual) -> Iterator[Finding]:
    """A code block, a note or a warning starts but has no end.

    Why:
        All of the text behind it becomes part of it: sections lose their headings, references
        are no longer looked at, and a rule is printed as an example.
    Bad:
        ::: warning
        Never ask for the password.
        ## Records
    Good:
        ::: warning
        Never ask for the password.
        :::
        ## Records
    """
    for source in manual.sources:
        for block in source.content.unclosed:
            case = "container" if block.target.startswith(":") else "fence"
            yield Finding("QMS115", block.place, case, {"signs": block.target})


@rule("QMS116", "contradictory-policy", basis="ISO 9001:2015 7.5.2")
def contradictory_policy(manual: Manual) -> Iterator[Finding]:
    """The policy says something against itself.

    Why:
        What the policy says decides about every document. Two types with the same letters, or a
        role that can be none, make documents that cannot be in order.
    Bad:
        instruction: {code: WI, numbered_under: procedures}
    Good:
        instruction: {code: WI, numbered_under: procedure}
    """
    return manual.problems_of("QMS116")


@rule("QMS117", "contradictory-authority", basis="ISO 9001:2015 5.3")
def contradictory_authority(manual: Manual) -> Iterator[Finding]:
    """The authority says something against itself.

    Why:
        It decides who may review, approve and release. A key that two people have lets one of
        them speak for the other.
    Bad:
        demo-wei-lan: {keys: [{key: ssh-ed25519 AAAA…1, from: 2026-01-01}]}
        demo-li-hua: {keys: [{key: ssh-ed25519 AAAA…1, from: 2026-01-01}]}
    Good:
        demo-wei-lan: {keys: [{key: ssh-ed25519 AAAA…1, from: 2026-01-01}]}
        demo-li-hua: {keys: [{key: ssh-ed25519 AAAA…2, from: 2026-01-01}]}
    """
    return manual.problems_of("QMS117")


@rule("QMS118", "too-large", basis="ISO 9001:2015 7.5.3.1 a")
def too_large(manual: Manual) -> Iterator[Finding]:
    """A file is too large to be read.

    Why:
        What was not read was not checked, and is not printed: a document, a data file, an image
        or a table above 32 MiB. All else in the manual is checked as usual.
    Bad:
        ![Floor plan](floor-plan.png), a scan of 80 MB
    Good:
        ![Floor plan](floor-plan.png), the same at 300 dots an inch, 2 MB
    """
    return manual.problems_of("QMS118")


def _controlled(manual: Manual) -> Iterator[str]:
    """Yield the paths in folders of documents, however the folders are spelt."""
    folders = {same_for_some(name) for name in manual.policy.document_folders}
    for path in manual.paths:
        if same_for_some(path.split("/", 1)[0]) in folders:
            yield path


RULES = (
    misleading_character,
    unfit_file_name,
    colliding_paths,
    unclosed_block,
    contradictory_policy,
    contradictory_authority,
    too_large,
)
