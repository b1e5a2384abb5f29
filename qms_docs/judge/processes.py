"""The processes of a manual, with what each needs and gives (ISO 9001:2015, 4.4.1)."""

from collections.abc import Iterator

from qms_docs.judge import flows, register
from qms_docs.judge.flows import Flow
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.rows import Kind
from qms_docs.words.tables import Cell, Column, Table

_COLUMNS = (
    ("identification", 16),
    ("process", 40),
    ("owner", 30),
    ("inputs", 48),
    ("outputs", 48),
    ("records", 40),
)


def processes(manual: Manual, language: str) -> Table:
    """Return every document that states inputs or outputs, with its owner and its records."""
    titles = {entry.id: entry.title for entry in manual.entries}

    def record(form: str) -> str:
        title = titles.get(form)
        return f"{form} {manual.policy.in_language(title, language)}" if title else form

    def rows() -> Iterator[tuple[Cell, ...]]:
        for master in flows.processes(manual):
            text = manual.find(master.id, language) or master
            stated = tuple(flows.flows(manual, text))
            yield (
                Cell(master.id),
                Cell(text.title),
                Cell(register.role_name(manual, master.control.owner, language)),
                Cell(_listed(stated, Kind.INPUTS, language)),
                Cell(_listed(stated, Kind.OUTPUTS, language)),
                Cell(label("semicolon", language).join(map(record, master.control.records))),
            )

    return Table(
        title=label("processes", language),
        subtitle=manual.policy.in_language(manual.policy.organisation, language),
        language=language,
        columns=tuple(Column(key, label(key, language), width) for key, width in _COLUMNS),
        rows=tuple(rows()),
    )


def _listed(stated: tuple[Flow, ...], kind: Kind, language: str) -> str:
    return label("semicolon", language).join(
        label("flow", language, words=each.words, side=each.side.text)
        for each in stated
        if each.kind is kind
    )
