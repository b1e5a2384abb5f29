"""Certificates: read from files, and who vouches for whom."""

from pathlib import Path

import pytest

from qms_docs.edges import certificates
from qms_docs.words.errors import QmsError
from tests.edges.signers import owner


def test_a_certificate_is_read_in_both_ways_of_writing(tmp_path: Path) -> None:
    who = owner("Quality 质量")
    (tmp_path / "der").write_bytes(who.der)
    for file in (who.pem(tmp_path / "pem"), tmp_path / "der"):
        assert certificates.read(file) == who.der
    assert certificates.name_of(who.der) == "Quality 质量"


@pytest.mark.parametrize("data", [b"", b"junk", b"-----BEGIN CERTIFICATE-----\njunk\n"])
def test_anything_else_is_none(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(QmsError, match="no-certificate"):
        certificates.read(tmp_path / "file")


def test_a_certificate_and_its_authority_vouch_and_nobody_else() -> None:
    authority = owner("Example Authority", authority=True, usage="key_cert_sign")
    who = owner(issuer=authority)
    assert certificates.vouches(who.der, who.der)
    assert certificates.vouches(authority.der, who.der)
    namesake = owner("Example Authority", authority=True, usage="key_cert_sign")
    assert not certificates.vouches(namesake.der, who.der)
    assert not certificates.vouches(who.der, authority.der)


def test_who_is_no_authority_does_not_vouch() -> None:
    """Attack: the owner of a common certificate issues one for somebody else."""
    common = owner("Example Publisher")
    assert not certificates.vouches(common.der, owner("Somebody", issuer=common).der)
