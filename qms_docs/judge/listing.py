"""What the views have in common: a table of this manual, and the titles of what stands in it."""

from collections.abc import Iterable, Sequence

from qms_docs.text.messages import label
from qms_docs.words.findings import Place
from qms_docs.words.manual import Manual
from qms_docs.words.tables import Cell, Column, Table

Columns = Sequence[tuple[str, int]]
"""Keys of the columns, which are also keys of their labels, with their widths in a spreadsheet."""


def table(
    manual: Manual,
    language: str,
    title: str,
    columns: Columns,
    rows: Iterable[Iterable[str]],
) -> Table:
    """Return a table under a title, a key of the labels; an empty cell shows a dash."""
    return Table(
        title=label(title, language),
        subtitle=manual.policy.in_language(manual.policy.organisation, language),
        language=language,
        columns=tuple(Column(key, label(key, language), width) for key, width in columns),
        rows=tuple(tuple(Cell(text or "\u2013") for text in row) for row in rows),
    )


def titled(manual: Manual, identification: str, language: str) -> str:
    """Return the title of a document or of an entry of a register; empty if there is neither."""
    document = manual.find(identification, language) or manual.find(identification)
    if document is not None:
        return document.title
    entry = next((each for each in manual.entries if each.id == identification), None)
    return manual.policy.in_language(entry.title, language) if entry else ""


def named(manual: Manual, identification: str, language: str) -> str:
    """Return an identification with its title."""
    return f"{identification} {titled(manual, identification, language)}".rstrip()


def documents_at(manual: Manual, places: Iterable[Place]) -> str:
    """Return the identifications of the documents in which places lie, each once, in order."""
    paths = sorted({place.path for place in places})
    sources = (manual.by_path.get(path) for path in paths)
    names = {source.identification or "" for source in sources if source is not None}
    return ", ".join(sorted(names - {""}))
