"""Verify what a reader holds: a file, a folder, a digest or a code, by a manifest and offline."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qms_docs.edges import pdffiles, shelf, ssh, store
from qms_docs.edges.shelf import Edition
from qms_docs.judge import verdicts
from qms_docs.judge.verdicts import Answer
from qms_docs.text import codes, facts, sshsig
from qms_docs.text import manifest as manifests
from qms_docs.words.errors import QmsError
from qms_docs.words.publication import Manifest, PublishedText
from qms_docs.work import sealing

_DIGEST = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True)
class Verified:
    """What a reader is told."""

    answer: Answer
    misnamed: PublishedText | None = None
    """The text to which the file's name belongs, if it shows another one."""
    sha256: str = ""
    """Of what was asked about; of a code the published file's."""

    @property
    def is_in_force(self) -> bool:
        """Tell whether one may work by what was asked about."""
        return self.answer.is_in_force and self.misnamed is None


def manifest_near(asked: str, root: Path | None) -> Path:
    """Return the manifest to believe if none is named: this repository's, or the one beside a file.

    Raises QmsError if there is none.
    """
    places = [root / "public" / shelf.CURRENT] if root else []
    path = Path(asked)
    if asked and path.exists():
        places += [path] if path.is_dir() else [path.absolute().parent, path.absolute().parents[1]]
    for place in places:
        if (place / manifests.NAME).is_file():
            return place / manifests.NAME
    raise QmsError("which-manifest")


def is_folder(asked: str) -> bool:
    """Tell whether a whole publication is asked about."""
    return bool(asked) and Path(asked).is_dir()


@dataclass(frozen=True)
class Basis:
    """What answers rest on."""

    path: Path
    manifest: Manifest
    signer: str
    """Fingerprint of the key that has signed the manifest; empty if nobody has."""


def read_manifest(path: Path, signer: Path | None = None) -> Basis:
    """Return a manifest, and who has signed it.

    Raises QmsError if it is none, if its signature is not its own, or if it is not signed by the
    `signer` (a public SSH key's file) that is wanted.
    """
    data = store.read_file(path)
    manifest = manifests.read(data, str(path))
    found = sealing.signer_of(data, Edition(path.parent, manifest).seal(), path)
    if signer is not None and found != ssh.public_key(signer):
        raise QmsError("other-seal" if found else "no-seal", path=path)
    return Basis(path, manifest, sshsig.fingerprint(found) if found else "")


def verify(asked: str, manifest: Manifest, instant: datetime) -> Verified:
    """Return the verdict on a file, a digest or a code at an instant.

    Raises QmsError if it is none of these, or if the file cannot be read.
    """
    path = Path(asked)
    if path.is_file():
        return _of_file(path, manifest, instant)
    if _DIGEST.fullmatch(asked.strip()):
        digest = asked.strip().lower()
        return Verified(verdicts.of_digest(digest, manifest, instant), sha256=digest)
    code = codes.typed(asked)
    if code is None:
        raise QmsError("verify-what", asked=asked)
    answer = verdicts.of_code(code, manifest, instant)
    return Verified(answer, sha256=answer.text.file.sha256 if answer.text else "")


def differences(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield name and kind of every file of a publication that is not as its manifest says."""
    return shelf.differences(Edition(folder, manifest))


def _of_file(path: Path, manifest: Manifest, instant: datetime) -> Verified:
    data = store.read_file(path)
    sha256 = hashlib.sha256(data).hexdigest()
    answer = verdicts.of_file(sha256, _claims(data, path), manifest, instant)
    return Verified(answer, _misnamed(path.name, answer, manifest), sha256)


def _claims(data: bytes, path: Path) -> facts.Facts | None:
    """Return what a PDF says of itself; None if it says nothing that can be read."""
    if not pdffiles.is_pdf(data):
        return None
    try:
        found = pdffiles.attached(data, facts.NAME, path)
    except QmsError:  # damaged: whatever it is, nobody published it so
        return None
    return None if found is None else facts.read(found)


def _misnamed(name: str, answer: Answer, manifest: Manifest) -> PublishedText | None:
    shown = answer.text
    if shown is None or answer.verdict is verdicts.Verdict.ALTERED:
        return None
    for text in manifest.texts:
        if text.file.name.rpartition("/")[2] == name:
            own = (text.subject.id, text.subject.language)
            return None if own == (shown.subject.id, shown.subject.language) else text
    return None
