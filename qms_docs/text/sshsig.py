"""SSH signatures: read and verified as `ssh-keygen -Y verify` does, and more strictly.

The format is OpenSSH's PROTOCOL.sshsig, version 1. Of two spellings only the one that `ssh-keygen`
writes is taken, but for the length of lines. What is accepted here, `ssh-keygen` accepts too
(tests/text/test_sshsig.py); docs/decisions/0015-ssh-signatures.md says what it alone accepts.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qms_docs.text import sshwire
from qms_docs.text.sshwire import Reader

if TYPE_CHECKING:
    from qms_docs.text.sshkeys import Key

NAMESPACE = "qms-approval"
"""What a signature is for. One that was made for anything else does not count."""

_MAGIC, _VERSION = b"SSHSIG", 1
_ARMOUR = re.compile(
    r"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]+\n)+)-----END SSH SIGNATURE-----\n?"
)
_DIGESTS = (b"sha256", b"sha512")


@dataclass(frozen=True)
class _Signature:
    """What stands in a signature, not yet verified."""

    key: bytes
    namespace: bytes
    digest: bytes
    """Name of the hash algorithm."""
    algorithm: bytes
    value: bytes
    """What stands behind the name of the algorithm."""


def key_line(text: str) -> str | None:
    """Return `type base64` of a public key as OpenSSH writes it, without options and comment.

    None if it is not one key, one of a kind that is not accepted (a certificate, DSA), or one that
    is too weak to prove anything. Two lines are the same text if, and only if, they are the same
    key.
    """
    key = _key(text)
    return None if key is None else f"{key.kind} {sshwire.encoded(key.blob)}"


def fingerprint(key: str) -> str:
    """Return the fingerprint of a key line as `ssh-keygen -l` prints it: `SHA256:…`.

    Raises ValueError for what `key_line` does not accept.
    """
    loaded = _key(key)
    if loaded is None:
        raise ValueError("not a key")
    digest = hashlib.sha256(loaded.blob).digest()
    return f"SHA256:{sshwire.encoded(digest).rstrip('=')}"


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
    owner = _key(key)
    if owner is None or owner.blob != signed.key:
        return "key"
    if signed.digest not in _DIGESTS:
        return "algorithm"
    return owner.objection(signed.algorithm, signed.value, _signed_data(signed, message))


def _key(line: str) -> "Key | None":
    """Return the key of a line; None if it is not accepted."""
    # Here, for most commands meet no key, and what verifies takes long to load.
    from qms_docs.text import sshkeys

    return sshkeys.load(line)


def signer(signature: str, message: bytes, namespace: str) -> str | None:
    """Return the line of the key with which a message was signed for a purpose.

    None if the signature is none, or is one of another message. Whose key it is, it does not say.
    """
    try:
        line = key_line(_line(_read(signature).key))
    except ValueError:
        return None
    if line is None or verify(signature, message, line, namespace) is not None:
        return None
    return line


def _line(blob: bytes) -> str:
    """Return a public key as a line; raises ValueError if it does not name its kind."""
    return f"{Reader(blob).string().decode('ascii')} {sshwire.encoded(blob)}"


def _signed_data(signed: _Signature, message: bytes) -> bytes:
    """Return what the key has signed: PROTOCOL.sshsig, section 3."""
    digest = hashlib.new(signed.digest.decode("ascii"), message).digest()
    reserved = b""
    parts = (signed.namespace, reserved, signed.digest, digest)
    return _MAGIC + b"".join(map(sshwire.string, parts))


def _read(armoured: str) -> _Signature:
    """Take a signature apart; raises ValueError if it is not spelt as it should be."""
    armour = _ARMOUR.fullmatch(armoured)
    if armour is None:
        raise ValueError("no armour")
    whole = Reader(sshwire.decoded(armour[1].replace("\n", "")))
    if whole.take(len(_MAGIC)) != _MAGIC or int.from_bytes(whole.take(4)) != _VERSION:
        raise ValueError("no signature")
    key, namespace, reserved, digest = (whole.string() for _ in range(4))
    inner = Reader(whole.string())
    whole.end()
    if reserved or not namespace:
        raise ValueError("reserved, or for nothing")
    return _Signature(key, namespace, digest, inner.string(), inner.rest())
