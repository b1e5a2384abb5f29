"""Words that mean something only beside another: what is counted, which manager, 5万."""

import re
from collections.abc import Iterator, Sequence

from qms_docs.text.meaning import numerals
from qms_docs.text.meaning.vocabulary import PLAIN, SMALL, Vocabulary
from qms_docs.text.meaning.weights import PERCENT, Word

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_BETWEEN = frozenset({"", " ", "-", "\u00a0"})
_MEASURE = "\u4e2a"
"""个, which stands between a number and what is counted, or is left out."""
_TITLE = 2
"""So many Chinese characters before a role tell which one it is."""


def joined(words: Sequence[Word], text: str, vocabulary: Vocabulary) -> list[Word]:
    """Return the words of a sentence of `text`, each weighed with those beside it."""
    found = list(_multiplied(words, text))
    for place in range(len(found) - 2, -1, -1):
        if found[place].key == PERCENT.key and _is_number(found[place + 1]):
            found[place : place + 2] = found[place : place + 2][::-1]  # 百分之八十 is 80 %
    for place, word in enumerate(found):
        if _is_number(word):
            if place:
                found[place - 1] = _before(found[place - 1], word, text, vocabulary)
            _count(found, place, text)
        elif word.key in vocabulary.titled:
            found[place] = _titled(found, place, text)
    return found


def touch(word: Word, other: Word, text: str) -> bool:
    """Tell whether nothing but a space or a hyphen stands between two words."""
    return text[word.end : other.start] in _BETWEEN


def _is_number(word: Word) -> bool:
    return word.kind in ("number", "time") and (word.text[0].isdigit() or word.key[0].isdigit())


def _multiplied(words: Sequence[Word], text: str) -> Iterator[Word]:
    """Yield the words, `5万` as one number."""
    before: Word | None = None
    for word in words:
        if (
            before
            and _DIGITS.fullmatch(before.key)
            and word.text in numerals.HAN_UNITS
            and touch(before, word, text)
        ):
            key = numerals.multiplied(before.key, word.text)
            before = before._replace(text=before.text + word.text, key=key, end=word.end)
            continue
        if before:
            yield before
        before = word
    if before:
        yield before


def _before(word: Word, number: Word, text: str, vocabulary: Vocabulary) -> Word:
    """Return the word before a number, as part of it if it says how the number counts."""
    key = vocabulary.before_number.get(word.text.lower())
    if key is None or word.weighs or not touch(word, number, text):
        return word
    return word._replace(kind="number", key=key)


def _count(words: list[Word], place: int, text: str) -> None:
    """Let the word behind a number, which says what is counted, weigh as much as the number."""
    number = words[place]
    for at in range(place + 1, min(place + 3, len(words))):
        word = words[at]
        if not touch(number, word, text):
            return
        if word.kind == PLAIN:
            words[at] = word._replace(kind="number", key=_singular(word.key))
        if word.kind != SMALL or word.text != _MEASURE:
            return
        number = word


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _titled(words: Sequence[Word], place: int, text: str) -> Word:
    """Return which role it is, by the word before: an Operations Manager is no other manager."""
    role = words[place]
    parts, start = [role.key], role.start
    for at in range(place - 1, max(place - 1 - _TITLE, -1), -1):
        if words[at].kind != PLAIN or not touch(words[at], words[at + 1], text):
            break
        parts.insert(0, words[at].key)
        start = words[at].start
        if words[at].text.isascii():
            break
    return role._replace(key=" ".join(parts), text=text[start : role.end])
