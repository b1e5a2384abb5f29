"""Sign PDFs: PAdES B-B, or B-T with a time-stamp service (ETSI EN 319 142-1, clause 6).

The signature is an incremental update (ISO 32000-1, 7.5.6): a signed file begins with the very
bytes of the unsigned one, which anybody can make again. The field of the signature has no size and
lies off the page, so that PDF/A-3a and PDF/UA-1 still hold, and is named for screen readers.

The key stays in this process or in its token. pyHanko is imported here only, when there is a key.
"""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qms_docs.edges import certificates, signatures, store, timestamps, tokens
from qms_docs.edges.timestamps import Service
from qms_docs.text import pkcs11uri
from qms_docs.words.errors import QmsError
from qms_docs.words.signatures import PdfSignature

if TYPE_CHECKING:
    from pyhanko.sign.signers import PdfSigner, Signer

_FIELD = "Signature"


@dataclass(frozen=True)
class Signatory:
    """Who signs."""

    certificate: bytes
    """Certificate (X.509, DER)."""
    _by: "Signer"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate."""
        return hashlib.sha256(self.certificate).hexdigest()


@contextmanager
def opened(source: str, passphrase: str, now: datetime) -> Iterator[Signatory]:
    """Yield who signs with the key of a PKCS#12 file (RFC 7292) or a `pkcs11:` address.

    Raises QmsError without the extra, for a key that cannot be used, and for a certificate with
    which nobody should sign now.
    """
    timestamps.require()
    if source.startswith(pkcs11uri.SCHEME):
        with tokens.opened(pkcs11uri.parsed(source), passphrase) as signer:
            yield _entitled(signer, now)
    else:
        yield _entitled(_from_file(Path(source), passphrase), now)


def _from_file(path: Path, passphrase: str) -> "Signer":
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner

    data, secret = store.read_file(path), passphrase.encode() or None
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, secret)
    except (ValueError, TypeError) as error:  # which of the two it is, the format cannot tell
        raise QmsError("unusable-p12", path=path) from error
    if key is None or certificate is None:
        raise QmsError("empty-p12", path=path)
    if key.public_key() != certificate.public_key():
        raise QmsError("empty-p12", path=path)
    signer: Signer = SimpleSigner.load_pkcs12_data(data, (), secret)
    return signer


def _entitled(signer: "Signer", now: datetime) -> Signatory:
    """Return who signs, with a certificate that is in order now."""
    assert signer.signing_cert is not None
    der = signer.signing_cert.dump()
    certificates.refuse_unfit(der, now)
    return Signatory(der, signer)


def signed(
    data: bytes, name: str, tooltip: str, signatory: Signatory, service: Service | None
) -> bytes:
    """Return a PDF of our own with a signature behind it, and with a time stamp if asked for.

    `name` is for messages; `tooltip` names the field to those who hear the page. The time that the
    signature itself claims is that of pyHanko's clock. Raises QmsError if nothing could be signed,
    or if what came out is not the signed file that it should be.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        made = bytes(_pdf_signer(signatory, tooltip, service).sign_pdf(writer).getvalue())
    except QmsError:
        raise
    except Exception as error:  # a token that was pulled out, or whatever a library meets
        detail = f"{type(error).__name__}: {error}"
        raise QmsError("signing-failed", name=name, detail=detail) from error
    found = signatures.read(made)
    if not made.startswith(data) or not _is_as_wanted(found, signatory, service):
        raise QmsError("signing-failed", name=name, detail="the signature does not fit the file")
    return made


def _is_as_wanted(
    found: PdfSignature | None, signatory: Signatory, service: Service | None
) -> bool:
    if found is None or not found.is_intact or found.fingerprint != signatory.fingerprint:
        return False
    return service is None or found.stamp is not None


def _pdf_signer(signatory: Signatory, tooltip: str, service: Service | None) -> "PdfSigner":
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    # A hidden field breaks PDF/A-3 (6.3.2), one on the page that is not tagged breaks PDF/UA-1.
    place = InvisSigSettings(set_print_flag=True, box_out_of_bounds=True)
    field = SigFieldSpec(_FIELD, invis_sig_settings=place, readable_field_name=tooltip)
    meta = PdfSignatureMetadata(field_name=_FIELD, subfilter=SigSeedSubFilter.PADES)
    stamper = _time_stamper(service) if service else None
    return PdfSigner(meta, signatory._by, timestamper=stamper, new_field_spec=field)


@lru_cache(1)  # it asks once how large a stamp is
def _time_stamper(service: Service) -> Any:
    """Return a service as pyHanko wants it; what it answers is examined before it is used."""
    from pyhanko.sign.timestamps import TimeStamper

    class Stamper(TimeStamper):
        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            return timestamps.token_of(timestamps.asked(service, message_digest, md_algorithm))

    return Stamper()  # type: ignore[no-untyped-call]  # its base has no types
