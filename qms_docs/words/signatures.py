"""Signatures inside PDFs and time stamps, as far as they can be known without a network."""

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class TimeStamp:
    """When something was there already, by the word of a time-stamp service (RFC 3161)."""

    instant: datetime
    authority: str
    """Name in the service's certificate, which nobody has examined."""


@dataclass(frozen=True)
class PdfSignature:
    """The signature of a PDF (PAdES, ETSI EN 319 142-1)."""

    certificate: bytes
    """The signer's certificate (X.509, DER); empty if none can be read."""
    name: str
    """Common name in it. It proves nothing: anybody can make a certificate with any name."""
    is_intact: bool
    """Whether every byte of the file is signed, and is as it was then."""
    stamp: TimeStamp | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate: what two people compare."""
        return hashlib.sha256(self.certificate).hexdigest() if self.certificate else ""
