"""SSH signatures: what `ssh-keygen` signs is accepted, what it refuses is refused."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms_docs.text import sshsig
from tests import signing
from tests.signing import Signer, accepts, blob, fields, ssh_keygen, string

MESSAGE = b'{"meaning": "approved"}\n'
KINDS = ("ed25519",)
DIGESTS = ("sha256", "sha512")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Signer]:
    folder = tmp_path_factory.mktemp("keys")
    return {kind: signing.signer(folder, *kind.split()) for kind in KINDS}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return signing.signer(tmp_path_factory.mktemp("other"), "ed25519")


@pytest.mark.parametrize("digest", DIGESTS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("message", [b"", MESSAGE, bytes(range(256)) * 1000])
def test_what_ssh_keygen_signs_is_accepted(
    keys: dict[str, Signer], kind: str, digest: str, message: bytes
) -> None:
    made = keys[kind].sign(message, digest=digest)
    assert sshsig.verify(made, message, keys[kind].key) is None


@pytest.mark.parametrize("kind", KINDS)
def test_another_message_is_refused(keys: dict[str, Signer], kind: str, tmp_path: Path) -> None:
    made = keys[kind].sign(MESSAGE)
    for message in (b"", MESSAGE + b"\n", MESSAGE.replace(b"a", b"A", 1)):
        assert sshsig.verify(made, message, keys[kind].key) == "signature"
        assert not accepts(tmp_path, made, message, keys[kind].key)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "namespace", ["file", "git", "qms-approval2", "qms-approva", "QMS-approval"]
)
def test_a_signature_for_another_purpose_is_refused(
    keys: dict[str, Signer], kind: str, namespace: str, tmp_path: Path
) -> None:
    made = keys[kind].sign(MESSAGE, namespace)
    assert sshsig.verify(made, MESSAGE, keys[kind].key) == "namespace"
    assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)
    assert sshsig.verify(made, MESSAGE, keys[kind].key, namespace) is None


def test_a_signature_relabelled_for_our_purpose_is_refused(
    keys: dict[str, Signer], tmp_path: Path
) -> None:
    for kind in KINDS:
        key, _, *rest = fields(keys[kind].sign(MESSAGE, "git"))
        made = signing.signature(key, sshsig.NAMESPACE.encode(), *rest)
        assert sshsig.verify(made, MESSAGE, keys[kind].key) == "signature"
        assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@pytest.mark.parametrize("kind", KINDS)
def test_the_signature_of_another_key_is_refused(
    keys: dict[str, Signer], other: Signer, kind: str, tmp_path: Path
) -> None:
    made = keys[kind].sign(MESSAGE)
    assert sshsig.verify(made, MESSAGE, other.key) == "key"
    assert not accepts(tmp_path, made, MESSAGE, other.key)


def test_a_signature_under_the_name_of_another_key_is_refused(
    keys: dict[str, Signer], other: Signer, tmp_path: Path
) -> None:
    _, *rest = fields(other.sign(MESSAGE))
    key, *_ = fields(keys["ed25519"].sign(MESSAGE))
    made = signing.signature(key, *rest)
    assert sshsig.verify(made, MESSAGE, keys["ed25519"].key) == "signature"
    assert not accepts(tmp_path, made, MESSAGE, keys["ed25519"].key)


@pytest.mark.parametrize("kind", KINDS)
def test_a_swapped_digest_is_refused(keys: dict[str, Signer], kind: str, tmp_path: Path) -> None:
    key, namespace, reserved, digest, inner = fields(keys[kind].sign(MESSAGE))
    assert digest == b"sha512"
    for name, reason in ((b"sha256", "signature"), (b"sha1", "algorithm"), (b"", "algorithm")):
        made = signing.signature(key, namespace, reserved, name, inner)
        assert sshsig.verify(made, MESSAGE, keys[kind].key) == reason
        assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@pytest.mark.parametrize("kind", KINDS)
@settings(suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_changed_byte_is_refused(
    keys: dict[str, Signer], kind: str, data: st.DataObject, tmp_path: Path
) -> None:
    whole = blob(keys[kind].sign(MESSAGE))
    place = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.integers(1, 255))
    changed = bytearray(whole)
    changed[place] ^= change
    made = signing.armoured(bytes(changed))
    assert sshsig.verify(made, MESSAGE, keys[kind].key) is not None
    if changed[6:10] != bytes(4):  # the version, which is not signed: ssh-keygen takes 0 for 1
        assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@pytest.mark.parametrize("kind", KINDS)
def test_every_single_bit_counts(keys: dict[str, Signer], kind: str) -> None:
    whole = blob(keys[kind].sign(MESSAGE))
    for place in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[place // 8] ^= 1 << place % 8
        made = signing.armoured(bytes(changed))
        assert sshsig.verify(made, MESSAGE, keys[kind].key) is not None, place


@pytest.mark.parametrize("kind", KINDS)
def test_a_shortened_or_prolonged_signature_is_unreadable(
    keys: dict[str, Signer], kind: str, tmp_path: Path
) -> None:
    whole = blob(keys[kind].sign(MESSAGE))
    for length in range(len(whole)):
        made = signing.armoured(whole[:length])
        assert sshsig.verify(made, MESSAGE, keys[kind].key) == "unreadable"
    for changed in (whole[:-1], whole[:20], whole + b"\0", whole + whole):
        made = signing.armoured(changed)
        assert sshsig.verify(made, MESSAGE, keys[kind].key) == "unreadable"
        assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@pytest.mark.parametrize("kind", KINDS)
def test_trailing_data_inside_are_refused(
    keys: dict[str, Signer], kind: str, tmp_path: Path
) -> None:
    *rest, inner = fields(keys[kind].sign(MESSAGE))
    key = rest[0]
    for made in (
        signing.signature(*rest, inner + b"\0"),
        signing.signature(*rest, inner + string(b"")),
        signing.signature(key + b"\0", *rest[1:], inner),
        signing.signature(*rest, inner, b""),
    ):
        assert sshsig.verify(made, MESSAGE, keys[kind].key) in ("unreadable", "key")
        assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


def test_another_version_or_magic_is_unreadable(keys: dict[str, Signer], tmp_path: Path) -> None:
    key = keys["ed25519"].key
    parts = fields(keys["ed25519"].sign(MESSAGE))
    for made in (
        signing.signature(*parts, version=2),
        signing.signature(*parts, version=2**32 - 1),
        signing.signature(*parts, magic=b"SSHSIH"),
    ):
        assert sshsig.verify(made, MESSAGE, key) == "unreadable"
        assert not accepts(tmp_path, made, MESSAGE, key)


def test_an_empty_purpose_is_unreadable(keys: dict[str, Signer]) -> None:
    key, _, *rest = fields(keys["ed25519"].sign(MESSAGE))
    made = signing.signature(key, b"", *rest)
    assert sshsig.verify(made, MESSAGE, keys["ed25519"].key, "") == "unreadable"


REFUSED_BY_US_ALONE = {
    "a space at the end of a line": lambda text: text.replace("\n", " \n", 2).replace(
        " \n", "\n", 1
    ),
    "an empty line": lambda text: text.replace("\n", "\n\n", 1),
    "text behind": lambda text: text + "Approved!\n",
    "an empty line behind": lambda text: text + "\n",
    "a second signature behind": lambda text: text + text,
    "version 0": lambda text: signing.signature(*fields(text), version=0),
    "a filled reserved field": lambda text: signing.signature(
        *fields(text)[:2], b"x", *fields(text)[3:]
    ),
    "a zero byte behind the purpose": lambda text: signing.signature(
        fields(text)[0], fields(text)[1] + b"\0", *fields(text)[2:]
    ),
}


@pytest.mark.parametrize("name", REFUSED_BY_US_ALONE)
def test_a_second_spelling_is_refused(keys: dict[str, Signer], name: str, tmp_path: Path) -> None:
    """`ssh-keygen` accepts these: the test says so, lest a better example be needed one day."""
    made = REFUSED_BY_US_ALONE[name](keys["ed25519"].sign(MESSAGE))
    assert sshsig.verify(made, MESSAGE, keys["ed25519"].key) in ("unreadable", "namespace")
    assert accepts(tmp_path, made, MESSAGE, keys["ed25519"].key)


ARMOUR_TRICKS = {
    "text before": lambda text: "Approved!\n" + text,
    "an empty line before": lambda text: "\n" + text,
    "no header": lambda text: text.removeprefix(signing.BEGIN),
    "no footer": lambda text: text.removesuffix(signing.END),
    "no last line": lambda text: "\n".join(text.splitlines()[:-2]) + "\n" + signing.END,
    "a line missing": lambda text: "\n".join((*text.splitlines()[:2], *text.splitlines()[3:])),
    "a line twice": lambda text: text.replace(line := text.splitlines()[2], f"{line}\n{line}"),
    "a comment": lambda text: text.replace("\n", "\nComment: x\n", 1),
    "armour of another kind": lambda text: text.replace("SSH SIGNATURE", "PGP SIGNATURE"),
    "small letters": lambda text: text.replace("BEGIN", "begin"),
    "nothing inside": lambda text: signing.BEGIN + signing.END,
    "padding in the middle": lambda text: text.replace("\n", "\n====\n", 1),
    "padding too many": lambda text: text.replace("\n-----END", "====\n-----END"),
    "another alphabet": lambda text: text.replace("\nU", "\n_", 1),
    "full width": lambda text: text.replace("\nU", "\n\uff35", 1),
    "a zero byte": lambda text: text.replace("\nU", "\n\0U", 1),
    "nothing at all": lambda text: "",
}


@pytest.mark.parametrize("name", ARMOUR_TRICKS)
def test_false_armour_is_unreadable(keys: dict[str, Signer], name: str, tmp_path: Path) -> None:
    made = ARMOUR_TRICKS[name](keys["ed25519"].sign(MESSAGE))
    assert sshsig.verify(made, MESSAGE, keys["ed25519"].key) == "unreadable"
    assert not accepts(tmp_path, made, MESSAGE, keys["ed25519"].key)


def test_lines_end_with_a_line_feed(keys: dict[str, Signer]) -> None:
    """Whether `ssh-keygen` minds carriage returns depends on its version."""
    made = keys["ed25519"].sign(MESSAGE).replace("\n", "\r\n")
    assert sshsig.verify(made, MESSAGE, keys["ed25519"].key) == "unreadable"


@pytest.mark.parametrize("width", [4, 64, 76, 10_000])
def test_lines_may_have_any_length(keys: dict[str, Signer], width: int, tmp_path: Path) -> None:
    """Other programs than `ssh-keygen` break them at 76 characters, as the format advises."""
    made = signing.armoured(blob(keys["ed25519"].sign(MESSAGE)), width)
    for text in (made, made.removesuffix("\n")):
        assert sshsig.verify(text, MESSAGE, keys["ed25519"].key) is None
        assert accepts(tmp_path, text, MESSAGE, keys["ed25519"].key)


@settings(suppress_health_check=list(HealthCheck))
@given(place=st.integers(0), character=st.characters())
def test_a_changed_character_is_never_accepted_by_us_alone(
    keys: dict[str, Signer], place: int, character: str, tmp_path: Path
) -> None:
    text = keys["ed25519"].sign(MESSAGE)
    place %= len(text)
    made = text[:place] + character + text[place + 1 :]
    if sshsig.verify(made, MESSAGE, keys["ed25519"].key) is None:
        assert accepts(tmp_path, made, MESSAGE, keys["ed25519"].key)


@given(signature=st.text(), message=st.binary(), key=st.text(), namespace=st.text())
def test_there_is_an_answer_to_anything(
    signature: str, message: bytes, key: str, namespace: str
) -> None:
    assert sshsig.verify(signature, message, key, namespace) == "unreadable"
    assert sshsig.key_line(key) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_line_is_what_openssh_writes(keys: dict[str, Signer], kind: str) -> None:
    line = sshsig.key_line(keys[kind].public.read_text())
    assert line == keys[kind].key
    assert sshsig.key_line(line) == line


@pytest.mark.parametrize("kind", KINDS)
def test_a_fingerprint_is_what_ssh_keygen_prints(keys: dict[str, Signer], kind: str) -> None:
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
def test_options_and_comments_are_left_out(
    keys: dict[str, Signer], other: Signer, written: str
) -> None:
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
        "ssh-ed25519-cert-v01@openssh.com {data}",
    ],
)
def test_what_is_no_key_is_none(keys: dict[str, Signer], written: str) -> None:
    key = keys["ed25519"].key
    kind, data = key.split()
    values = {"{}": key, "{type}": kind, "{data}": data, "{short}": data[:-4]}
    for name, value in values.items():
        written = written.replace(name, value)
    assert sshsig.key_line(written) is None
    made = keys["ed25519"].sign(MESSAGE)
    assert sshsig.verify(made, MESSAGE, written) == "key"


def test_a_certificate_is_refused(other: Signer, tmp_path: Path) -> None:
    person = signing.signer(tmp_path, "ed25519")
    ssh_keygen("-q", "-s", other.private, "-I", "ada", "-n", "person", person.public)
    certificate = (tmp_path / "ed25519-cert.pub").read_text()
    assert sshsig.key_line(certificate) is None
    key, *rest = fields(person.sign(MESSAGE))
    made = signing.signature(base64.b64decode(certificate.split()[1]), *rest)
    for line in (person.key, certificate):
        assert sshsig.verify(made, MESSAGE, line) == "key"
    assert sshsig.verify(signing.signature(key, *rest), MESSAGE, certificate) == "key"


PRIME = 2**255 - 19
ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826


@pytest.mark.parametrize("y", [0, 1, PRIME - 1, PRIME, PRIME + 1, ORDER_8, PRIME - ORDER_8])
@pytest.mark.parametrize("sign", [0, 1])
def test_a_key_with_which_anybody_can_sign_is_refused(y: int, sign: int, tmp_path: Path) -> None:
    point = (y | sign << 255).to_bytes(32, "little")
    blob = string(b"ssh-ed25519") + string(point)
    line = f"ssh-ed25519 {base64.b64encode(blob).decode()}"
    assert sshsig.key_line(line) is None
    if y == 1 and not sign:
        everything = (1).to_bytes(32, "little") + bytes(32)  # signs any message for that key
        Ed25519PublicKey.from_public_bytes(point).verify(everything, b"anything")
        inner = string(b"ssh-ed25519") + string(everything)
        made = signing.signature(blob, b"qms-approval", b"", b"sha512", inner)
        assert accepts(tmp_path, made, MESSAGE, line)
        assert sshsig.verify(made, MESSAGE, line) == "key"
