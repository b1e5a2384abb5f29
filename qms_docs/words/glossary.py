"""What things are called: one word for each, in every language of the manual."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qms_docs.words.findings import Place


@dataclass(frozen=True)
class Term:
    """A term of the glossary (ISO 9001:2015, 7.5.2 b)."""

    words: Mapping[str, str]
    """Language tag → the word."""
    also: Mapping[str, tuple[str, ...]]
    """Other forms that may stand for it."""
    avoid: Mapping[str, tuple[str, ...]]
    """What must not stand for it."""
    compared: tuple[str, ...]
    """Languages in which its use demands that the other language uses it too."""
    owner: str
    place: Place
    places: Mapping[tuple[str | int, ...], Place]
    """Where each part of the entry stands: `term`, `avoid`, language, number."""

    def accepted(self, language: str) -> tuple[str, ...]:
        """Return everything that may stand for the term in a language."""
        word = self.words.get(language)
        return (word, *self.also.get(language, ())) if word else ()

    def said(self, field: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield the words of a field (`term`, `also`, `avoid`), each with where it stands."""
        if field == "term":
            yield from (((field, language), word) for language, word in self.words.items())
            return
        listed = self.also if field == "also" else self.avoid
        for language, words in listed.items():
            yield from (((field, language, number), word) for number, word in enumerate(words))
