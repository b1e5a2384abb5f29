"""What whoever adopts the manual must set or confirm before the first release, with its place."""

from collections.abc import Iterator, Mapping

from qms_docs.judge import listing
from qms_docs.text.messages import label
from qms_docs.words.findings import Place
from qms_docs.words.manual import Manual
from qms_docs.words.tables import Table

_COLUMNS = (("place", 44), ("adopter-kind", 20), ("what", 60), ("adopter-now", 60))


def table(manual: Manual, language: str) -> Table:
    """Return everything that is open to the adopter: values, outside texts, words in documents."""
    rows = (
        (place, label(f"adopter-{kind}", language), what, now)
        for kind, place, what, now in (
            *_parameters(manual, language),
            *_external(manual, language),
            *_standards(manual, language),
            *_texts(manual, language),
        )
    )
    return listing.table(manual, language, "adopter", _COLUMNS, rows)


Open = tuple[str, str, str, str]
"""Kind, place, what is to be set, how it stands now."""


def _parameters(manual: Manual, language: str) -> Iterator[Open]:
    for each in (manual.parameters or {}).values():
        if each.adopter:
            title = manual.policy.in_language(each.title, language)
            now = each.quoted(language) or each.quoted(manual.policy.master) or ""
            yield "parameter", _at(each.place), f"{title} ({each.name})", now


def _external(manual: Manual, language: str) -> Iterator[Open]:
    for each in manual.externals.values():
        if not each.is_verified:
            what = listing.named(manual, each.id, language)
            yield "external", _at(each.place), what, _note(manual, each.note, language)


def _standards(manual: Manual, language: str) -> Iterator[Open]:
    """Yield the standards that nobody has compared with their text: these have a note."""
    for each in (manual.standards or {}).values():
        if each.note:
            title = manual.policy.in_language(each.title, language)
            yield "standard", _at(each.places["note"]), title, _note(manual, each.note, language)


def _texts(manual: Manual, language: str) -> Iterator[Open]:
    for document in manual.documents:
        if document is (manual.find(document.id, language) or manual.find(document.id)):
            for box in document.source.content.adopter:
                what = listing.named(manual, document.id, language)
                yield "text", _at(box.place), what, box.text


def _at(place: Place) -> str:
    return f"{place.path}:{place.line}"


def _note(manual: Manual, note: Mapping[str, str], language: str) -> str:
    return manual.policy.in_language(note, language) if note else ""
