"""How far each translation is: what it lacks beside its master, and who vouches for it.

In force a translation is never behind: when a revision takes effect, what translates the one
before is superseded with it. Behind is what stands in the tree and waits for a translator.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from qms_docs.judge import lifecycle, listing, parallel
from qms_docs.judge.parallel import Difference
from qms_docs.text.markdown import outline
from qms_docs.text.messages import label
from qms_docs.words.evidence import Meaning
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.tables import Table

_READ_IN_WORDS = frozenset({"en", "zh"})
"""Languages whose numbers are understood when they are written in words."""
_COLUMNS = (
    ("identification", 16),
    ("title", 40),
    ("language", 10),
    ("translation-state", 28),
    ("master-revision", 12),
    ("revision", 10),
    ("revision-in-force", 12),
    ("translator", 30),
    ("file", 40),
)


class Standing(StrEnum):
    """How a translation stands to the master in the tree."""

    CURRENT = "current"
    DIFFERS = "differs"
    """It is of the same revision and states something else."""
    WORDING = "wording"
    """Behind, and only words of the master have changed since."""
    SUBSTANCE = "substance"
    """Behind in what the master demands; so it is where the older master cannot be read."""
    MISSING = "missing"


def differences(manual: Manual) -> Iterator[tuple[Document, Difference]]:
    """Yield what translations of the master's own revision state otherwise than their masters."""
    address = _addresses(manual)
    for document in manual.documents:
        master = None if document.is_master else manual.find(document.id)
        if master is not None and document.translation_of == master.revision:
            tags = {each.language.split("-")[0] for each in (master, document)}
            found = parallel.differences(
                master.source, document.source, address, tags <= _READ_IN_WORDS
            )
            yield from ((document, each) for each in found)


def _addresses(manual: Manual) -> parallel.Address:
    """Return a function that names a heading by its number: its anchor is in its own language."""

    @cache
    def numbered() -> Mapping[str, Mapping[str, int]]:
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for source in manual.sources:
            for number, heading in enumerate(source.content.headings):
                found[outline.neutral(source.path)].setdefault(heading.anchor, number)
        return found

    def address(target: str) -> str:
        path, mark, anchor = target.partition("#")
        return f"{path}{mark}{numbered().get(path, {}).get(anchor, anchor)}"

    return address


def standing(manual: Manual, master: Document, text: Document | None) -> Standing:
    """Return how a translation stands to its master, apart from what the two state."""
    if text is None:
        return Standing.MISSING
    if text.translation_of == master.revision:
        return Standing.CURRENT
    before = manual.translated.get(text.path)
    if before is None:
        return Standing.SUBSTANCE
    from qms_docs.judge import substance  # here, for what compares texts takes long to load

    return Standing.SUBSTANCE if substance.touched(before, master) else Standing.WORDING


def translations(manual: Manual, language: str) -> Table:
    """Return every document in every language into which the manual is translated."""
    differing = {document.path for document, _ in differences(manual)}
    rows = (
        _row(manual, master, tag, differing, language)
        for master in manual.documents
        if master.is_master
        for tag in manual.policy.translations
    )
    return listing.table(manual, language, "translations-list", _COLUMNS, rows)


def _row(
    manual: Manual, master: Document, tag: str, differing: set[str], language: str
) -> tuple[str, ...]:
    text = manual.find(master.id, tag)
    state = standing(manual, master, text)
    if text and state is Standing.CURRENT and text.path in differing:
        state = Standing.DIFFERS
    return (
        master.id,
        (manual.find(master.id, language) or master).title,
        tag,
        label(f"translation-{state}", language),
        str(master.revision),
        str(text.revision) if text else "",
        _in_force(manual, master.id, tag),
        _translator(manual, text, language),
        text.path if text else "",
    )


def _in_force(manual: Manual, identification: str, tag: str) -> str:
    """Return which revision of a translation is in force; empty for none."""
    if manual.as_of is None:
        return ""
    issue = lifecycle.in_force(manual.released, identification, tag, manual.as_of)
    return str(issue.subject.revision) if issue else ""


def _translator(manual: Manual, text: Document | None, language: str) -> str:
    """Return who vouches for the newest released translation, or who drafts the one in the tree."""
    if text is None:
        return ""
    issue = lifecycle.issue_of(text, manual)
    vouching = (
        [each for each in issue.approvals if each.meaning is Meaning.TRANSLATED] if issue else []
    )
    people = [manual.policy.in_language(each.person, language) for each in vouching]
    return ", ".join(dict.fromkeys(people or text.drafters))
