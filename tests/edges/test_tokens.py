"""Keys in tokens: a real PKCS#11 library (SoftHSM), or the plain word that one is missing."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from qms_docs.edges import pades, pdf, signatures
from qms_docs.words.errors import QmsError
from tests.edges.printing import job
from tests.edges.signers import NOW, Key, Owner, owner, rsa_key

# The engine leaves its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "4711"


def refusal(uri: str, pin: str = PIN) -> str:
    with pytest.raises(QmsError) as caught, pades.opened(uri, pin, NOW):
        pass
    return caught.value.key


def test_without_the_extra_it_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    assert refusal("pkcs11:object=a?module-path=/lib.so") == "no-token-extra"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a software token, made by its own tool."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    with pytest.MonkeyPatch.context() as patch:
        # The library reads it when it is loaded, and it is loaded once a process.
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        options = ("--init-token", "--free", "--label", "qms", "--so-pin", "0815", "--pin", PIN)
        subprocess.run(["softhsm2-util", *options], check=True, capture_output=True)
        import pkcs11

        pkcs11.lib(str(LIBRARY))
    return folder


def uri(label: str, token: str = "qms") -> str:
    return f"pkcs11:token={token};object={label}?module-path={LIBRARY}"


def put(folder: Path, label: str, who: Owner) -> None:
    """Put a key and its certificate into the token."""
    import pkcs11
    from pkcs11 import Attribute, CertificateType, ObjectClass
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.rsa import decode_rsa_private_key

    private = PrivateFormat.TraditionalOpenSSL
    der = who.key.private_bytes(Encoding.DER, private, NoEncryption())
    is_curve = isinstance(who.key, ec.EllipticCurvePrivateKey)
    decode = decode_ec_private_key if is_curve else decode_rsa_private_key
    with pkcs11.lib(str(LIBRARY)).get_token(token_label="qms").open(rw=True, user_pin=PIN) as there:
        named = {Attribute.TOKEN: True, Attribute.LABEL: label}
        there.create_object({**decode(der), **named, Attribute.SIGN: True})
        certificate = who.certificate
        there.create_object(
            {
                **named,
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                Attribute.SUBJECT: certificate.subject.public_bytes(),
                Attribute.VALUE: who.der,
            }
        )


@pytest.mark.parametrize("make", [rsa_key, lambda: ec.generate_private_key(ec.SECP256R1())])
def test_a_key_in_a_token_signs(token: Path, make: Callable[[], Key]) -> None:
    who = owner("In a token", key=make())
    label = who.fingerprint[:8]
    put(token, label, who)
    data = pdf.render(job("<p>Some text.</p>")).data
    with pades.opened(uri(label), PIN, NOW) as hand:
        made = pades.signed(data, "a.pdf", "Electronic signature", hand, None)
    found = signatures.read(made)
    assert found is not None
    assert (found.is_intact, found.fingerprint) == (True, who.fingerprint)
    assert made.startswith(data)


def test_what_is_wrong_with_a_token_is_told_plainly(token: Path) -> None:
    put(token, "late", owner(end=NOW.replace(year=NOW.year - 1), begin=NOW.replace(year=2000)))
    assert refusal(uri("late")) == "certificate-over"
    assert refusal(uri("nobody")) == "token-key"
    assert refusal(uri("late"), "0000") == "wrong-pin"
    assert refusal(uri("late", token="other")) == "which-token"
    assert refusal("pkcs11:object=a?module-path=/nowhere/library.so") == "token-failed"
