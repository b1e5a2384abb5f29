"""Signed PDFs: the unsigned file with a signature behind it, and nobody else's."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from qms_docs.edges import pades, pdf, signatures, stamps, timestamps
from qms_docs.edges.pades import Signatory
from qms_docs.edges.timestamps import Service
from qms_docs.words.errors import QmsError
from tests.edges.printing import job
from tests.edges.signers import DAY, NOW, PASSPHRASE, Owner, clock, owner, rsa_key
from tools import pdf_conformance

# The engine leaves its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")

MARK = "<html><head><title>m</title></head><body><p>M</p><p style='break-before:page'>M</p></body>"


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf.render(job("<p>Some text.</p>")).data


@pytest.fixture(scope="module")
def publisher() -> Owner:
    return owner()


@pytest.fixture
def sign(tmp_path: Path) -> Callable[..., bytes]:
    """Return a function that signs a PDF as somebody."""

    def signed(data: bytes, who: Owner, service: Service | None = None) -> bytes:
        with pades.opened(str(who.p12(tmp_path / "key.p12")), PASSPHRASE, NOW) as hand:
            return pades.signed(data, "a.pdf", "Electronic signature", hand, service)

    return signed


def refusal(path: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(QmsError) as caught, pades.opened(str(path), passphrase, NOW):
        pass
    return caught.value.key


@pytest.mark.parametrize(
    "make",
    [
        rsa_key,
        lambda: ec.generate_private_key(ec.SECP256R1()),
        lambda: ec.generate_private_key(ec.SECP384R1()),
        ed25519.Ed25519PrivateKey.generate,
    ],
)
def test_a_signed_file_begins_with_the_unsigned_one(
    printed: bytes, sign: Callable[..., bytes], make: Callable[[], object]
) -> None:
    who = owner("Quality 质量", key=make())  # type: ignore[arg-type]  # a key of any kind
    made = sign(printed, who)
    assert made.startswith(printed)
    found = signatures.read(made)
    assert found is not None
    assert (found.name, found.fingerprint) == ("Quality 质量", who.fingerprint)
    assert found.is_intact
    assert found.stamp is None
    assert signatures.read(printed) is None


def test_another_program_reads_the_signature(
    printed: bytes, sign: Callable[..., bytes], publisher: Owner, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(sign(printed, publisher))
    command = ["pdfsig", "-nocert", str(tmp_path / "a.pdf")]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Example Publisher" in said


@pytest.mark.parametrize("mark", ["", MARK])
def test_pdf_a_and_pdf_ua_still_hold(
    printed: bytes, sign: Callable[..., bytes], publisher: Owner, tmp_path: Path, mark: str
) -> None:
    data = stamps.stamped(printed, mark) if mark else printed
    before, after = tmp_path / "before.pdf", tmp_path / "after.pdf"
    before.write_bytes(data)
    after.write_bytes(sign(data, publisher))
    for verdict in pdf_conformance.validate_all([before, after]):
        assert not isinstance(verdict, Exception), verdict
        assert verdict.conforms, verdict


def test_a_time_stamp_says_when(
    printed: bytes, sign: Callable[..., bytes], publisher: Owner
) -> None:
    with clock() as running:
        made = sign(printed, publisher, Service(running.url, NOW))
        again = sign(printed, publisher, Service(running.url, NOW))
    for each in (made, again):
        found = signatures.read(each)
        assert found is not None
        assert found.stamp is not None
        assert found.stamp.authority == "Example Clock"
        assert abs(found.stamp.instant - NOW) < DAY
    assert len(running.asked) == 3  # the first asks how large a stamp is


def test_what_was_added_afterwards_is_seen(
    printed: bytes, sign: Callable[..., bytes], publisher: Owner
) -> None:
    made = sign(printed, publisher)
    for attacked in (made + b"% more\n", made[:-1], made.replace(b"/Title", b"/Titel", 1)):
        found = signatures.read(attacked)
        assert found is None or not found.is_intact


def test_who_signs_an_update_behind_our_signature_is_the_signer(
    printed: bytes,
    sign: Callable[..., bytes],
    publisher: Owner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Attack: an update behind our signature, signed by somebody else of the same name."""
    made = sign(printed, publisher)
    other = owner("Example Publisher")
    with pytest.raises(QmsError, match="signing-failed"):  # the field is taken
        sign(made, other)
    monkeypatch.setattr(pades, "_FIELD", "Another")
    found = signatures.read(sign(made, other))
    assert found is not None
    assert found.is_intact
    assert found.fingerprint == other.fingerprint != publisher.fingerprint


def test_the_signature_of_another_file_does_not_fit(
    printed: bytes, sign: Callable[..., bytes], publisher: Owner
) -> None:
    """Attack: the update with which one file was signed, behind another one of the same length."""
    made = sign(printed, publisher)
    other = printed.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert len(other) == len(printed)
    assert other != printed
    found = signatures.read(other + made[len(printed) :])
    assert found is not None
    assert found.fingerprint == publisher.fingerprint
    assert not found.is_intact


@pytest.mark.parametrize(
    "gap",
    [
        b"/ByteRange [0 1 2 3]",
        b"/ByteRange [0 30 34 0] 1234567<00>",
        b"/ByteRange [0 9999999999 9999999999 9999999999]<>",
        b"<" + b"30" * 200 + b">/ByteRange [0 12 414 4]",
    ],
)
def test_no_bytes_make_it_stumble(gap: bytes) -> None:
    found = signatures.read(b"%PDF-1.7\n   " + gap)
    assert found is None or not found.is_intact


@pytest.mark.parametrize(
    ("who", "key"),
    [
        (lambda: owner(end=NOW - DAY / 2), "certificate-over"),
        (lambda: owner(begin=NOW + DAY), "certificate-not-yet"),
        (lambda: owner(usage="key_encipherment"), "certificate-use"),
        (lambda: owner(key=rsa_key(1024)), "certificate-weak"),
    ],
)
def test_an_unfit_certificate_signs_nothing(
    who: Callable[[], Owner], key: str, tmp_path: Path
) -> None:
    assert refusal(who().p12(tmp_path / "key.p12")) == key


@pytest.mark.parametrize("usage", ["content_commitment", None])
def test_a_certificate_for_documents_or_for_anything_will_do(
    usage: str | None, tmp_path: Path
) -> None:
    with pades.opened(str(owner(usage=usage).p12(tmp_path / "k")), PASSPHRASE, NOW) as hand:
        assert isinstance(hand, Signatory)


def test_a_key_that_cannot_be_used_is_told_plainly(tmp_path: Path) -> None:
    file = owner().p12(tmp_path / "key.p12")
    assert refusal(file, "wrong") == "unusable-p12"
    assert refusal(file, "") == "unusable-p12"
    (tmp_path / "junk").write_bytes(b"junk")
    assert refusal(tmp_path / "junk") == "unusable-p12"
    assert refusal(tmp_path / "missing") == "unreadable-file"


def test_a_key_without_a_passphrase_is_taken(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

    who = owner()
    data = pkcs12.serialize_key_and_certificates(
        b"x", who.key, who.certificate, None, NoEncryption()
    )
    (tmp_path / "key.p12").write_bytes(data)
    with pades.opened(str(tmp_path / "key.p12"), "", NOW) as hand:
        assert hand.fingerprint == who.fingerprint


def test_a_million_claims_cost_no_time() -> None:
    """Attack: each claim points to the same long gap, which would be looked at a million times."""
    claim = b"/ByteRange [0 9 262001 9]"
    data = b"%PDF-1.7\n<" + b"0" * 261_990 + b">" + claim * 100_000
    begin = time.process_time()
    found = signatures.read(data)
    assert time.process_time() - begin < 5
    assert found is not None
    assert not found.is_intact


def test_a_file_without_a_key_is_told_plainly(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    locked = BestAvailableEncryption(PASSPHRASE.encode())
    data = pkcs12.serialize_key_and_certificates(b"x", None, owner().certificate, None, locked)
    (tmp_path / "key.p12").write_bytes(data)
    assert refusal(tmp_path / "key.p12") == "empty-p12"


def test_without_the_extra_it_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import sys

    file = owner().p12(tmp_path / "key.p12")
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    assert refusal(file) == "no-sign-extra"
    with pytest.raises(QmsError, match="no-sign-extra"):
        timestamps.require()
