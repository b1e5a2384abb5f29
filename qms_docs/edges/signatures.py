"""The signature in a PDF that somebody hands in, examined by its bytes alone.

A PDF is signed by leaving a gap of hexadecimal digits in it and signing every byte around the gap
(ISO 32000-1, 12.8.1). So nothing of the file has to be understood, and none of its streams is
unpacked: it may be damaged or hostile. What is proved is that the owner of the certificate's key
has signed all bytes of the file but the gap. pyHanko is imported here only for a file with a gap.
"""

import hashlib
import re
from binascii import unhexlify
from collections import deque
from typing import Any

from qms_docs.edges import certificates, timestamps
from qms_docs.words.signatures import PdfSignature, TimeStamp

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_HEX = re.compile(rb"<(?:[0-9A-Fa-f]{2})*>")
_STRONG = ("sha256", "sha384", "sha512")
_LARGEST = 256 * 1024
"""Digits in a gap."""
_MOST = 8
"""Signatures that are looked at, the last ones: a hostile file could claim a million."""

_Range = tuple[int, int, int, int]


def is_signed(data: bytes) -> bool:
    """Tell whether a PDF claims to be signed: whether by right, `read` says."""
    return _widest(data) is not None


def read(data: bytes) -> PdfSignature | None:
    """Return the signature of a PDF, of several the one that covers most; None if there is none.

    Raises QmsError if there is one and the extra `sign` is not installed.
    """
    found = _widest(data)
    if found is None:
        return None
    timestamps.require()
    try:
        return _examined(data, found)
    except Exception:  # hostile bytes make the parsers raise whatever Python knows
        return PdfSignature(b"", "", False)


def _widest(data: bytes) -> _Range | None:
    """Return start and length of both parts around the gap that reaches farthest."""
    last = deque(_RANGE.finditer(data), maxlen=_MOST)
    ranges = (tuple(map(int, match.groups())) for match in last)
    gaps = [(a, b, c, d) for a, b, c, d in ranges if _is_gap(data, a, b, c, d)]
    return max(gaps, key=lambda each: each[2] + each[3], default=None)


def _is_gap(data: bytes, start: int, length: int, after: int, rest: int) -> bool:
    is_inside = start == 0 and 0 < length < after <= after + rest <= len(data)
    return (
        is_inside and after - length <= _LARGEST and _HEX.fullmatch(data, length, after) is not None
    )


def _examined(data: bytes, found: _Range) -> PdfSignature:
    """Return what a signature says (CMS, RFC 5652); raises anything if it cannot be read."""
    from asn1crypto import cms
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation.generic_cms import (
        extract_certs_for_validation,
        validate_sig_integrity,
    )

    _, length, after, rest = found
    raw = unhexlify(data[length + 1 : after - 1])
    content = cms.ContentInfo.load(raw)
    signed = content["content"]
    signer = extract_signer_info(signed)
    certificate = extract_certs_for_validation(signed).signer_cert
    name = signer["digest_algorithm"]["algorithm"].native
    digest = hashlib.new(name, data[:length] + data[after : after + rest]).digest()
    is_detached = signed["encap_content_info"]["content"].native is None
    is_whole = after + rest == len(data) and not raw[len(content.dump()) :].strip(b"\0")
    is_valid = validate_sig_integrity(signer, certificate, "data", digest) == (True, True)
    der = certificate.dump()
    return PdfSignature(
        certificate=der,
        name=certificates.name_of(der),
        is_intact=name in _STRONG and is_detached and is_whole and is_valid,
        stamp=_stamp(signer) if is_valid else None,
    )


def _stamp(signer: Any) -> TimeStamp | None:
    """Return the time stamp of a signature (RFC 3161, appendix A), if it has one in order."""
    attributes = signer["unsigned_attrs"]
    for attribute in attributes if attributes.native else ():
        if attribute["type"].native == "signature_time_stamp_token":
            return timestamps.read_token(attribute["values"][0], signer["signature"].native)
    return None
