"""Words that look like an identification and are none: other scripts, wide forms, other dashes.

Such a word refers to nothing: no search, no rule and no list of uses knows it, and no reader can
tell. The table holds the letters of two scripts that look like Latin capitals; wide, styled and
decimal characters of all scripts come from Unicode's own data.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from qms_docs.text.characters import code_points

_FOREIGN = "АВСЕНІЈКМОРЅТУХԚԜаеорсухіјѕԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_SAME = str.maketrans(_FOREIGN, "ABCEHIJKMOPSTYXQWAEOPCYXIJSQWABEZHIKMNOPTYXO")
_AS_DIGITS = str.maketrans("OoIl", "0011")
_DASHES = "\u02d7\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_RANGE = "\u2012-\u2015"
_HIDDEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_UNSEEN = f"[{_HIDDEN}]*"
_LETTER = rf"A-Za-z{_FOREIGN}\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
_DIGIT = r"\dOoIlОоІΟοΙ"
_D = rf"[-{_DASHES}]{_UNSEEN}"
_L = rf"[{_LETTER}]{_UNSEEN}"
_NUMBER = rf"[{_DIGIT}]{_UNSEEN}[{_DIGIT}]"
_CORE = re.compile(rf"{_D}{_L}{_L}{_D}{_NUMBER}")
# What does not show follows its letter and stands before none, so that there is one way to match.
_LOOKS = re.compile(
    rf"(?<![{_LETTER}\d{_HIDDEN}-]){_L}(?:[{_LETTER}\d]{_UNSEEN})*"
    rf"{_D}{_L}{_L}{_D}{_NUMBER}(?:{_UNSEEN}{_D}{_NUMBER})?(?![{_LETTER}\d])"
)
_IS = re.compile(r"[A-Z][A-Z0-9]*-[A-Z]{2}-[0-9]{2}(?:-[0-9]{2})?")
_FROM_TO = re.compile(rf"{_IS.pattern}[{_RANGE}]")


def may_stand_in(text: str) -> bool:
    """Tell whether a text has the middle of an identification, or of what only looks like one."""
    return not (text.isascii() and "-" not in text) and _CORE.search(text) is not None


def find(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word that only looks like an identification, with the one it looks like."""
    for match in _LOOKS.finditer(text):
        typed = match[0]
        if not _IS.fullmatch(typed) and not _FROM_TO.match(typed):
            yield typed, meant(typed)


@lru_cache(maxsize=4096)
def meant(typed: str) -> str:
    """Return the identification that a word looks like: Latin capitals, digits and hyphens."""
    plain = unicodedata.normalize("NFKC", re.sub(_UNSEEN, "", typed)).translate(_SAME)
    plain = re.sub(f"[{_DASHES}]", "-", plain)
    digits = "".join(char if char.isascii() else _digit(char) for char in plain)
    parts = digits.split("-")
    letters = [part.upper() for part in parts[:2]]
    return "-".join([*letters, *(part.translate(_AS_DIGITS) for part in parts[2:])])


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def is_one(text: object) -> bool:
    """Tell whether a text as a whole only looks like an identification."""
    return isinstance(text, str) and bool(_LOOKS.fullmatch(text)) and not _IS.fullmatch(text)


def values(typed: str) -> dict[str, str]:
    """Return what a finding says of such a word: as typed, what it looks like, what is odd."""
    right = meant(typed)
    odd = "".join(char for char in typed if char not in right)
    return {"typed": typed, "meant": right, "characters": code_points(odd)}
