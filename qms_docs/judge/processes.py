"""The processes of a manual, with what each needs and gives (ISO 9001:2015, 4.4.1)."""

from collections.abc import Iterator

from qms_docs.judge import flows, listing, register
from qms_docs.judge.flows import Flow
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.rows import Kind
from qms_docs.words.tables import Table

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
    between = label("semicolon", language)

    def rows() -> Iterator[tuple[str, ...]]:
        for master in flows.processes(manual):
            text = manual.find(master.id, language) or master
            stated = tuple(flows.flows(manual, text))
            yield (
                master.id,
                text.title,
                register.role_name(manual, master.control.owner, language),
                _listed(stated, Kind.INPUTS, language),
                _listed(stated, Kind.OUTPUTS, language),
                between.join(listing.named(manual, f, language) for f in master.control.records),
            )

    return listing.table(manual, language, "processes", _COLUMNS, rows())


def _listed(stated: tuple[Flow, ...], kind: Kind, language: str) -> str:
    return label("semicolon", language).join(
        label("flow", language, words=each.words, side=each.side.text)
        for each in stated
        if each.kind is kind
    )
