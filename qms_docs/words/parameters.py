"""Values that documents quote by name, so that each stands in one place."""

from collections.abc import Mapping
from dataclasses import dataclass

from qms_docs.words.findings import Place

_WITHOUT_SPACES = ("zh", "ja")
"""Languages that put no space between a number and its unit."""


@dataclass(frozen=True)
class Parameter:
    """A value with its unit and with the role that answers for it (ISO 9001:2015, 7.5.3)."""

    name: str
    """As documents quote it, for example `complaint-answer`."""
    title: Mapping[str, str]
    value: Mapping[str, str]
    """Language tag → value as printed; the tag is empty where all languages print the same."""
    unit: Mapping[str, str]
    """Language tag → unit; empty if there is none."""
    owner: str
    source: str
    """Where the value comes from, for example an external document and its clause."""
    place: Place
    places: Mapping[str, Place]
    """Where each field stands."""
    adopter: bool = False
    """Whether whoever adopts the manual must set or confirm the value."""

    def quoted(self, language: str) -> str | None:
        """Return what stands in a text of a language; None if the value or unit has none."""
        value = self.value.get(language, self.value.get(""))
        unit = self.unit.get(language)
        if value is None or (self.unit and unit is None):
            return None
        return joined(value, unit or "", language)


def joined(first: str, second: str, language: str) -> str:
    """Return a number and its unit, or a sign and its number, as a language writes them."""
    gap = "" if language.split("-")[0] in _WITHOUT_SPACES else "\u00a0"
    return f"{first}{gap}{second}" if first and second else first + second
