"""SSH keys made on the spot, signatures by `ssh-keygen`, and its opinion of signatures."""

import base64
import hashlib
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

BEGIN, END = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n"
NAMESPACE = "qms-approval"
ALLOWED = f'namespaces="{NAMESPACE}"'
MESSAGE = b'{"meaning": "approved"}\n'
KINDS = (
    "ed25519", "rsa 2048", "rsa 4096", "ecdsa 256", "ecdsa 384", "ecdsa 521",
    "sk ed25519", "sk ecdsa",
)  # fmt: skip
"""Every kind of key that is accepted: what `ssh-keygen` calls it and its bits; `sk` ours."""


@dataclass(frozen=True)
class Signer:
    """A person with a key pair in files: `private` and `private.pub`."""

    private: Path

    @property
    def public(self) -> Path:
        """The file of the public key."""
        return self.private.with_name(f"{self.private.name}.pub")

    @property
    def key(self) -> str:
        """Type and base64 of the public key."""
        return " ".join(self.public.read_text().split()[:2])

    def sign(self, message: bytes, namespace: str = NAMESPACE, digest: str = "sha512") -> str:
        """Have `ssh-keygen` sign a message."""
        options = ("-q", "-Y", "sign", "-f", self.private, "-n", namespace)
        return ssh_keygen(*options, "-O", f"hashalg={digest}", data=message).stdout.decode()


def signer(folder: Path, kind: str, bits: str = "", passphrase: str = "") -> Signer:
    """Make a key pair."""
    private = folder / f"{kind}{bits}"
    size = ("-b", bits) if bits else ()
    ssh_keygen("-q", "-t", kind, *size, "-N", passphrase, "-C", "a comment", "-f", private)
    return Signer(private)


@dataclass(frozen=True)
class Handmade:
    """A key pair whose signatures are put together here, true or false ones."""

    public: Path
    make: Callable[[bytes], bytes]
    """From the data to be signed to the last string of the signature."""

    @property
    def key(self) -> str:
        """Type and base64 of the public key."""
        return self.public.read_text().strip()

    def sign(self, message: bytes, namespace: str = NAMESPACE, digest: str = "sha512") -> str:
        """Sign a message."""
        name = digest.encode()
        parts = (namespace.encode(), b"", name, hashlib.new(digest, message).digest())
        made = self.make(b"SSHSIG" + b"".join(map(string, parts)))
        return signature(base64.b64decode(self.key.split()[1]), *parts[:3], made)


def handmade(folder: Path, *key: bytes, make: Callable[[bytes], bytes]) -> Handmade:
    """Make a public key of its strings."""
    public = folder / f"{key[0].decode()}.pub"
    blob = b"".join(map(string, key))
    public.write_text(f"{key[0].decode()} {base64.b64encode(blob).decode()}\n")
    return Handmade(public, make)


Person = Signer | Handmade


def person(folder: Path, kind: str) -> Person:
    """Make a key pair of one of KINDS."""
    name, _, form = kind.partition(" ")
    return security_key(folder, form) if name == "sk" else signer(folder, name, form)


TOUCHED, VERIFIED = 1, 4
"""Flags of security keys: a person touched it; it knows which person."""


def security_key(
    folder: Path,
    curve: str,
    flags: int = TOUCHED,
    application: bytes = b"ssh:",
    client: Callable[[bytes], bytes] = bytes,
) -> Handmade:
    """Make a security key without hardware, `ed25519` or `ecdsa`.

    `client` makes of the data what the key is given to sign.
    """
    state = bytes([flags]) + (77).to_bytes(4)  # a counter

    def signed(data: bytes) -> bytes:
        digests = hashlib.sha256(application).digest(), hashlib.sha256(client(data)).digest()
        return digests[0] + state + digests[1]

    if curve == "ed25519":
        kind = b"sk-ssh-ed25519@openssh.com"
        edwards = ed25519.Ed25519PrivateKey.generate()
        point = edwards.public_key().public_bytes_raw()
        return handmade(
            *(folder, kind, point, application),
            make=lambda data: string(kind) + string(edwards.sign(signed(data))) + state,
        )
    kind = b"sk-ecdsa-sha2-nistp256@openssh.com"
    weier = ec.generate_private_key(ec.SECP256R1())
    return handmade(
        *(folder, kind, b"nistp256", on_curve(weier), application),
        make=lambda data: (
            string(kind)
            + string(numbers(*decode_dss_signature(weier.sign(signed(data), ec.ECDSA(SHA256())))))
            + state
        ),
    )


def on_curve(
    key: ec.EllipticCurvePrivateKey, form: PublicFormat = PublicFormat.UncompressedPoint
) -> bytes:
    """Return the point of a public key."""
    return key.public_key().public_bytes(Encoding.X962, form)


def rsa_key(folder: Path, bits: int, algorithm: str, digest: HashAlgorithm) -> Handmade:
    """Make an RSA key that signs by an algorithm, whatever it is called."""
    key = rsa.generate_private_key(65537, bits)
    public = key.public_key().public_numbers()
    return handmade(
        *(folder, b"ssh-rsa", strings(numbers(public.e))[0], strings(numbers(public.n))[0]),
        make=lambda data: string(algorithm.encode()) + string(key.sign(data, PKCS1v15(), digest)),
    )


def numbers(*values: int) -> bytes:
    """Return positive values as `mpint` of RFC 4251."""
    return b"".join(string(value.to_bytes(value.bit_length() // 8 + 1)) for value in values)


def accepts(folder: Path, signature: str, message: bytes, key: str, options: str = ALLOWED) -> bool:
    """Tell whether `ssh-keygen -Y verify` accepts a signature of the owner of a key."""
    (folder / "allowed").write_text(f"person {options} {key}\n")
    (folder / "signature").write_bytes(signature.encode("utf-8", "surrogatepass"))
    done = ssh_keygen(
        *("-Y", "verify", "-f", folder / "allowed", "-I", "person", "-n", NAMESPACE),
        *("-s", folder / "signature"),
        data=message,
        check=False,
    )
    assert done.returncode in (0, 255)
    return done.returncode == 0


def ssh_keygen(
    *arguments: str | Path,
    data: bytes = b"",
    check: bool = True,
) -> "subprocess.CompletedProcess[bytes]":
    """Run `ssh-keygen` without an agent and without anything of the machine's user."""
    return subprocess.run(
        ["ssh-keygen", *arguments],
        input=data,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
        capture_output=True,
        check=check,
    )


def blob(signature: str) -> bytes:
    """Take the armour off."""
    return base64.b64decode(signature.removeprefix(BEGIN).removesuffix(END))


def armoured(data: bytes, width: int = 70) -> str:
    """Put the armour on, as `ssh-keygen` does."""
    text = base64.b64encode(data).decode()
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    return "".join((BEGIN, *(f"{line}\n" for line in lines), END))


def string(data: bytes) -> bytes:
    """Return a `string` of RFC 4251."""
    return len(data).to_bytes(4) + data


def strings(data: bytes) -> list[bytes]:
    """Return the strings of which data consist."""
    found = []
    while data:
        length = int.from_bytes(data[:4])
        found.append(data[4 : 4 + length])
        data = data[4 + length :]
    return found


def fields(signature: str) -> list[bytes]:
    """Return the five strings of a signature: key, namespace, reserved, digest, signature."""
    return strings(blob(signature)[10:])


def signature(*fields: bytes, version: int = 1, magic: bytes = b"SSHSIG") -> str:
    """Make a signature of its five strings."""
    return armoured(magic + version.to_bytes(4) + b"".join(map(string, fields)))
