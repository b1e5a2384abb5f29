"""Who quotes which value: the parameters of a manual as a table."""

from qms_docs.judge import register, usage
from qms_docs.text.messages import label
from qms_docs.words.findings import Place
from qms_docs.words.manual import Manual
from qms_docs.words.parameters import Parameter
from qms_docs.words.tables import Cell, Column, Table

_COLUMNS = (
    ("parameter", 24),
    ("title", 40),
    ("value", 16),
    ("owner", 30),
    ("source", 24),
    ("quoted-by", 48),
)


def parameters(manual: Manual, language: str) -> Table:
    """Return all parameters in a language, each with the documents that quote it."""
    quoted = usage.of_parameters(manual)
    return Table(
        title=label("parameters", language),
        subtitle=manual.policy.in_language(manual.policy.organisation, language),
        language=language,
        columns=tuple(Column(key, label(key, language), width) for key, width in _COLUMNS),
        rows=tuple(
            _row(manual, each, quoted.get(each.name, ()), language)
            for each in (manual.parameters or {}).values()
        ),
    )


def _row(
    manual: Manual, parameter: Parameter, places: tuple[Place, ...], language: str
) -> tuple[Cell, ...]:
    languages = (language, manual.policy.master, *manual.policy.languages)
    values = filter(None, map(parameter.quoted, languages))
    return (
        Cell(parameter.name),
        Cell(manual.policy.in_language(parameter.title, language)),
        Cell(next(values, "\u2013")),
        Cell(register.role_name(manual, parameter.owner, language)),
        Cell(parameter.source),
        Cell(_documents(manual, places) or "\u2013"),
    )


def _documents(manual: Manual, places: tuple[Place, ...]) -> str:
    names = (manual.by_path[place.path].identification for place in places)
    return ", ".join(dict.fromkeys(filter(None, names)))
