"""Public keys: each has one line, and what proves nothing is no key."""

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import sshsig
from tests import signing
from tests.signing import KINDS, MESSAGE, Person, Signer, accepts, fields, ssh_keygen, string

Keys = Mapping[str, Person]


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_line_is_what_openssh_writes(keys: Keys, kind: str) -> None:
    line = sshsig.key_line(keys[kind].public.read_text())
    assert line == keys[kind].key
    assert sshsig.key_line(line) == line


@pytest.mark.parametrize("kind", KINDS)
def test_a_fingerprint_is_what_ssh_keygen_prints(keys: Keys, kind: str) -> None:
    printed = ssh_keygen("-l", "-f", keys[kind].public).stdout.decode()
    assert sshsig.fingerprint(keys[kind].key) == printed.split()[1]


def test_what_is_no_key_has_no_fingerprint() -> None:
    with pytest.raises(ValueError, match="not a key"):
        sshsig.fingerprint("ssh-ed25519 AAAA")


@pytest.mark.parametrize(
    "written",
    [
        "{}",
        "  {}\n",
        "{} ada@example.org",
        "{} a comment of words, 中文 too\r\n",
        "no-pty {}",
        'command="echo hello world",no-pty {} ada',
        r'command="echo \"hello\"" {}',
        'from="*",command="{other}" {} {other}',
        "{} {other}",
    ],
)
def test_options_and_comments_are_left_out(keys: Keys, other: Signer, written: str) -> None:
    key = keys["ed25519"].key
    text = written.replace("{other}", other.key).replace("{}", key)
    assert sshsig.key_line(text) == key


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ssh-ed25519",
        "{}\n{}",
        "# {}",
        '"{}"',
        'command="{}',
        'command="\\" {}',
        "two words {}",
        "a\nb {}",
        "{type}{data}",
        "{type}\n{data}",
        "SSH-ED25519 {data}",
        "ssh-rsa {data}",
        "{type} {data}=",
        "{type} {data}AAAA",
        "{type} {short}",
        "{type} -----BEGIN",
        "ssh-dss {data}",
        "ssh-ed25519-cert-v01@openssh.com {data}",
    ],
)
def test_what_is_no_key_is_none(keys: Keys, signed: Mapping[str, str], written: str) -> None:
    key = keys["ed25519"].key
    kind, data = key.split()
    values = {"{}": key, "{type}": kind, "{data}": data, "{short}": data[:-4]}
    for name, value in values.items():
        written = written.replace(name, value)
    assert sshsig.key_line(written) is None
    assert sshsig.verify(signed["ed25519"], MESSAGE, written) == "key"


def test_a_long_line_is_read_in_reasonable_time(keys: Keys) -> None:
    for part in ('"', '\\"', "\\", "a", 'a"b"', " ", "ssh-ed25519 ", '"" '):
        assert sshsig.key_line(part * 20_000 + keys["ed25519"].key + "\n\n.") is None


@given(st.text())
def test_any_other_text_is_none(text: str) -> None:
    assert sshsig.key_line(text) is None
    assert sshsig.key_line(f"ssh-ed25519 {text}") is None


@given(st.sampled_from(KINDS), st.data())
def test_a_changed_key_is_another_key_or_none(keys: Keys, kind: str, data: st.DataObject) -> None:
    name, text = keys[kind].key.split()
    blob = bytearray(base64.b64decode(text))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= data.draw(st.integers(1, 255))
    line = f"{name} {base64.b64encode(blob).decode()}"
    assert sshsig.key_line(line) in (line, None)
    assert line != keys[kind].key


def test_a_certificate_is_refused(other: Signer, tmp_path: Path) -> None:
    person = signing.signer(tmp_path, "ed25519")
    ssh_keygen("-q", "-s", other.private, "-I", "ada", "-n", "person", person.public)
    certificate = (tmp_path / "ed25519-cert.pub").read_text()
    assert sshsig.key_line(certificate) is None
    key, *rest = fields(person.sign(MESSAGE))
    made = signing.signature(base64.b64decode(certificate.split()[1]), *rest)
    for line in (person.key, certificate):
        assert sshsig.verify(made, MESSAGE, line) == "key"
    assert accepts(tmp_path, made, MESSAGE, other.key, "cert-authority")
    assert sshsig.verify(signing.signature(key, *rest), MESSAGE, certificate) == "key"


def line(*parts: bytes) -> str:
    """Return the line of a key of its strings."""
    blob = b"".join(map(string, parts))
    return f"{parts[0].decode()} {base64.b64encode(blob).decode()}"


PRIME = 2**255 - 19
ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826


@pytest.mark.parametrize("y", [0, 1, PRIME - 1, PRIME, PRIME + 1, ORDER_8, PRIME - ORDER_8])
@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("rest", [(b"ssh-ed25519",), (b"sk-ssh-ed25519@openssh.com", b"ssh:")])
def test_a_key_with_which_anybody_can_sign_is_refused(
    y: int, sign: int, rest: tuple[bytes, ...]
) -> None:
    kind, *application = rest
    point = (y | sign << 255).to_bytes(32, "little")
    assert sshsig.key_line(line(kind, point, *application)) is None


def test_the_signature_that_anybody_can_make_is_refused(tmp_path: Path) -> None:
    point = (1).to_bytes(32, "little")
    everything = point + bytes(32)
    Ed25519PublicKey.from_public_bytes(point).verify(everything, b"anything")
    key = line(b"ssh-ed25519", point)
    inner = string(b"ssh-ed25519") + string(everything)
    blob = base64.b64decode(key.split()[1])
    made = signing.signature(blob, b"qms-approval", b"", b"sha512", inner)
    assert accepts(tmp_path, made, MESSAGE, key)
    assert sshsig.verify(made, MESSAGE, key) == "key"


def mpint(number: int) -> bytes:
    return signing.numbers(number)[4:]


@pytest.fixture(scope="module")
def modulus() -> int:
    return rsa.generate_private_key(65537, 2048).public_key().public_numbers().n


def test_an_rsa_key_that_is_too_weak_or_too_long_is_refused(modulus: int) -> None:
    for exponent in (1, 2, 65538, 2**64 + 1):
        assert sshsig.key_line(line(b"ssh-rsa", mpint(exponent), mpint(modulus))) is None
    for wrong in (modulus >> 1, 2**1023 + 1, 2**16384 + 1, 2**200_000 + 1):
        assert sshsig.key_line(line(b"ssh-rsa", mpint(65537), mpint(wrong))) is None


def test_an_rsa_key_has_one_spelling(modulus: int) -> None:
    good = (b"ssh-rsa", mpint(65537), mpint(modulus))
    assert sshsig.key_line(line(*good)) == line(*good)
    for exponent, product in (
        (b"\0" + good[1], good[2]),
        (good[1], b"\0" + good[2]),
        (good[1], good[2][1:]),  # negative
        (b"", good[2]),
        (good[1], b""),
    ):
        assert sshsig.key_line(line(b"ssh-rsa", exponent, product)) is None


def test_a_short_rsa_key_signs_in_vain(tmp_path: Path) -> None:
    """`ssh-keygen` accepts 1024 bits."""
    person = signing.signer(tmp_path, "rsa", "1024")
    made = person.sign(MESSAGE)
    assert accepts(tmp_path, made, MESSAGE, person.key)
    assert sshsig.verify(made, MESSAGE, person.key) == "key"


def test_a_point_has_one_spelling_and_lies_on_its_curve() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    kind, point = b"ecdsa-sha2-nistp256", signing.on_curve(key)
    assert sshsig.key_line(line(kind, b"nistp256", point)) == line(kind, b"nistp256", point)
    for wrong in (
        signing.on_curve(key, PublicFormat.CompressedPoint),
        bytes([6 + point[-1] % 2]) + point[1:],
        point[:-1],
        point + b"\0",
        point[:-1] + bytes([point[-1] ^ 1]),
        b"\0",
        b"\4",
        b"",
    ):
        assert sshsig.key_line(line(kind, b"nistp256", wrong)) is None
    for name, curve in ((b"ecdsa-sha2-nistp384", b"nistp256"), (kind, b"nistp384"), (kind, b"")):
        assert sshsig.key_line(line(name, curve, point)) is None


def test_the_application_of_a_security_key_ends_where_openssh_ends_it(tmp_path: Path) -> None:
    for curve in ("ed25519", "ecdsa"):
        person = signing.security_key(tmp_path, curve, application=b"ssh:\0")
        assert sshsig.key_line(person.key) is None
