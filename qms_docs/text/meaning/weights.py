"""The words of a sentence, each with its weight: whether it carries a rule, and which."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qms_docs.text.meaning import numerals
from qms_docs.text.meaning.spelling import Piece
from qms_docs.text.meaning.vocabulary import PLAIN, SMALL, Meaning, Vocabulary

PERCENT = Meaning("number", "number percent")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_CLOCK = re.compile("[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_ROMAN = re.compile("[ivxIVX]{2,}")
_CONTRACTED = {"ca": "can", "wo": "will", "sha": "shall"}
_ENDINGS = {"ll": "will", "d": "would"}
_LONGEST_ENDING = 2
"""What is longer behind an apostrophe is a word, as in o'clock."""
_LONGEST_ABBREVIATION = 5
_WINDOW = 12
"""No listed phrase and no number in words is longer."""


class Word(NamedTuple):
    """A word, or several that stand for one thing."""

    text: str
    """As shown; for people."""
    kind: str
    """PLAIN, SMALL, or what kind of substance it is."""
    key: str
    """Equal for words that mean the same."""
    start: int
    end: int
    """Where it stands in the text that was read."""

    @property
    def weighs(self) -> bool:
        """Tell whether the word carries a rule."""
        return self.kind not in (PLAIN, SMALL)


@dataclass(frozen=True)
class Scale:
    """What the words of a text are weighed with."""

    vocabulary: Vocabulary
    roles: str
    """How identifications of roles begin, for example `CSC-RS-`; nothing if that is not known."""

    def words(self, pieces: Sequence[Piece]) -> list[Word]:
        """Return the words of a sentence, in order."""
        found: list[Word] = []
        place = 0
        pieces = list(_uncontracted(pieces))
        while place < len(pieces):
            piece = pieces[place]
            if piece.kind == "word":
                word, taken = self._word(pieces, place)
                found.append(word)
                place += taken
                continue
            found += self._other(piece)
            place += 1
        return found

    def _other(self, piece: Piece) -> Iterator[Word]:
        if piece.kind == "han":
            yield from self._han(piece)
        elif piece.text == "%":
            yield Word(piece.text, *PERCENT, piece.start, piece.end)
        elif piece.kind == "code":
            is_role = self.roles and piece.text.startswith(self.roles)
            yield _of(piece, "role" if is_role else "record", piece.text)
        elif piece.kind == "number":
            yield _of(piece, "time" if _CLOCK.fullmatch(piece.text) else "number", _value(piece))
        elif piece.kind == "dash":
            yield _of(piece, "number", "range")
        elif piece.kind == "parameter":
            yield _of(piece, "parameter", piece.text)._replace(text=f"{{{{{piece.text}}}}}")
        elif piece.kind != "end":
            yield _of(piece, "sign", piece.text)

    def _word(self, pieces: Sequence[Piece], place: int) -> tuple[Word, int]:
        piece = pieces[place]
        words = list(_following(pieces, place))
        meaning, taken = self.vocabulary.match(words) or (Meaning(PLAIN, words[0]), 1)
        if taken == 1:
            number, count = numerals.english(words)
            if count:
                meaning, taken = Meaning("number", number), count
            elif _is_label(pieces, place, meaning, self.vocabulary.capitals):
                meaning = Meaning("record", piece.text)
        end = pieces[place + taken - 1].end
        text = " ".join(each.text for each in pieces[place : place + taken])
        return Word(text, *meaning, piece.start, end), taken

    def _han(self, piece: Piece) -> Iterator[Word]:
        for match in self.vocabulary.han_words.finditer(piece.text):
            text = match[0]
            meaning = self.vocabulary.han.get(text)
            if meaning is None and text[0] in numerals.HAN_NUMERALS:
                meaning = Meaning("number", _han_number(text))
            found = meaning or Meaning(PLAIN, text)
            yield Word(text, *found, piece.start + match.start(), piece.start + match.end())


def _of(piece: Piece, kind: str, key: str) -> Word:
    return Word(piece.text, kind, key, piece.start, piece.end)


def _uncontracted(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield each word by itself: `can` and `not` of `can't` and of `cannot`."""
    for piece in pieces:
        first, _, ending = piece.text.partition("'")
        lower, ending = first.lower(), ending.lower()
        if piece.kind != "word":
            yield piece
        elif lower == "cannot" or (ending == "t" and lower.endswith("n")):
            stem = "can" if lower in ("cannot", "can") else lower.removesuffix("n")
            yield piece._replace(text=_CONTRACTED.get(stem, stem))
            yield piece._replace(text="not")
        else:
            yield piece._replace(text=first)
            if ending in _ENDINGS or len(ending) > _LONGEST_ENDING:
                yield piece._replace(text=_ENDINGS.get(ending, ending))


def _following(pieces: Sequence[Piece], place: int) -> Iterator[str]:
    """Yield the words from a place on, in lower case, as long as nothing else comes between."""
    for piece in pieces[place : place + _WINDOW]:
        if piece.kind != "word":
            return
        yield piece.text.lower()


def _is_label(
    pieces: Sequence[Piece], place: int, meaning: Meaning, capitals: frozenset[str]
) -> bool:
    """Tell whether a word is a name: grade A, PDF, the IT department, ii. Not `A` before a word."""
    piece = pieces[place]
    if meaning.kind == PLAIN and (len(piece.text) == 1 or _ROMAN.fullmatch(piece.text)):
        return True
    if not piece.text.isupper() or len(piece.text) > _LONGEST_ABBREVIATION:
        return False
    if piece.text != "A":
        return meaning.kind == PLAIN or piece.text.lower() in capitals
    is_first = place == 0 or pieces[place - 1].kind == "end"
    following = pieces[place + 1 : place + 2]
    return not (is_first and following and following[0].kind == "word")


def _han_number(text: str) -> str:
    """Return a number in Chinese, or a fraction such as 三分之一, as digits."""
    below, _, above = text.partition("分之")
    values = (numerals.chinese(run) for run in (above, below) if run)
    return "/".join(values)


def _value(piece: Piece) -> str:
    """Return a number as it counts: 1,000 as 1000, 1st as the first."""
    text = piece.text
    if text[-1].isalpha():
        return f"{text[:-2].lstrip('0')}."
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
