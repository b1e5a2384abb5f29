"""The management systems that the manual promises, with what proves each of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from qms_docs.words.findings import Place


@dataclass(frozen=True)
class Evidence:
    """Something without which a system is only a promise."""

    identification: str
    """A document, a form or an objective."""
    table: str
    """The kind of a table in the document, as the policy names it; empty for all of it."""
    rules: tuple[str, ...]
    """Codes of the rules that find it missing, each of them."""
    place: Place

    @property
    def name(self) -> str:
        """As typed, `CSC-QP-11#handovers`."""
        return f"{self.identification}#{self.table}" if self.table else self.identification


@dataclass(frozen=True)
class System:
    """One of the systems for which the manual was written."""

    key: str
    title: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    place: Place
