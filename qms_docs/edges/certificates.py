"""Certificates of those who sign PDFs (X.509, RFC 5280): read, named, and refused if unfit."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from qms_docs.edges import store
from qms_docs.words.errors import QmsError

_SHORTEST = 2048
"""Bits of an RSA key (ETSI TS 119 312)."""


def read(path: Path) -> bytes:
    """Return the certificate in a file (PEM or DER) as DER; raises QmsError if there is none."""
    data = store.read_file(path)
    try:
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificate(data).public_bytes(Encoding.DER)
        return x509.load_der_x509_certificate(data).public_bytes(Encoding.DER)
    except ValueError as error:
        raise QmsError("no-certificate", path=path) from error


def name_of(der: bytes) -> str:
    """Return the common name in a certificate, or else all of its subject."""
    subject = x509.load_der_x509_certificate(der).subject
    names = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else subject.rfc4514_string()


def refuse_unfit(der: bytes, now: datetime) -> None:
    """Raise QmsError for a certificate with which nobody should sign a document now."""
    certificate = x509.load_der_x509_certificate(der)
    name = name_of(der)
    for key, day in (
        ("certificate-not-yet", certificate.not_valid_before_utc),
        ("certificate-over", certificate.not_valid_after_utc),
    ):
        if (now < day) == (key == "certificate-not-yet"):
            date = day.astimezone(now.tzinfo).isoformat(sep=" ", timespec="minutes")
            raise QmsError(key, name=name, date=date)
    if not _may_sign(certificate):
        raise QmsError("certificate-use", name=name)
    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey) and public.key_size < _SHORTEST:
        raise QmsError("certificate-weak", name=name, bits=public.key_size)


def _may_sign(certificate: x509.Certificate) -> bool:
    """Tell whether the key is meant for documents (RFC 5280, 4.2.1.3: without a word, for all)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def vouches(pinned: bytes, der: bytes) -> bool:
    """Tell whether a certificate is the pinned one, or was issued by it as an authority.

    No path is built and no list of revoked certificates is asked: whoever pins an authority takes
    its word for every certificate that it has ever issued.
    """
    if der == pinned:
        return True
    authority, certificate = map(x509.load_der_x509_certificate, (pinned, der))
    try:
        constraints = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
        certificate.verify_directly_issued_by(authority)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    return constraints.ca
