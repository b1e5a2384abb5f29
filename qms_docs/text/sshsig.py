"""SSH signatures: read and verified as `ssh-keygen -Y verify` does, and more strictly.

A signature: OpenSSH's PROTOCOL.sshsig. Inside it values of RFC 4251, section 5, and keys as in
RFC 8709 (Ed25519). Whatever has two spellings there is taken in one of them only: what is accepted
here, `ssh-keygen` accepts too (tests/text/test_sshsig.py).
"""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NAMESPACE = "qms-approval"
"""What a signature is for. One that was made for anything else does not count."""

_MAGIC, _VERSION = b"SSHSIG", 1
_ARMOUR = re.compile(
    r"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]+\n)+)-----END SSH SIGNATURE-----\n?"
)
_HASHES = (b"sha256", b"sha512")
_ED25519 = b"ssh-ed25519"
_KINDS = (_ED25519,)
# Options may stand before a key, as in a file authorized_keys: between quotes, anything at all.
_OPTIONS = r"""(?!\#)(?:[^\s"\\]|\\"?+|"(?:[^"\\\r\n]|\\"?+)*+")++"""
_LINE = re.compile(
    rf"(?:{_OPTIONS}[ \t]+)??({'|'.join(re.escape(kind.decode()) for kind in _KINDS)})"
    r"[ \t]+([A-Za-z0-9+/=]+)(?:[ \t][^\r\n]*)?"
)
_PRIME = 2**255 - 19
_SMALL = (0, 1, 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826)
"""The y of the Ed25519 points of order 1, 2, 4 and 8, as y or -y, whichever is smaller."""


@dataclass(frozen=True)
class _Key:
    """A public key that may be used for approvals."""

    kind: str
    blob: bytes
    checks: Mapping[bytes, Callable[[bytes, bytes], None]]
    """Name of an algorithm → function of a signature and the data that it is for; the function
    raises ValueError or InvalidSignature."""


@dataclass(frozen=True)
class _Signature:
    """What stands in a signature, not yet verified."""

    key: bytes
    namespace: bytes
    hash: bytes
    algorithm: bytes
    value: bytes


def key_line(text: str) -> str | None:
    """Return `type base64` of a public key as OpenSSH writes it, without options and comment.

    None if it is not one key, one of a kind that is not accepted (a certificate, DSA), or one that
    is too weak to prove anything. Two lines are the same text if, and only if, they are the same
    key.
    """
    key = _load(text)
    return None if key is None else f"{key.kind} {_encoded(key.blob)}"


def fingerprint(key: str) -> str:
    """Return the fingerprint of a key line as `ssh-keygen -l` prints it: `SHA256:…`.

    Raises ValueError for what `key_line` does not accept.
    """
    loaded = _load(key)
    if loaded is None:
        raise ValueError("not a key")
    return f"SHA256:{_encoded(hashlib.sha256(loaded.blob).digest()).rstrip('=')}"


def verify(signature: str, message: bytes, key: str, namespace: str = NAMESPACE) -> str | None:
    """Return None if an armoured signature of a message was made with this key for this purpose.

    Otherwise the reason, the first of: `unreadable`, `namespace`, `key` (made with another one, or
    the key is not accepted), `algorithm`, `signature`. Never raises an exception.

    Whoever has one good signature can spell it in other ways (the line ends, for instance), so its
    text identifies nothing.
    """
    try:
        signed = _read(signature)
    except ValueError:
        return "unreadable"
    if signed.namespace != namespace.encode("utf-8", "surrogatepass"):
        return "namespace"
    owner = _load(key)
    if owner is None or owner.blob != signed.key:
        return "key"
    if signed.hash not in _HASHES or signed.algorithm not in owner.checks:
        return "algorithm"
    return None if _is_good(signed, message, owner) else "signature"


def _is_good(signed: _Signature, message: bytes, key: _Key) -> bool:
    digest = hashlib.new(signed.hash.decode("ascii"), message).digest()
    reserved = b""
    data = _MAGIC + b"".join(map(_string, (signed.namespace, reserved, signed.hash, digest)))
    try:
        key.checks[signed.algorithm](signed.value, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(armoured: str) -> _Signature:
    """Take a signature apart; raises ValueError if it is not spelt as it should be."""
    armour = _ARMOUR.fullmatch(armoured)
    if armour is None:
        raise ValueError("no armour")
    whole = _Reader(_decoded(armour[1].replace("\n", "")))
    if whole.take(len(_MAGIC)) != _MAGIC or int.from_bytes(whole.take(4)) != _VERSION:
        raise ValueError("no signature")
    key, namespace, reserved, hash_name = (whole.string() for _ in range(4))
    inner = _Reader(whole.string())
    whole.end()
    signature = _Signature(key, namespace, hash_name, inner.string(), inner.string())
    inner.end()
    if reserved or not namespace:
        raise ValueError("reserved")
    return signature


@lru_cache(maxsize=4096)
def _load(text: str) -> _Key | None:
    """Return the key of a line; None if it is not accepted."""
    line = _LINE.fullmatch(text.strip())
    if line is None:
        return None
    try:
        blob = _decoded(line[2])
        reader = _Reader(blob)
        kind = reader.string()
        if kind.decode("ascii") != line[1]:
            return None
        checks = _checks(kind, reader)
        reader.end()
    except ValueError:
        return None
    return _Key(line[1], blob, checks)


def _checks(kind: bytes, reader: "_Reader") -> Mapping[bytes, Callable[[bytes, bytes], None]]:
    """Read a public key of a kind; raises ValueError if it is none."""
    return {kind: _ed25519(reader).verify}


def _ed25519(reader: "_Reader") -> Ed25519PublicKey:
    point = reader.string()
    key = Ed25519PublicKey.from_public_bytes(point)
    # For a point of small order anybody can make signatures: its owner could deny each of them.
    y = int.from_bytes(point, "little") & (2**255 - 1)  # without the sign of x
    if y >= _PRIME or min(y, _PRIME - y) in _SMALL:
        raise ValueError("small order")
    return key


class _Reader:
    """Takes values from the front of bytes; raises ValueError where there is none."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """Return so many bytes."""
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise ValueError("too short")
        self._at += count
        return taken

    def string(self) -> bytes:
        """Return a `string`: bytes after their number."""
        return self.take(int.from_bytes(self.take(4)))

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self._at != len(self._data):
            raise ValueError("too long")


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4) + data


def _decoded(text: str) -> bytes:
    """Return the bytes of base64 without line ends; raises ValueError for a second spelling."""
    data = base64.b64decode(text, validate=True)
    if _encoded(data) != text:
        raise ValueError("not canonical")
    return data


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
