"""The words that carry rules, from `data/substance.toml`, and how they are found in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from qms_docs.text.meaning.lexicon import lexicon
from qms_docs.text.meaning.numerals import HAN_NUMERALS
from qms_docs.text.meaning.spelling import as_read, pieces

PLAIN = ""
"""The kind of a word that is in no list."""
SMALL = "small"
"""The kind of a word that says nothing by itself."""
_SHORTEST = 2
"""A shorter word in a longer one is there by chance."""


class Meaning(NamedTuple):
    """What a listed word stands for."""

    kind: str
    """A table of the data file, `number` for a numeral, PLAIN or SMALL."""
    key: str
    """The same for all words that mean the same."""


@dataclass(frozen=True)
class Vocabulary:
    """The listed words, ready to be found."""

    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], Meaning]]]
    """First word of an English entry → the whole and its meaning, the longest first."""
    stems: Mapping[str, Sequence[tuple[str, Meaning]]]
    """First three letters of an entry with any ending → its stem and its meaning."""
    han: Mapping[str, Meaning]
    han_words: re.Pattern[str]
    """A listed Chinese word, a run of numerals, or else one character."""
    before_number: Mapping[str, str]
    """Words that belong to a number behind them → what they mean."""
    titled: frozenset[str]
    """Meanings of words that need the word before to tell which role it is."""
    pointing: frozenset[str]
    """Words that point to what stands before them."""
    capitals: frozenset[str]
    """Words that are an abbreviation in capitals."""

    def match(self, words: Sequence[str]) -> tuple[Meaning, int] | None:
        """Return what the English words at the start of a sequence mean, and how many they are."""
        for phrase, meaning in self.phrases.get(words[0], ()):
            if phrase == tuple(words[: len(phrase)]):
                return meaning, len(phrase)
        for stem, meaning in self.stems.get(words[0][:3], ()):
            if words[0].startswith(stem):
                return meaning, 1
        return None


def knows(language: str) -> bool:
    """Tell whether there are words of a language (its tag as in the front matter)."""
    is_other = language.startswith(tuple(lexicon()["not-known"]))
    return language.split("-")[0] in lexicon()["languages"] and not is_other


@lru_cache(maxsize=64)
def vocabulary(titles: frozenset[str] = frozenset()) -> Vocabulary:
    """Return the listed words, and the titles of roles that a manual uses, in lower case."""
    english: dict[str, list[tuple[tuple[str, ...], Meaning]]] = defaultdict(list)
    stems: dict[str, list[tuple[str, Meaning]]] = defaultdict(list)
    han: dict[str, Meaning] = {}
    for word, meaning in (*_listed(), *((title, Meaning("role", title)) for title in titles)):
        if not word.isascii():
            han[word] = meaning
        elif word.endswith("*"):
            stems[word[:3]].append((word[:-1], meaning))
        else:
            parts = tuple(word.split())
            english[parts[0]].append((parts, meaning))
    for entries in english.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    for stem_entries in stems.values():
        stem_entries.sort(key=lambda entry: -len(entry[0]))
    return Vocabulary(
        phrases=english,
        stems=stems,
        han=han,
        han_words=_pattern(han),
        before_number={
            word: key for key, group in lexicon()["before-number"].items() for word in _in(group)
        },
        titled=frozenset(
            meaning.key
            for group in lexicon()["titled"]["groups"]
            for _, meaning in _group("role", group, lexicon()["words"]["role"][group])
        ),
        pointing=frozenset(_in(lexicon()["pointing"])),
        capitals=frozenset(lexicon()["labels"]["en"]),
    )


def is_turned(word: str, other: str) -> bool:
    """Tell whether one word is the other with a part that turns it round: legible, illegible."""
    short, long = sorted((word, other), key=len)
    turning = lexicon()["turning"]
    prefix = long.removesuffix(short)
    if len(short) > _SHORTEST and prefix != long and prefix in turning["before"]:
        return True
    return any((part in short[1:]) != (part in long[1:]) for part in turning["in"])


def title_words(text: str) -> str:
    """Return the title of a role as it is looked for; nothing if it is none that can be found."""
    found = list(pieces(as_read(text)))
    if [piece.kind for piece in found] == ["han"]:
        return found[0].text
    words = [piece.text.lower() for piece in found if piece.kind == "word"]
    return " ".join(words) if len(words) == len(found) else ""


def _listed() -> Iterable[tuple[str, Meaning]]:
    for kind, groups in lexicon()["words"].items():
        for key, group in groups.items():
            if key != "why":
                yield from _group(kind, key, group)
    for word in _in(lexicon()["small"]):
        yield word, Meaning(SMALL, word)
    for word in lexicon()["plain"]["zh"]:
        yield word, Meaning(PLAIN, word)
    for word in lexicon()["labels"]["zh"]:
        yield word, Meaning("record", word)


def _group(kind: str, key: str, group: Mapping[str, Any]) -> Iterable[tuple[str, Meaning]]:
    """Yield the words of a group; those between slashes mean the same."""
    for item in _in(group):
        words = item.split("/")
        meaning = Meaning(kind, f"{kind} {key if group.get('same') else words[0]}")
        yield from ((word, meaning) for word in words)


def _in(group: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Yield the words of a group in all languages."""
    return (word for language in lexicon()["languages"] for word in group[language])


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    number = f"[{HAN_NUMERALS}]+"
    fraction = f"(?!百分之){number}分之{number}"
    return re.compile("|".join([fraction, *map(re.escape, longest), number, "."]), re.DOTALL)
