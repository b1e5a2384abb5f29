"""Short codes that stand on every page, so that a reader can ask whether the text is in force.

Twelve signs of Crockford's Base 32, the last of which checks the others: `7K3M-Q9PD-X2VZ`. A code
finds a released text; it proves nothing, which is what the digests are for.
"""

import hashlib
import re
import unicodedata

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212\uff0d.·]+")
_LENGTH = 12


def code_of(release: str, identification: str, language: str) -> str:
    """Return the code of a released text: of the release record (its digest) and the text in it."""
    digest = hashlib.sha256(f"qms-code-v1\n{release}\n{identification}\n{language}".encode())
    number = int.from_bytes(digest.digest()[:7])  # 56 bits, of which 55 are used
    signs = "".join(_SIGNS[number >> 5 * place & 31] for place in range(_LENGTH - 1))
    return _grouped(signs + _check(signs))


def typed(text: str) -> str | None:
    """Return the code that a person has typed, as it is printed; None if it is none.

    Small letters, full-width signs, blanks and other dashes are taken for what they look like, and
    so are O, I and L.
    """
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_ALIKE)
    if len(plain) != _LENGTH or any(sign not in _SIGNS for sign in plain):
        return None
    return _grouped(plain) if _check(plain[:-1]) == plain[-1] else None


def _check(signs: str) -> str:
    """Return the sign that makes one wrong sign, or two neighbours changed about, be seen.

    The Luhn algorithm (ISO/IEC 7812-1, annex B) in base 32.
    """
    values = [_SIGNS.index(sign) for sign in reversed(signs)]
    doubled = [sum(divmod(2 * value, 32)) for value in values[::2]]
    return _SIGNS[-(sum(doubled) + sum(values[1::2])) % 32]


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, _LENGTH, 4))
