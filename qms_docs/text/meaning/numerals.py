"""Numbers written in words, in English and in Chinese, as the digits that mean the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from qms_docs.text.meaning.lexicon import lexicon

_DATA = lexicon()["numerals"]
_CARDINAL: Mapping[str, int] = _DATA["cardinal"]["en"]
_ORDINAL: Mapping[str, int] = _DATA["ordinal"]["en"]
_POWERS: Mapping[str, int] = _DATA["power"]["en"]
_DIGIT: Mapping[str, int] = _DATA["cardinal"]["zh"]
_UNIT: Mapping[str, int] = _DATA["unit"]["zh"]
_GROUP: Mapping[str, int] = _DATA["power"]["zh"]
_TWO_TENS: Mapping[str, str] = _DATA["tens"]["zh"]
_HUNDRED = "hundred"
_GROUPED = re.compile("([万亿])")
HAN_NUMERALS = "".join((*_DIGIT, *_UNIT, *_GROUP, *_TWO_TENS))
"""Characters that Chinese numbers are made of, those of cheques too."""
HAN_UNITS: Mapping[str, int] = {**_UNIT, **_GROUP}
_IN_DIGITS: Mapping[str, int] = _DATA["digits"]["en"]
_BEGINNING = frozenset({*_CARDINAL, *_ORDINAL, *_POWERS})
_LATIN = re.compile("[a-z]+|[^a-z \\n-]")
_RUN = re.compile(f"[{HAN_NUMERALS}]+")
_MOST = 20
"""Longer runs of numerals are no number that anybody reads."""


def english(words: Sequence[str]) -> tuple[str, int]:
    """Return the number with which lower-case words begin, and of how many words it is made.

    An ordinal number ends with a point, as in `3.`; without a number, nothing and 0.
    """
    total = part = taken = 0
    for place, word in enumerate(words[:_MOST], 1):
        if word in _CARDINAL and _fits(part, _CARDINAL[word], taken):
            part += _CARDINAL[word]
        elif word in _ORDINAL and _fits(part, _ORDINAL[word], taken):
            return f"{total + part + _ORDINAL[word]}.", place
        elif word == _HUNDRED and 0 < part < 100:
            part *= 100
        elif word in _POWERS and word != _HUNDRED and (part or not taken):
            total, part = total + (part or 1) * _POWERS[word], 0
        elif not (word == "and" and taken and words[place - 2] in _POWERS):
            break
        if word != "and":
            taken = place
    return (str(total + part), taken) if taken else ("", 0)


def _fits(part: int, value: int, taken: int) -> bool:
    """Tell whether a word goes on with a number, as `two` does after `twenty` or `hundred`."""
    if part % 100 == 0:
        return not taken or part > 0 or value > 0
    return part % 100 >= 20 and part % 10 == 0 and 0 < value < 10


def chinese(run: str) -> str:
    """Return the number that a run of Chinese numerals means; the run itself if it is no number.

    So it is with what can be read in two ways: `一两` is one or two, `三百五` is 305 or 350.
    """
    if len(run) > _MOST:
        return run
    if len(run) > 3 and all(char in _DIGIT for char in run):  # a year: 二〇二六
        return "".join(str(_DIGIT[char]) for char in run)
    total = 0
    *groups, last = _GROUPED.split("".join(_TWO_TENS.get(char, char) for char in run))
    for part, unit in zip(groups[::2], groups[1::2], strict=True):
        count = _small(part, is_first=not total)
        if not count:
            return run
        total = (total + count) * _GROUP[unit] if unit == "亿" else total + count * _GROUP[unit]
    count = _small(last, is_first=not groups) if last else 0
    return run if count is None else str(total + count)


def _small(run: str, is_first: bool) -> int | None:
    """Return the number below 10,000 that a run means, None if it is not clear."""
    count, lowest, may_end = 0, 10_000, is_first
    digit: int | None = None
    for char in run:
        unit = _UNIT.get(char)
        if unit is None and digit is not None:
            return None
        if unit is None:
            digit = _DIGIT[char] or None
            may_end = may_end or digit is None
            continue
        if unit >= lowest or (digit is None and unit != 10):
            return None
        count, lowest, may_end = count + (digit or 1) * unit, unit, unit == 10
        digit = None
    return None if digit and not may_end else count + (digit or 0)


def multiplied(number: str, unit: str) -> str:
    """Return a number in digits times a Chinese unit, as in `5万`."""
    value = Decimal(number) * HAN_UNITS[unit]
    return f"{value.normalize():f}"


def in_words(text: str) -> Iterator[str]:
    """Yield, in digits, every number that may stand in words in an English or Chinese text.

    Months and ordinal numbers are among them, and what can be read in two ways is given in both.
    """
    words = _LATIN.findall(text.lower())
    following = 0
    for place, word in enumerate(words):
        if word in _IN_DIGITS:
            yield str(_IN_DIGITS[word])
        elif word in _BEGINNING and place >= following:
            number, taken = english(words[place : place + _MOST])
            following = place + taken
            yield number.rstrip(".")
    for run in _RUN.findall(text):
        yield from {chinese(run), *(str(_DIGIT[char]) for char in run if char in _DIGIT)}
