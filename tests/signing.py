"""SSH keys made on the spot, signatures by `ssh-keygen`, and its opinion of signatures."""

import base64
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n"
NAMESPACE = "qms-approval"


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


def accepts(
    folder: Path, signature: str | bytes, message: bytes, key: str, namespace: str = NAMESPACE
) -> bool:
    """Tell whether `ssh-keygen -Y verify` accepts a signature of the owner of a key."""
    (folder / "allowed").write_text(f'person namespaces="{NAMESPACE}" {key}\n')
    text = signature.encode("utf-8") if isinstance(signature, str) else signature
    (folder / "signature").write_bytes(text)
    done = ssh_keygen(
        *("-Y", "verify", "-f", folder / "allowed", "-I", "person", "-n", namespace),
        *("-s", folder / "signature"),
        data=message,
        check=False,
    )
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
