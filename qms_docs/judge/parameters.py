"""Who quotes which value: the parameters of a manual as a table."""

from qms_docs.judge import listing, register, usage
from qms_docs.words.findings import Place
from qms_docs.words.manual import Manual
from qms_docs.words.parameters import Parameter
from qms_docs.words.tables import Table

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
    rows = (
        _row(manual, each, quoted.get(each.name, ()), language)
        for each in (manual.parameters or {}).values()
    )
    return listing.table(manual, language, "parameters", _COLUMNS, rows)


def _row(
    manual: Manual, parameter: Parameter, places: tuple[Place, ...], language: str
) -> tuple[str, ...]:
    languages = (language, manual.policy.master, *manual.policy.languages)
    return (
        parameter.name,
        manual.policy.in_language(parameter.title, language),
        next(filter(None, map(parameter.quoted, languages)), ""),
        register.role_name(manual, parameter.owner, language),
        parameter.source,
        listing.documents_at(manual, places),
    )
