"""The signature of a manifest: who publishes stands behind what readers are told."""

from pathlib import Path

from qms_docs.edges import ssh
from qms_docs.edges.shelf import Edition
from qms_docs.text import manifest as manifests
from qms_docs.text import sshsig
from qms_docs.words.errors import QmsError
from qms_docs.words.publication import Manifest

NAMESPACE = "qms-publication"
"""What the signature is for: it can never be taken for an approval, nor an approval for it."""


def seal(manifest: Manifest, key: Path) -> str:
    """Return the signature of a manifest; raises QmsError if nothing could be signed."""
    return ssh.sign(manifests.written(manifest), key, NAMESPACE)


def signer_of(data: bytes, signature: str, path: Path) -> str:
    """Return the line of the key that has signed a manifest's bytes; empty if nobody has.

    Raises QmsError for a signature of something else.
    """
    if not signature:
        return ""
    line = sshsig.signer(signature, data, NAMESPACE)
    if line is None:
        raise QmsError("broken-seal", path=path)
    return line


def is_trusted(edition: Edition | None, key: Path | None) -> bool:
    """Tell whether files may be taken from a publication into one that this key will sign.

    Who could write into the folder could have put a file there and named it in the manifest: our
    signature must not make it ours.
    """
    if edition is None:
        return False
    if key is None:
        return True
    data = manifests.written(edition.manifest)
    return sshsig.signer(edition.seal(), data, NAMESPACE) == ssh.public_key(key)
