"""Time stamps (RFC 3161): asked of a service over HTTP, and read again without a network.

The only module that talks to a network, and only where `qms publish --timestamp` names a service.
pyHanko is imported here only when a stamp is asked for or read.
"""

import hashlib
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from qms_docs.edges import certificates
from qms_docs.words.errors import QmsError
from qms_docs.words.signatures import TimeStamp

SECONDS = 20.0
"""What a service may take to answer."""
_LARGEST = 64 * 1024
"""Bytes of an answer; a stamp with its certificates takes three to eight thousand."""
_STRONG = ("sha256", "sha384", "sha512")
_OFF = timedelta(hours=24)
"""How far a service's clock may be from ours."""


@dataclass(frozen=True)
class Service:
    """A time-stamp service, and what the clock says here."""

    url: str
    now: datetime

    def __post_init__(self) -> None:
        if not self.url.lower().startswith(("http://", "https://")):
            raise QmsError("stamp-address", url=self.url)


def is_installed() -> bool:
    """Tell whether the extra `sign` is there."""
    try:
        import pyhanko  # noqa: F401  # only whether it is there
    except ImportError:
        return False
    return True


def require() -> None:
    """Raise QmsError without the extra `sign`."""
    if not is_installed():
        raise QmsError("no-sign-extra")


def asked(service: Service, digest: bytes, name: str = "sha256") -> bytes:
    """Return a service's answer (TimeStampResp, DER) with a stamp of a digest.

    Raises QmsError if the service cannot be reached, refuses, or stamps something else.
    """
    from asn1crypto import tsp

    nonce = secrets.randbits(63)
    imprint = {"hash_algorithm": {"algorithm": name}, "hashed_message": digest}
    request = tsp.TimeStampReq(
        {"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    )
    answer = _sent(service.url, request.dump())
    try:
        token = _token(answer)
        said = token["content"]["encap_content_info"]["content"].parsed["nonce"].native
        found = _read(token, lambda stamped: digest if stamped == name else b"")
        if said != nonce or abs(found.instant - service.now) > _OFF:
            raise ValueError("not an answer to what was asked")
    except Exception as error:  # whatever a service sends, and whatever it makes the parsers raise
        raise QmsError("stamp-wrong", url=service.url) from error
    return answer


def _sent(url: str, request: bytes) -> bytes:
    """Send a request by RFC 3161, 3.4, and return the answer."""
    kind = {"Content-Type": "application/timestamp-query"}
    message = urllib.request.Request(url, request, kind)  # noqa: S310  # `Service` knows the scheme
    try:
        with urllib.request.urlopen(message, timeout=SECONDS) as answer:  # noqa: S310  # as above
            return bytes(answer.read(_LARGEST))
    except (OSError, HTTPException, ValueError) as error:
        detail = getattr(error, "reason", None) or error
        raise QmsError("stamp-unreachable", url=url, detail=detail) from error


def read(answer: bytes, message: bytes) -> TimeStamp | None:
    """Return the stamp of a message in a service's answer; None if it is none of this message.

    Whose certificate it is, nobody asks: that needs to be compared by people.
    """
    try:
        return _read(_token(answer), lambda name: hashlib.new(name, message).digest())
    except Exception:  # hostile bytes make the parsers raise whatever Python knows
        return None


def token_of(answer: bytes) -> Any:
    """Return the stamp (ContentInfo) in an answer of a service; asn1crypto has no types."""
    return _token(answer)


def read_token(token: Any, message: bytes) -> TimeStamp:
    """Return what a stamp (ContentInfo) says of a message; raises anything if it is none of it."""
    return _read(token, lambda name: hashlib.new(name, message).digest())


def _token(answer: bytes) -> Any:
    from asn1crypto import tsp

    response = tsp.TimeStampResp.load(answer, strict=True)
    if response["status"]["status"].native not in ("granted", "granted_with_mods"):
        raise ValueError("refused")
    return response["time_stamp_token"]


def _read(token: Any, digest_of: Callable[[str], bytes]) -> TimeStamp:
    """Return what a stamp says; raises anything if it is none or not of what has the digest."""
    from asn1crypto import tsp
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation.generic_cms import (
        extract_certs_for_validation,
        validate_sig_integrity,
    )

    signed = token["content"]
    content = signed["encap_content_info"]["content"]
    info = content.parsed
    signer = extract_signer_info(signed)
    imprint = info["message_imprint"]
    names = [
        imprint["hash_algorithm"]["algorithm"].native,
        signer["digest_algorithm"]["algorithm"].native,
    ]
    if not isinstance(info, tsp.TSTInfo) or not set(names) <= set(_STRONG):
        raise ValueError("no stamp, or a weak one")
    if imprint["hashed_message"].native != digest_of(names[0]):
        raise ValueError("a stamp of something else")
    certificate = extract_certs_for_validation(signed).signer_cert
    usage = certificate.extended_key_usage_value
    if usage is None or "time_stamping" not in usage.native:  # RFC 3161, 2.3
        raise ValueError("not a certificate for time stamps")
    digest = hashlib.new(names[1], bytes(content)).digest()
    if validate_sig_integrity(signer, certificate, "tst_info", digest) != (True, True):
        raise ValueError("not signed so")
    name = certificates.name_of(certificate.dump())
    return TimeStamp(info["gen_time"].native, name)
