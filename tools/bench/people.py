"""The people of a generated history: keys made from a seed, signatures, the authority."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_KIND, _SPACE, _HASH = b"ssh-ed25519", b"qms-approval", b"sha512"


@dataclass(frozen=True)
class Person:
    """A person with a key that anybody who knows the seed can make: for generated manuals only."""

    key: str
    role: str
    private: Ed25519PrivateKey

    @property
    def email(self) -> str:
        """Address in commits."""
        return f"{self.key}@example.com"

    @property
    def blob(self) -> bytes:
        """The public key as OpenSSH writes it."""
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return _strings(_KIND, public)

    @property
    def line(self) -> str:
        """The public key as a line."""
        return f"{_KIND.decode()} {base64.b64encode(self.blob).decode()}"

    def sign(self, message: bytes) -> str:
        """Sign as `ssh-keygen -Y sign` does (OpenSSH, PROTOCOL.sshsig)."""
        digest = hashlib.sha512(message).digest()
        value = self.private.sign(b"SSHSIG" + _strings(_SPACE, b"", _HASH, digest))
        rest = _strings(self.blob, _SPACE, b"", _HASH, _strings(_KIND, value))
        text = base64.b64encode(b"SSHSIG" + (1).to_bytes(4) + rest).decode()
        lines = [text[start : start + 70] for start in range(0, len(text), 70)]
        begin, end = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
        return "\n".join([begin, *lines, end, ""])


def person(key: str, role: str, seed: int) -> Person:
    """Return a person of a generated manual."""
    secret = hashlib.sha256(f"{seed} {key}".encode()).digest()
    return Person(key, role, Ed25519PrivateKey.from_private_bytes(secret))


def authority(people: Iterable[Person]) -> str:
    """Return `manual/authority.yaml`."""
    lines = ["revision: 1", "people:"]
    for each in people:
        lines += [
            f"  {each.key}:",
            f"    name: {{en: Person {each.key}, zh-CN: 人员{each.key}}}",
            f"    keys: [{{key: {each.line}, from: 2019-01-01}}]",
            f"    emails: [{each.email}]",
            f"    roles: [{{role: {each.role}, from: 2019-01-01}}]",
        ]
    return "\n".join([*lines, _RULES])


_RULES = """issuers: [GEN-RS-05]
requirements:
  - types: [manual, procedure, instruction, role]
    classes: [major, minor]
    reviewed: [reviewers]
    approved: [approvers]
    languages: [en, zh-CN]
  - types: [manual, procedure, instruction, role]
    classes: [editorial]
    approved: [approvers]
    languages: [en, zh-CN]
  - {types: [authority, policy, waivers], classes: [major], approved: [GEN-RS-03]}
"""


def sha256(data: bytes) -> str:
    """Return a digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _strings(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4) + part for part in parts)
