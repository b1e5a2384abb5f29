"""The glossary: its file, and how its words are looked for in a text."""

import re
from collections.abc import Iterator

from qms_docs.text.yamltext import YamlText
from qms_docs.words.glossary import Term

PATH = "manual/glossary.yaml"

# What is no wording: where links lead, titles in links, parameters, code.
_TITLED = r"\[[A-Z][A-Z0-9]*-[A-Z]{2}-[0-9]{2}[^\[\]\n]*(?=\])"
_ENDING = re.compile("(?:s|es)?(?![A-Za-z])")
_UNSAID = re.compile(rf"{_TITLED}|\]\([^)\n]*\)|\{{\{{[^{{}}\n]*\}}\}}|`[^`\n]*`")


def terms_of(yaml: YamlText) -> Iterator[Term]:
    """Yield the terms of a file that follows its schema."""
    assert isinstance(yaml.value, dict)
    for number, fields in enumerate(yaml.value["terms"]):
        key = ("terms", number)
        yield Term(
            words=fields["term"],
            also={language: tuple(words) for language, words in fields.get("also", {}).items()},
            avoid={language: tuple(words) for language, words in fields.get("avoid", {}).items()},
            compared=tuple(fields.get("compared", ())),
            owner=fields["owner"],
            place=yaml.places[(*key, "term")],
            places={name[2:]: place for name, place in yaml.places.items() if name[:2] == key},
        )


class Wording:
    """The words of a text at their places; what is no wording is spaces."""

    def __init__(self, text: str) -> None:
        said = _UNSAID.sub(lambda match: " " * len(match[0]), text)
        self._said = said.replace("\n", " ")
        lower = self._said.lower()
        self._lower = lower if len(lower) == len(said) else self._said

    def without(self, words: str) -> None:
        """Take something out that has its own wording."""
        self._said = self._said.replace(words, " " * len(words))
        self._lower = self._lower.replace(words.lower(), " " * len(words))

    def spans(self, word: str) -> Iterator[tuple[int, int]]:
        """Yield where a word stands.

        A Latin word as a whole, also in the plural, and in any case unless it begins with a
        capital: then it is a name.
        """
        is_latin, is_name = word[0].isascii(), word[0].isupper()
        text, wanted = (self._said, word) if is_name else (self._lower, word.lower())
        start = text.find(wanted)
        while start >= 0:
            stop = start + len(wanted)
            if not is_latin or _is_whole(text, start, stop):
                yield start, stop
            start = text.find(wanted, start + 1)


def _is_whole(text: str, start: int, stop: int) -> bool:
    before = text[start - 1 : start]
    return not (_is_letter(before) or before == "-") and _ENDING.match(text, stop) is not None


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
