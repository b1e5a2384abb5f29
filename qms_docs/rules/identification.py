"""1xx: a document is identified and has its form (ISO 9001:2015, 7.5.2 a and b)."""

from collections import defaultdict
from collections.abc import Iterator

from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document

_BASIS = "ISO 9001:2015 7.5.2 a"


@rule("QMS101", "unreadable-front-matter", basis=_BASIS)
def front_matter(manual: Manual) -> Iterator[Finding]:
    """A file's front matter cannot be read.

    Why:
        What is not identified is not under control. A text whose front matter is missing, open
        or broken is not taken for a document, and its body is not taken for a rule.
    Bad:
        title: Complaint handling
        ## Purpose
    Good:
        ---
        title: Complaint handling
        ---
        ## Purpose
    """
    return manual.problems_of("QMS101")


@rule("QMS102", "missing-field", basis=_BASIS)
def missing_field(manual: Manual) -> Iterator[Finding]:
    """A field that the front matter must have is missing.

    Why:
        Every document states its identification, title, revision, owner and who must review and
        approve it, so that a reader and an auditor can see it on any page.
    Bad:
        id: CSC-QP-12
        title: Complaint handling
    Good:
        id: CSC-QP-12
        title: Complaint handling
        owner: CSC-RS-10
    """
    return manual.problems_of("QMS102")


@rule("QMS103", "unknown-field", basis=_BASIS)
def unknown_field(manual: Manual) -> Iterator[Finding]:
    """The front matter has a field that is not known.

    Why:
        A misspelt field would be silently without effect. Status, approval dates and names of
        approvers are not typed at all: they follow from the evidence.
    Bad:
        status: approved
    Good:
        effective: on-release
    """
    return manual.problems_of("QMS103")


@rule("QMS104", "wrong-value", basis=_BASIS)
def field_value(manual: Manual) -> Iterator[Finding]:
    """The value of a field is not of the form that the field needs.

    Why:
        A value that is guessed at can mean two things; a date that does not exist means none.
    Bad:
        revision: 1.0
    Good:
        revision: 1
    """
    return manual.problems_of("QMS104")


@rule("QMS105", "duplicate-identification", basis=_BASIS, requires=("QMS101",))
def duplicate(manual: Manual) -> Iterator[Finding]:
    """Two files or register entries have the same identification.

    Why:
        An identification names one document (in one file for each language) or one form, for
        ever. Otherwise nobody knows which of the two is meant.
    Bad:
        procedures/CSC-QP-12.md      id: CSC-QP-12
        procedures/CSC-QP-13.md      id: CSC-QP-12
    Good:
        procedures/CSC-QP-12.md      id: CSC-QP-12
        procedures/CSC-QP-13.md      id: CSC-QP-13
    """
    claims: dict[tuple[str, str, bool], list[Place]] = defaultdict(list)
    for source in manual.sources:
        if source.identification:
            language = str(source.metadata.get("language"))  # as typed: it can be anything
            claims[source.identification, language, False].append(source.place("id"))
    for entry in manual.entries:  # the entry of a template is the same thing as its document
        beside = entry.register in manual.policy.template_registers
        claims[entry.id, manual.policy.master, beside].append(entry.place)
    for (identification, *_), places in claims.items():
        first, *others = sorted(places)
        for place in others:
            yield Finding("QMS105", place, values={"id": identification, "other": str(first)})


@rule("QMS106", "wrong-numbering", basis=_BASIS, requires=("QMS104",))
def numbering(manual: Manual) -> Iterator[Finding]:
    """An identification does not fit the numbering of its type.

    Why:
        The letters tell a reader what kind of document it is; the policy says which letters
        belong to which type.
    Bad:
        id: CSC-WI-12
        type: procedure
    Good:
        id: CSC-QP-12
        type: procedure
    """
    for document in _masters(manual):
        place = document.source.place
        kind = manual.policy.types.get(document.control.type)
        if kind is None:
            known = ", ".join(manual.policy.types)
            values = {"type": document.control.type, "known": known}
            yield Finding("QMS106", place("type"), "type", values)
        elif not manual.policy.identifies(kind, document.id):
            example = f"{manual.policy.prefix}-{kind.code}-01" + ("-01" * bool(kind.numbered_under))
            values = {"id": document.id, "type": kind.key, "example": example}
            yield Finding("QMS106", place("id"), "number", values)
        if document.control.classification not in manual.policy.classifications:
            values = {
                "value": document.control.classification,
                "known": ", ".join(manual.policy.classifications),
            }
            yield Finding("QMS106", place("classification"), "classification", values)


@rule("QMS107", "wrong-place", basis=_BASIS, requires=("QMS105", "QMS106", "QMS113"))
def file_place(manual: Manual) -> Iterator[Finding]:
    """A file does not stand where its identification and type belong.

    Why:
        Whoever looks for a document finds it by its identification, in the folder of its type;
        the name of a translation ends with its language.
    Bad:
        procedures/complaints.md
    Good:
        procedures/CSC-QP-12.md
        procedures/CSC-QP-12.zh-CN.md
    """
    for document in manual.documents:
        kind = manual.policy.types.get(document.control.type)
        if kind is None:
            continue
        name = manual.policy.file_name(document.id, document.language)
        expected = f"{kind.folder}/{name}"
        if document.path != expected:
            yield Finding("QMS107", Place(document.path), values={"expected": expected})


@rule("QMS108", "unfit-translation", basis="ISO 9001:2015 7.5.2 b", requires=("QMS104",))
def translation(manual: Manual) -> Iterator[Finding]:
    """A text and its language do not fit the master and the languages of the manual.

    Why:
        A translation belongs to one revision of one master and carries its identification and
        revision; a reader of either language must be able to rely on reading the same rule.
    Bad:
        id: CSC-QP-12                    (master: revision 3)
        translation_of: {id: CSC-QP-12, revision: 2}
    Good:
        id: CSC-QP-12                    (master: revision 3)
        translation_of: {id: CSC-QP-12, revision: 3}
    """
    yield from manual.problems_of("QMS108")
    for document in manual.documents:
        place = document.source.place
        if document.is_master:
            if document.language != manual.policy.master:
                values = {"language": document.language, "master": manual.policy.master}
                yield Finding("QMS108", place("language"), "master-language", values)
            continue
        if document.language not in manual.policy.translations:
            values = {
                "language": document.language,
                "known": ", ".join(manual.policy.translations) or "–",
            }
            yield Finding("QMS108", place("language"), "language", values)
        yield from _translated_revision(manual, document)


def _translated_revision(manual: Manual, document: Document) -> Iterator[Finding]:
    master = manual.find(document.id)
    if master is None:
        return
    values = {"id": document.id, "master": str(master.revision)}
    if document.translation_of != master.revision:
        found = {**values, "revision": str(document.translation_of)}
        place = document.source.place("translation_of", "revision")
        yield Finding("QMS108", place, "revision", found)
    elif document.revision != master.revision:
        found = {**values, "revision": str(document.revision)}
        yield Finding("QMS108", document.source.place("revision"), "revision", found)


@rule("QMS109", "missing-section", basis="ISO 10013:2021 4", requires=("QMS104", "QMS115"))
def sections(manual: Manual) -> Iterator[Finding]:
    """A section that the type demands is missing or stands in the wrong order.

    Why:
        Documents of one type have one shape (ISO 10013 names the parts), so that readers find
        purpose, duties, activities and records where they expect them.
    Bad:
        ## Records
        ## Purpose
    Good:
        ## Purpose
        ## Records
    """
    for document in manual.documents:
        kind = manual.policy.types.get(document.control.type)
        if kind is None:
            continue
        language = document.language
        names = [section.name for section in kind.sections]
        required = [name[language] for name in names if language in name]
        headings = [heading for heading in document.source.content.headings if heading.level == 2]
        position = 0
        for title in required:
            titles = [heading.text for heading in headings]
            if title not in titles:
                place = Place(document.path, document.source.body_line)
                yield Finding("QMS109", place, "missing", {"section": title})
            elif titles.index(title) < position:
                place = headings[titles.index(title)].place
                yield Finding("QMS109", place, "order", {"section": title})
            else:
                position = titles.index(title)


@rule("QMS110", "heading-level", basis="ISO 9001:2015 7.5.2 b", requires=("QMS101",))
def heading_levels(manual: Manual) -> Iterator[Finding]:
    """A heading skips a level, or is of the level that the title has.

    Why:
        The title is printed from the front matter as the one heading of level 1. Contents,
        bookmarks and screen readers follow the levels of the headings below it.
    Bad:
        # Complaint handling
        #### Time limits
    Good:
        ## Description of activities
        ### Time limits
    """
    for document in manual.documents:
        above = 1
        for heading in document.source.content.headings:
            if heading.level == 1:
                yield Finding("QMS110", heading.place, "top", {"heading": heading.text})
            elif heading.level > above + 1:
                values = {
                    "heading": heading.text,
                    "found": "#" * heading.level,
                    "expected": "#" * (above + 1),
                }
                yield Finding("QMS110", heading.place, "skipped", values)
            above = max(heading.level, 1)


def _masters(manual: Manual) -> Iterator[Document]:
    return (document for document in manual.documents if document.is_master)


RULES = (
    front_matter,
    missing_field,
    unknown_field,
    field_value,
    duplicate,
    numbering,
    file_place,
    translation,
    sections,
    heading_levels,
)
