"""Codes that stand on pages and that people type: what a text is, and which sheet was signed.

Signs of Crockford's Base 32, the last of which checks the others. Twelve of them find a text:
`7K3M-Q9PD-X2VZ`; they prove nothing, which is what the digests are for. The 32 of an approval sheet
do bind: 155 bits, for which nobody finds two texts.
"""

import hashlib
import re
import unicodedata

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212\uff0d.·]+")
_FINDS, _BINDS = 12, 32


def code_of(release: str, identification: str, language: str) -> str:
    """Return the code of a released text: of the release record (its digest) and the text in it."""
    digest = hashlib.sha256(f"qms-code-v1\n{release}\n{identification}\n{language}".encode())
    return _code(digest.digest(), _FINDS)


def of_content(digest: str) -> str:
    """Return the code of a text before it is released: of its content digest."""
    return _code(bytes.fromhex(digest), _FINDS)


def of_sheet(digest: str) -> str:
    """Return the code of an approval sheet: of the digest of what it says."""
    return _code(bytes.fromhex(digest), _BINDS)


def is_of_sheet(code: str) -> bool:
    """Tell whether a code is so long that it can be an approval sheet's."""
    return len(code.replace("-", "")) == _BINDS


def _code(digest: bytes, length: int) -> str:
    bits = 5 * (length - 1)
    number = int.from_bytes(digest[: -(-bits // 8)])
    signs = "".join(_SIGNS[number >> place & 31] for place in range(0, bits, 5))
    return _grouped(signs + _check(signs))


def typed(text: str) -> str | None:
    """Return the code that a person has typed, as it is printed; None if it is none.

    Small letters, full-width signs, blanks and other dashes are taken for what they look like, and
    so are O, I and L.
    """
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_ALIKE)
    if len(plain) not in (_FINDS, _BINDS) or any(sign not in _SIGNS for sign in plain):
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
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
