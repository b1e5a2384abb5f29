"""5xx: what a document refers to exists (ISO 9001:2015, 7.5.3.1 a and 7.5.3.2)."""

from collections.abc import Iterable, Iterator

from qms_docs.judge import usage
from qms_docs.rules.registry import rule
from qms_docs.text import links
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Reference
from qms_docs.words.paths import SUBMODULE, SYMLINK, same_for_some

_BASIS = "ISO 9001:2015 7.5.3.1 a"


@rule("QMS501", "missing-document", basis=_BASIS)
def missing_document(manual: Manual) -> Iterator[Finding]:
    """A document that is referred to does not exist.

    Why:
        A rule that sends the reader to another rule is only as good as that rule. After a
        document is withdrawn, nothing in force may still send people to it.
    Bad:
        parent: CSC-QM-99
        … as CSC-QP-77 says …
    Good:
        parent: CSC-QM-01
        … as CSC-QP-12 says …
    """
    for source in manual.sources:
        for mention in source.content.mentions:
            ours = manual.policy.is_ours(mention.target)
            if ours and _code(mention.target) not in _register_codes(manual):
                yield from _unknown(manual, "QMS501", mention.target, mention.place)
    for document in manual.documents:
        if not document.is_master:
            continue
        place = document.source.place
        if document.control.parent:
            yield from _unknown(manual, "QMS501", document.control.parent, place("parent"))
        for number, replaced in enumerate(document.control.supersedes):
            yield from _unknown(manual, "QMS501", replaced, place("supersedes", number))


@rule("QMS502", "missing-file", basis=_BASIS)
def missing_file(manual: Manual) -> Iterator[Finding]:
    """A link leads to a file that does not exist.

    Why:
        The reader who follows the link finds nothing and goes on without the rule.
    Bad:
        [Complaint Officer](../manual/roles/CSC-RS-99.md)
    Good:
        [Complaint Officer](../manual/roles/CSC-RS-10.md)
    """
    for link, path in _links(manual):
        if path not in manual.paths and path not in manual.folders:
            yield no_file(manual, "QMS502", link, path, "")


@rule("QMS503", "missing-anchor", basis=_BASIS)
def missing_anchor(manual: Manual) -> Iterator[Finding]:
    """A link leads to a heading that does not exist.

    Why:
        A heading was renamed or removed, and the reader lands at the top of a long text.
    Bad:
        ## Time limits
        … see [the limits](#limits)
    Good:
        ## Time limits
        … see [the limits](#time-limits)
    """
    for link, path in _links(manual):
        anchor, there = links.anchor(link.target), manual.by_path.get(path)
        if anchor and there and there.metadata and anchor not in there.content.anchors:
            near = ", ".join(sorted(there.content.anchors)[:8])
            values = {"anchor": anchor, "file": there.path, "anchors": near or "–"}
            yield Finding("QMS503", link.place, values=values)


@rule("QMS505", "missing-form", basis="ISO 9001:2015 7.5.3.2")
def missing_form(manual: Manual) -> Iterator[Finding]:
    """A form or an external document that is referred to is not in its register.

    Why:
        A record is only evidence if it is known who keeps it, where and how long; an external
        document only if its edition is known.
    Bad:
        records: [CSC-FM-99-01]
    Good:
        records: [CSC-FM-12-01]
    """
    for source in manual.sources:
        for mention in source.content.mentions:
            ours = manual.policy.is_ours(mention.target)
            if ours and _code(mention.target) in manual.registers:
                yield from _unknown(manual, "QMS505", mention.target, mention.place)
    for standard in (manual.standards or {}).values():
        if _code(standard.external) in manual.registers:
            yield from _unknown(manual, "QMS505", standard.external, standard.places["external"])
    for document in manual.documents:
        for number, form in enumerate(document.control.records if document.is_master else ()):
            place = document.source.place("records", number)
            if _code(form) in manual.registers or _code(form) not in _register_codes(manual):
                yield from _unknown(manual, "QMS505", form, place)


@rule("QMS506", "missing-role", basis="ISO 9001:2015 5.3")
def missing_role(manual: Manual) -> Iterator[Finding]:
    """A role that is named has no role sheet.

    Why:
        Whoever must own, review, approve or read a document must exist as a role with duties
        and authority; otherwise nobody does it.
    Bad:
        owner: CSC-RS-99
    Good:
        owner: CSC-RS-10
    """
    if "role" not in manual.policy.types:
        return  # QMS116 says so, once
    for document in manual.documents:
        if document.is_master:
            for role, place in _roles_of(document):
                if role not in manual.roles:
                    yield Finding("QMS506", place, values={"role": role})
    for entry in manual.entries:
        if entry.owner not in manual.roles:
            place = entry.places.get("owner", entry.place)
            yield Finding("QMS506", place, values={"role": entry.owner})
    for role, place in _owners(manual):
        if role not in manual.roles:
            yield Finding("QMS506", place, values={"role": role})


@rule("QMS507", "leaves-the-tree", basis="ISO 9001:2015 7.5.3.1 b")
def leaves_the_tree(manual: Manual) -> Iterator[Finding]:
    """Something in the text leads out of the repository.

    Why:
        What is outside is not under control: it can change unseen after approval, or does not
        exist on another computer. Web addresses may be linked, never included.
    Bad:
        ![Chart](https://example.com/chart.png)
        [Limits](../../other/limits.md)
    Good:
        ![Chart of the escalation](chart.png)
        [The bank's site](https://example.com/)
    """
    for source in manual.sources:
        for image in source.content.images:
            if image.path is None:
                yield Finding("QMS507", image.place, "image", {"target": image.target})
        for link in source.content.links:
            if link.path is None and not links.is_web(link.target):
                yield Finding("QMS507", link.place, "link", {"target": link.target})
        for reference in (*source.content.images, *source.content.links):
            mode = manual.paths.get(reference.path or "")
            if mode in (SYMLINK, SUBMODULE) and not _controlled(manual, reference.path or ""):
                yield Finding("QMS507", reference.place, "through", {"target": reference.target})
    for path, mode in manual.paths.items():
        if mode in (SYMLINK, SUBMODULE) and _controlled(manual, path):
            case = "symlink" if mode == SYMLINK else "submodule"
            yield Finding("QMS507", Place(path), case)


@rule("QMS508", "orphan", basis="ISO 9001:2015 7.5.1", requires=("QMS104", "QMS113", "QMS114"))
def orphan(manual: Manual) -> Iterator[Finding]:
    """Nothing refers to a document, a form, a parameter or a file.

    Why:
        What nobody is sent to is not used and not kept up. A document belongs under another
        (`parent`) or is named by one; a form and an image are used by a document.
    Bad:
        manual/old-chart.svg, included by no document
    Good:
        ![Chart of the escalation](chart.svg)
    """
    used = usage.of_identifications(manual)
    for document in manual.documents:
        top = document.control.type == "manual"
        if document.is_master and not (top or document.control.parent or document.id in used):
            yield Finding("QMS508", document.source.place("id"), "document", {"id": document.id})
    for entry in manual.entries:
        if entry.id not in used:
            yield Finding("QMS508", entry.place, "entry", {"id": entry.id})
    quoted = usage.of_parameters(manual)
    for parameter in (manual.parameters or {}).values():
        if parameter.name not in quoted:
            values = {"name": parameter.name}
            yield Finding("QMS508", parameter.place, "parameter", values)
    files = usage.of_files(manual)
    for path in manual.paths:
        data = path.endswith((".md", ".yaml"))
        if manual.policy.holds_documents(path) and not data and path not in files:
            yield Finding("QMS508", Place(path), "file")


def no_file(manual: Manual, code: str, reference: Reference, path: str, case: str) -> Finding:
    """Say that a file does not exist, and which one does that is spelt nearly alike."""
    values = {"target": reference.target, "file": path}
    there = manual.by_spelling.get(same_for_some(path))
    if there is None:
        return Finding(code, reference.place, case, values)
    return Finding(code, reference.place, "spelling", {**values, "there": there})


def _controlled(manual: Manual, path: str) -> bool:
    """Tell whether a path lies in a folder of documents, is one itself or is a register."""
    registers = (register.file for register in manual.policy.registers)
    named = (*manual.policy.document_folders, *registers)
    return manual.policy.holds_documents(path) or path in named


def _links(manual: Manual) -> Iterator[tuple[Reference, str]]:
    """Yield every link inside the repository with the path it leads to."""
    for source in manual.sources:
        for link in source.content.links:
            if link.path is not None:
                yield link, link.path


def _register_codes(manual: Manual) -> set[str]:
    return {register.code for register in manual.policy.registers}


def _code(identification: str) -> str:
    """Return the letters of an identification that name its kind, `FM` of `CSC-FM-12-01`."""
    return identification.split("-")[1]


def _unknown(manual: Manual, code: str, identification: str, place: Place) -> Iterator[Finding]:
    known = identification in manual.identifications or identification in manual.released.issues
    if not known:  # what was released and is gone or obsolete, the rules 4xx tell
        yield Finding(code, place, values={"id": identification})


def _owners(manual: Manual) -> Iterator[tuple[str, Place]]:
    """Yield who owns parameters and terms."""
    for parameter in (manual.parameters or {}).values():
        yield parameter.owner, parameter.places["owner"]
    for term in manual.glossary or ():
        yield term.owner, term.places["owner",]


def _roles_of(document: Document) -> Iterable[tuple[str, Place]]:
    place, control = document.source.place, document.control
    yield control.owner, place("owner")
    for field, roles in (("reviewers", control.reviewers), ("approvers", control.approvers)):
        for number, role in enumerate(roles):
            yield role, place(field, number)
    for number, role in enumerate(control.distribution.roles):
        yield role, place("distribution", "roles", number)


RULES = (
    missing_document,
    missing_file,
    missing_anchor,
    missing_form,
    missing_role,
    leaves_the_tree,
    orphan,
)
