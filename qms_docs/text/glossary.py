"""The glossary: its file, and how its words are looked for in a text."""

import re
from collections.abc import Iterator
from functools import lru_cache

from qms_docs.text.yamltext import YamlText
from qms_docs.words.glossary import Term

PATH = "manual/glossary.yaml"

# What is no wording: where links lead, titles in links, parameters, code.
_TITLED = r"\[[A-Z][A-Z0-9]*-[A-Z]{2}-[0-9]{2}[^\[\]\n]*(?=\])"
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


def wording(text: str) -> str:
    """Return a text in which only words stand at their places, the rest as spaces."""
    return _UNSAID.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


@lru_cache(maxsize=1024)
def pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word in a text.

    A Latin word as a whole, also in the plural, and in any case unless it begins with a capital.
    """
    if not word[0].isascii():
        return re.compile(re.escape(word))
    flags = 0 if word[0].isupper() else re.IGNORECASE
    spaced = r"\s+".join(map(re.escape, word.split()))
    return re.compile(rf"(?<![A-Za-z-]){spaced}(?:s|es)?(?![A-Za-z])", flags)
