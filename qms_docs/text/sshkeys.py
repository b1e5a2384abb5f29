"""Public SSH keys that may be used for approvals, and how each verifies what it has signed.

Keys and signatures as in RFC 8709 (Ed25519), 5656 (ECDSA), 4253 and 8332 (RSA) and, of
security keys (`sk-`), OpenSSH's PROTOCOL.u2f.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from qms_docs.text import sshwire
from qms_docs.text.sshwire import Reader

_CURVES: Mapping[bytes, tuple[ec.EllipticCurve, HashAlgorithm]] = {
    b"nistp256": (ec.SECP256R1(), SHA256()),
    b"nistp384": (ec.SECP384R1(), SHA384()),
    b"nistp521": (ec.SECP521R1(), SHA512()),
}
# RSA with SHA-1, named as the key is, `ssh-rsa`, is not among them.
_RSA: Mapping[bytes, HashAlgorithm] = {b"rsa-sha2-256": SHA256(), b"rsa-sha2-512": SHA512()}
_MODULUS_BITS = range(2048, 16384 + 1)
_MOST_EXPONENT_BITS = 64  # as in OpenSSL: a longer one only makes verifying slow
_KINDS = (
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
"""Kinds of keys; a certificate is none of them."""
_TOUCHED = 1
"""The flag with which a security key says that a person was there and touched it."""
# Options may stand before a key, as in a file authorized_keys: between quotes, anything at all.
_OPTIONS = r"""(?!\#)(?:[^\s"\\]|\\"?+|"(?:[^"\\\r\n]|\\"?+)*+")++"""
_LINE = re.compile(
    rf"(?:{_OPTIONS}[ \t]+)??({'|'.join(map(re.escape, _KINDS))})"
    r"[ \t]+([A-Za-z0-9+/=]+)(?:[ \t][^\r\n]*)?"
)
_PRIME = 2**255 - 19
_SMALL = (0, 1, 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826)
"""The y of the Ed25519 points of order 1, 2, 4 and 8, as y or -y, whichever is smaller."""

Check = Callable[[bytes, bytes], None]
"""Takes a signature, as it stands behind the name of its algorithm, and the data that it is for.
Raises ValueError for a signature that is none, InvalidSignature for one of other data."""


@dataclass(frozen=True)
class Key:
    """A public key that may be used for approvals."""

    kind: str
    blob: bytes
    checks: Mapping[bytes, Check]
    """Name of an algorithm → how to verify."""

    def objection(self, algorithm: bytes, value: bytes, data: bytes) -> str | None:
        """Return None if a signature of an algorithm is one of these data.

        Otherwise the reason: `algorithm`, `unreadable` or `signature`.
        """
        if algorithm not in self.checks:
            return "algorithm"
        try:
            self.checks[algorithm](value, data)
        except ValueError:
            return "unreadable"
        except InvalidSignature:
            return "signature"
        return None


@lru_cache(maxsize=4096)
def load(text: str) -> Key | None:
    """Return the key of a line; None if it is not accepted."""
    line = _LINE.fullmatch(text.strip(" \t\r\n"))
    if line is None:
        return None
    try:
        blob = sshwire.decoded(line[2])
        reader = Reader(blob)
        kind = reader.string()
        if kind.decode("ascii") != line[1]:
            return None
        checks = _checks(kind, reader)
        reader.end()
    except ValueError:
        return None
    return Key(line[1], blob, checks)


def _checks(kind: bytes, reader: Reader) -> Mapping[bytes, Check]:
    """Read a public key of a kind; raises ValueError if it is none."""
    if kind == b"ssh-rsa":
        key = _rsa(reader)
        return {name: partial(_check_rsa, key, digest) for name, digest in _RSA.items()}
    name = kind.removeprefix(b"sk-").removesuffix(b"@openssh.com")
    check: Check
    if name == b"ssh-ed25519":
        check = partial(_check_ed25519, _ed25519(reader))
    else:
        check = partial(_check_ecdsa, *_ecdsa(name, reader))
    if name != kind:
        check = partial(_check_touched, check, _application(reader))
    return {kind: check}


def _ed25519(reader: Reader) -> Ed25519PublicKey:
    point = reader.string()
    key = Ed25519PublicKey.from_public_bytes(point)
    # For a point of small order anybody can make signatures: its owner could deny each of them.
    y = int.from_bytes(point, "little") & (2**255 - 1)  # without the sign of x
    if y >= _PRIME or min(y, _PRIME - y) in _SMALL:
        raise ValueError("small order")
    return key


def _ecdsa(kind: bytes, reader: Reader) -> tuple[ec.EllipticCurvePublicKey, ec.ECDSA]:
    name, point = reader.string(), reader.string()
    if kind != b"ecdsa-sha2-" + name or not point.startswith(b"\x04"):  # not compressed
        raise ValueError("another curve")
    curve, digest = _CURVES[name]
    return ec.EllipticCurvePublicKey.from_encoded_point(curve, point), ec.ECDSA(digest)


def _rsa(reader: Reader) -> RSAPublicKey:
    exponent, modulus = reader.number(), reader.number()
    if modulus.bit_length() not in _MODULUS_BITS or exponent.bit_length() > _MOST_EXPONENT_BITS:
        raise ValueError("too short or too long")
    return RSAPublicNumbers(exponent, modulus).public_key()


def _application(reader: Reader) -> bytes:
    application = reader.string()
    if b"\0" in application:  # OpenSSH reads on to there only
        raise ValueError("zero byte")
    return application


def _check_ed25519(key: Ed25519PublicKey, value: bytes, data: bytes) -> None:
    key.verify(_only(value), data)


def _check_ecdsa(
    key: ec.EllipticCurvePublicKey, algorithm: ec.ECDSA, value: bytes, data: bytes
) -> None:
    reader = Reader(_only(value))
    r, s = reader.number(), reader.number()
    reader.end()
    key.verify(encode_dss_signature(r, s), data, algorithm)


def _check_rsa(key: RSAPublicKey, digest: HashAlgorithm, value: bytes, data: bytes) -> None:
    key.verify(_only(value), data, PKCS1v15(), digest)


def _check_touched(check: Check, application: bytes, value: bytes, data: bytes) -> None:
    """Verify a signature of a security key: PROTOCOL.u2f, "SSH U2F signatures"."""
    reader = Reader(value)
    inner, state = reader.string(), reader.take(5)  # flags and a counter
    reader.end()
    if not state[0] & _TOUCHED:
        raise InvalidSignature
    check(sshwire.string(inner), _sha256(application) + state + _sha256(data))


def _only(value: bytes) -> bytes:
    """Return the one string of which a value consists."""
    reader = Reader(value)
    string = reader.string()
    reader.end()
    return string


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
