"""The signatures of a publication's PDFs, and the time stamp of its manifest.

Nothing is signed but what this run has printed, or what a publication holds whose manifest is
signed with our own key: who can write into the folder could have put a file there.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qms_docs.edges import pades, signatures, timestamps
from qms_docs.edges.pades import Signatory
from qms_docs.edges.shelf import Edition
from qms_docs.edges.timestamps import Service
from qms_docs.text import manifest as manifests
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.words.printing import Pressed
from qms_docs.words.publication import Manifest, PublishedText, Unsigned
from qms_docs.work.batch import Progress
from qms_docs.work.plan import Plan, Step


@dataclass(frozen=True)
class Signing:
    """Who signs, and which service stamps: either may be missing."""

    signatory: Signatory | None = None
    service: Service | None = None

    @property
    def signer(self) -> str:
        """SHA-256 of the certificate; empty if nobody signs."""
        return self.signatory.fingerprint if self.signatory else ""


NOBODY = Signing()


@contextmanager
def opened(source: str, passphrase: str, url: str, now: datetime) -> Iterator[Signing]:
    """Yield who signs with a key (a file or a `pkcs11:` address) and a service; empty for none.

    The key stays in this process until the end. Raises QmsError if one of them cannot be used.
    """
    if source or url:
        timestamps.require()
    service = Service(url, now) if url else None
    if not source:
        yield Signing(None, service)
        return
    with pades.opened(source, passphrase, now) as signatory:
        yield Signing(signatory, service)


def may_sign_kept(key: Path | None, signing: Signing) -> bool:
    """Tell whether what a trusted publication holds may get our signature: not without a seal."""
    return key is not None or signing.signatory is None


def has_signed(
    text: PublishedText, before: Edition | None, key: Path | None, signing: Signing
) -> bool:
    """Tell whether a published PDF needs no other signature than it has.

    Where nobody signs, every one stays as it is. Where the manifest is not signed with our key, it
    is not believed: the file itself must have the signature.
    """
    if signing.signatory is None:
        return True
    if text.unsigned is None or text.unsigned.signer != signing.signer:
        return False
    if key is not None:
        return True
    data = before.read(text.file) if before else None
    found = signatures.read(data) if data else None
    return found is not None and found.is_intact and found.fingerprint == signing.signer


def is_stamped(edition: Edition, signing: Signing) -> bool:
    """Tell whether a publication has the time stamp that is wanted, if one is."""
    message = manifests.written(edition.manifest)
    return signing.service is None or timestamps.read(edition.stamp(), message) is not None


def stamp(manifest: Manifest, signing: Signing) -> bytes:
    """Return a service's answer about a manifest; empty if none is asked.

    Raises QmsError if the service does not answer, or not with a stamp of this manifest.
    """
    return _stamp(manifests.written(manifest), signing)


def rehearse(signing: Signing) -> None:
    """Ask the service for a stamp of nothing: who cannot be reached shall stop us before we print.

    Raises QmsError as `stamp`.
    """
    _stamp(b"", signing)


def _stamp(message: bytes, signing: Signing) -> bytes:
    if signing.service is None:
        return b""
    return timestamps.asked(signing.service, hashlib.sha256(message).digest())


@dataclass(frozen=True)
class Signed:
    """A signed PDF."""

    data: bytes
    build: Unsigned


def signed(
    steps: Plan,
    before: Edition | None,
    pressed: Mapping[str, Pressed],
    signing: Signing,
    progress: Progress,
) -> Mapping[str, Signed]:
    """Return the signed PDFs of all that a plan makes, by name: none if nobody signs.

    One after the other: a token signs no faster for two. Raises QmsError at the first that fails.
    """
    if signing.signatory is None:
        return {}
    found = {}
    for number, step in enumerate(steps.made, start=1):
        name, language = step.wanted.name, step.wanted.issue.subject.language
        data = _build(step, before, pressed)
        tooltip = label("pdf-signature", language)
        made = pades.signed(data, name, tooltip, signing.signatory, signing.service)
        build = Unsigned(hashlib.sha256(data).hexdigest(), len(data), signing.signer)
        found[name] = Signed(made, build)
        progress(number, len(steps.made), name)
    return found


def _build(step: Step, before: Edition | None, pressed: Mapping[str, Pressed]) -> bytes:
    """Return what is to be signed: fresh from the press, or without its signature from before."""
    if step.kept is None:
        return pressed[step.wanted.name].printed.data
    data = before.build(step.kept) if before else None
    if data is None:
        raise QmsError("changed-meanwhile", path=step.kept.file.name)
    return data
