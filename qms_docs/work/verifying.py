"""Verify what a reader holds: a file, a folder, a digest or a code, by a manifest and offline."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qms_docs.edges import certificates, pdffiles, shelf, signatures, ssh, store, timestamps
from qms_docs.edges.shelf import Edition
from qms_docs.judge import verdicts
from qms_docs.judge.verdicts import Answer
from qms_docs.text import codes, extracts, facts, papersheet, sshsig
from qms_docs.text import manifest as manifests
from qms_docs.words.errors import QmsError
from qms_docs.words.publication import Manifest, PublishedText
from qms_docs.words.signatures import PdfSignature, TimeStamp
from qms_docs.work import sealing

_DIGEST = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True)
class Verified:
    """What a reader is told."""

    answer: Answer
    misnamed: PublishedText | None = None
    """The text to which the file's name belongs, if it shows another one."""
    is_pdf: bool = False
    signature: PdfSignature | None = None
    """The signature in the PDF; None if it has none, and for what is no file."""
    is_unexamined: bool = False
    """Whether the PDF has a signature that nobody could look at: the extra `sign` is missing."""
    sha256: str = ""
    """Of what was asked about, of a published file without its signature; of a code that file's."""

    @property
    def is_in_force(self) -> bool:
        """Tell whether one may work by what was asked about."""
        is_broken = self.signature is not None and not self.signature.is_intact
        return self.answer.is_in_force and self.misnamed is None and not is_broken


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
    stamp: TimeStamp | None = None
    """When the manifest was there already; None if no service has said so."""
    is_unexamined: bool = False
    """Whether it has a time stamp that nobody could look at: the extra `sign` is missing."""


def read_manifest(path: Path, signer: Path | None = None) -> Basis:
    """Return a manifest, who has signed it, and when it was stamped.

    Raises QmsError if it is none, if its signature or its time stamp is not its own, or if it is
    not signed by the `signer` (a public SSH key's file) that is wanted.
    """
    data = store.read_file(path)
    manifest = manifests.read(data, str(path))
    edition = Edition(path.parent, manifest)
    found = sealing.signer_of(data, edition.seal(), path)
    if signer is not None and found != ssh.public_key(signer):
        raise QmsError("other-seal" if found else "no-seal", path=path)
    answer = edition.stamp()
    is_readable = timestamps.is_installed()
    stamp = timestamps.read(answer, data) if answer and is_readable else None
    if answer and is_readable and stamp is None:
        raise QmsError("broken-stamp", path=path)
    fingerprint = sshsig.fingerprint(found) if found else ""
    return Basis(path, manifest, fingerprint, stamp, bool(answer) and not is_readable)


def verify(
    asked: str, manifest: Manifest, instant: datetime, certificate: Path | None = None
) -> Verified:
    """Return the verdict on a file, a digest or a code at an instant.

    Raises QmsError if it is none of these, if the file cannot be read, or if it is not signed with
    the `certificate` that is wanted, or by whom that authority has given one.
    """
    path = Path(asked)
    if certificate is not None:
        _refuse_other_signers([path], certificate)
    if path.is_file():
        return _of_file(path, manifest, instant)
    if _DIGEST.fullmatch(asked.strip()):
        digest = asked.strip().lower()
        return Verified(verdicts.of_digest(digest, manifest, instant), sha256=digest)
    code = codes.typed(asked)
    if code is None:
        raise QmsError("verify-what", asked=asked)
    answer = verdicts.of_code(code, manifest, instant)
    shown = answer.text.build if answer.text else answer.extract.file if answer.extract else None
    return Verified(answer, sha256=shown.sha256 if shown else "")


def _refuse_other_signers(paths: Iterable[Path], certificate: Path) -> None:
    """Raise QmsError for the first PDF that is not signed with a certificate.

    Or with one that it has issued, if it is an authority's.
    """
    timestamps.require()
    pinned = certificates.read(certificate)
    for path in paths:
        if not path.is_file():
            raise QmsError("certificate-for-files")
        found = signatures.read(store.read_file(path))
        if found is None:
            raise QmsError("pdf-not-signed", path=path)
        if not found.is_intact:
            raise QmsError("pdf-signature-broken", path=path)
        if not certificates.vouches(pinned, found.certificate):
            raise QmsError("pdf-other-signer", path=path, fingerprint=found.fingerprint)


def differences(
    folder: Path, manifest: Manifest, certificate: Path | None = None
) -> Iterator[tuple[str, str]]:
    """Yield name and kind of every file of a publication that is not as its manifest says.

    Raises QmsError as `verify` for PDFs that are not signed with the `certificate` that is wanted.
    """
    yield from shelf.differences(Edition(folder, manifest))
    if certificate is not None:
        _refuse_other_signers([folder / text.file.name for text in manifest.texts], certificate)


def _of_file(path: Path, manifest: Manifest, instant: datetime) -> Verified:
    data = store.read_file(path)
    sha256 = hashlib.sha256(data).hexdigest()
    begins = _beginnings(data, manifest)
    answer = verdicts.of_file(sha256, _claims(data, path), manifest, instant, begins)
    if answer.verdict is verdicts.Verdict.UNKNOWN:
        answer = verdicts.of_sheet(_sheet(data, path), manifest, instant)
    if answer.verdict is verdicts.Verdict.UNKNOWN:
        claims = _inside(data, extracts.NAME, path)
        origin = None if claims is None else extracts.read(claims)
        content = "" if origin is None else extracts.digest(origin)
        answer = verdicts.of_extract(sha256, origin, manifest, instant, content)
    text, misnamed = answer.text, _misnamed(path.name, answer, manifest)
    if text is not None and text.unsigned and sha256 == text.file.sha256:
        sha256 = hashlib.sha256(data[: text.unsigned.bytes]).hexdigest()
    found = Verified(answer, misnamed, pdffiles.is_pdf(data), sha256=sha256)
    if not signatures.is_signed(data):
        return found
    if not timestamps.is_installed():
        return replace(found, is_unexamined=True)
    return replace(found, signature=signatures.read(data))


def _beginnings(data: bytes, manifest: Manifest) -> frozenset[str]:
    """Return the digests of a file's first bytes, as many of them as each published file has."""
    lengths = {file.bytes for text in manifest.texts for file in (text.file, text.build)}
    running, place, found = hashlib.sha256(), 0, set()
    for length in sorted(length for length in lengths if length < len(data)):
        running.update(data[place:length])
        place = length
        found.add(running.hexdigest())
    return frozenset(found)


def _claims(data: bytes, path: Path) -> facts.Facts | None:
    """Return what a PDF says of itself; None if it says nothing that can be read."""
    found = _inside(data, facts.NAME, path)
    return None if found is None else facts.read(found)


def _sheet(data: bytes, path: Path) -> papersheet.PaperSheet | None:
    """Return the approval sheet that a PDF says it is; None if it says nothing of the kind."""
    found = _inside(data, papersheet.NAME, path)
    return None if found is None else papersheet.read(found)


def _inside(data: bytes, name: str, path: Path) -> bytes | None:
    if not pdffiles.is_pdf(data):
        return None
    try:
        return pdffiles.attached(data, name, path)
    except QmsError:  # damaged: whatever it is, nobody published it so
        return None


def _misnamed(name: str, answer: Answer, manifest: Manifest) -> PublishedText | None:
    shown = answer.text
    if shown is None or answer.verdict is verdicts.Verdict.ALTERED:
        return None
    for text in manifest.texts:
        if text.file.name.rpartition("/")[2] == name:
            own = (text.subject.id, text.subject.language)
            return None if own == (shown.subject.id, shown.subject.language) else text
    return None
