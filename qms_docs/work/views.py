"""The views of `qms list`: name → function from manual and language to a table."""

from collections.abc import Callable, Mapping

from qms_docs.judge import matrix, parameters, processes, recall, register, translations
from qms_docs.words.manual import Manual
from qms_docs.words.tables import Table

VIEWS: Mapping[str, Callable[[Manual, str], Table]] = {
    "documents": register.documents,
    "copies": recall.table,
    "parameters": parameters.parameters,
    "roles": matrix.roles,
    "processes": processes.processes,
    "translations": translations.translations,
}
THEN = ("documents", "copies")
"""Views that know how it was at another time."""
