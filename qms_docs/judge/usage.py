"""Who refers to whom: the one answer for the orphan rule and for "where used"."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qms_docs.judge import naming
from qms_docs.text import markdown
from qms_docs.words.findings import Place
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Source
from qms_docs.words.rows import Kind


@dataclass(frozen=True)
class Assessed:
    """Something that people are assessed by."""

    words: str
    place: Place


def of_identifications(manual: Manual) -> Mapping[str, Sequence[Place]]:
    """Return for every identification the places of other documents that refer to it, unsorted."""
    used: dict[str, list[Place]] = defaultdict(list)
    for source in manual.sources:
        for identification, place in _named(manual, source):
            if identification != source.identification:
                used[identification].append(place)
    for document in manual.documents:
        if document.is_master:
            for identification, place in _declared(document):
                if identification != document.id:
                    used[identification].append(place)
    for parameter in (manual.parameters or {}).values():
        for identification in (parameter.owner, *mentioned(parameter.source)):
            used[identification].append(parameter.place)
    return dict(used)


def mentioned(words: str) -> tuple[str, ...]:
    """Return the identifications that stand in words which are no Markdown."""
    return tuple(markdown.IDENTIFICATION.findall(words))


def of_parameters(manual: Manual) -> Mapping[str, tuple[Place, ...]]:
    """Return for every parameter that is quoted the places where it is."""
    quoted: dict[str, list[Place]] = defaultdict(list)
    for source in manual.sources:
        for quote in source.content.quotes:
            quoted[quote.target].append(quote.place)
    return {name: tuple(places) for name, places in quoted.items()}


def of_files(manual: Manual) -> frozenset[str]:
    """Return the paths of all files that a document includes or links."""
    return frozenset(
        reference.path
        for source in manual.sources
        for reference in (*source.content.images, *source.content.links)
        if reference.path and reference.path != source.path
    )


def of_rules(manual: Manual, identification: str, language: str) -> tuple[Assessed, ...]:
    """Return what people are assessed by because a document or an objective asks for it.

    In the words of a language, or of the master where there is no text in it.
    """
    return tuple(
        Assessed(row["item"].text, row.place)
        for master in manual.documents
        if master.is_master
        for source in [(manual.find(master.id, language) or master).source]
        for row in manual.rows(source, Kind.ASSESSMENTS)
        if identification in naming.linked(manual, source, row["basis"])
        or identification in naming.identifications(row["basis"])
    )


def _named(manual: Manual, source: Source) -> Iterator[tuple[str, Place]]:
    for mention in source.content.mentions:
        yield mention.target, mention.place
    for link in source.content.links:
        target = manual.by_path.get(link.path or "")
        if target is not None and target.identification:
            yield target.identification, link.place


def _declared(document: Document) -> Iterator[tuple[str, Place]]:
    control, place = document.control, document.source.place
    yield control.owner, place("owner")
    if control.parent:
        yield control.parent, place("parent")
    for field in ("reviewers", "approvers", "records", "supersedes"):
        for number, identification in enumerate(getattr(control, field)):
            yield identification, place(field, number)
    for number, role in enumerate(control.distribution.roles):
        yield role, place("distribution", "roles", number)
