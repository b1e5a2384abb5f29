"""SSH signatures: what `ssh-keygen` signs is accepted, what it refuses is refused."""

import base64
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512, HashAlgorithm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms_docs.text import sshsig
from tests import signing
from tests.conftest import CASES
from tests.signing import KINDS, MESSAGE, Person, Signer, accepts, blob, fields, string, strings

DIGESTS = ("sha256", "sha512")
each_kind = pytest.mark.parametrize("kind", KINDS)

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

Keys = Mapping[str, Person]
Signed = Mapping[str, str]
Trick = Callable[[str], str]


@pytest.mark.parametrize("digest", DIGESTS)
@each_kind
@pytest.mark.parametrize("message", [b"", MESSAGE, bytes(range(256)) * 1000])
def test_what_ssh_keygen_signs_is_accepted(
    keys: Keys, kind: str, digest: str, message: bytes, tmp_path: Path
) -> None:
    made = keys[kind].sign(message, digest=digest)
    assert sshsig.verify(made, message, keys[kind].key) is None
    assert accepts(tmp_path, made, message, keys[kind].key)


@pytest.mark.parametrize(
    "file", sorted((CASES / "signatures").iterdir()), ids=lambda file: file.name
)
def test_a_signature_of_long_ago_is_accepted(file: Path, tmp_path: Path) -> None:
    key, _, made = file.read_text().partition("\n")
    assert sshsig.verify(made, b"approved\n", key) is None
    assert accepts(tmp_path, made, b"approved\n", key)


@pytest.mark.parametrize("kind", ["ed25519", "sk ecdsa"])
@settings(suppress_health_check=list(HealthCheck), max_examples=20)
@given(message=st.binary(max_size=200))
def test_any_message_can_be_signed(keys: Keys, kind: str, message: bytes) -> None:
    made = keys[kind].sign(message)
    assert sshsig.verify(made, message, keys[kind].key) is None
    assert sshsig.verify(made, message + b"x", keys[kind].key) == "signature"


@each_kind
def test_many_signatures_of_one_key_are_accepted(keys: Keys, kind: str) -> None:
    """Numbers in a signature have a byte less once in 128 times, and a sign to be minded."""
    for count in range(60 if kind.startswith("sk") else 6):
        message = str(count).encode()
        assert sshsig.verify(keys[kind].sign(message), message, keys[kind].key) is None


@each_kind
def test_another_message_is_refused(keys: Keys, signed: Signed, kind: str, tmp_path: Path) -> None:
    for message in (b"", MESSAGE + b"\n", MESSAGE.replace(b"a", b"A", 1)):
        assert sshsig.verify(signed[kind], message, keys[kind].key) == "signature"
        assert not accepts(tmp_path, signed[kind], message, keys[kind].key)


@each_kind
@pytest.mark.parametrize(
    "namespace", ["file", "git", "qms-approval2", "qms-approva", "QMS-approval"]
)
def test_a_signature_for_another_purpose_is_refused(
    keys: Keys, kind: str, namespace: str, tmp_path: Path
) -> None:
    made = keys[kind].sign(MESSAGE, namespace)
    assert sshsig.verify(made, MESSAGE, keys[kind].key) == "namespace"
    assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)
    assert sshsig.verify(made, MESSAGE, keys[kind].key, namespace) is None


@each_kind
def test_a_signature_relabelled_for_our_purpose_is_refused(
    keys: Keys, kind: str, tmp_path: Path
) -> None:
    key, _, *rest = fields(keys[kind].sign(MESSAGE, "git"))
    made = signing.signature(key, sshsig.NAMESPACE.encode(), *rest)
    assert sshsig.verify(made, MESSAGE, keys[kind].key) == "signature"
    assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@each_kind
def test_the_signature_of_another_key_is_refused(
    keys: Keys, signed: Signed, other: Signer, kind: str, tmp_path: Path
) -> None:
    assert sshsig.verify(signed[kind], MESSAGE, other.key) == "key"
    assert not accepts(tmp_path, signed[kind], MESSAGE, other.key)


@each_kind
def test_a_signature_under_the_name_of_another_key_of_its_kind_is_refused(
    keys: Keys, signed: Signed, kind: str, tmp_path: Path
) -> None:
    _, *rest = fields(signing.person(tmp_path, kind).sign(MESSAGE))
    made = signing.signature(fields(signed[kind])[0], *rest)
    assert sshsig.verify(made, MESSAGE, keys[kind].key) == "signature"
    assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@each_kind
@pytest.mark.parametrize("donor", KINDS)
def test_a_signature_of_another_kind_of_key_is_refused(
    keys: Keys, signed: Signed, kind: str, donor: str, tmp_path: Path
) -> None:
    if kind == donor:
        return
    made = signing.signature(*fields(signed[kind])[:-1], fields(signed[donor])[-1])
    assert sshsig.verify(made, MESSAGE, keys[kind].key) in ("algorithm", "signature")
    assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@each_kind
def test_a_swapped_digest_is_refused(keys: Keys, signed: Signed, kind: str, tmp_path: Path) -> None:
    key, namespace, reserved, digest, inner = fields(signed[kind])
    assert digest == b"sha512"
    wrong = [(b"sha256", "signature"), (b"sha512\0", "algorithm")]
    wrong += [(name, "algorithm") for name in (b"", b"sha1", b"SHA512", b"sha384", b"\xff")]
    for name, reason in wrong:
        made = signing.signature(key, namespace, reserved, name, inner)
        assert sshsig.verify(made, MESSAGE, keys[kind].key) == reason
        if name != b"sha512\0":  # see test_a_second_spelling_is_refused
            assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@each_kind
@settings(suppress_health_check=list(HealthCheck), max_examples=30)
@given(data=st.data())
def test_a_changed_byte_is_refused(
    keys: Keys, signed: Signed, kind: str, data: st.DataObject, tmp_path: Path
) -> None:
    changed = bytearray(blob(signed[kind]))
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= data.draw(st.integers(1, 255))
    made = signing.armoured(bytes(changed))
    assert sshsig.verify(made, MESSAGE, keys[kind].key) is not None
    if changed[6:10] != bytes(4):  # see test_a_second_spelling_is_refused
        assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@each_kind
def test_every_single_bit_counts(keys: Keys, signed: Signed, kind: str) -> None:
    whole = blob(signed[kind])
    for place in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[place // 8] ^= 1 << place % 8
        made = signing.armoured(bytes(changed))
        assert sshsig.verify(made, MESSAGE, keys[kind].key) is not None, place


@each_kind
def test_a_shortened_or_prolonged_signature_is_unreadable(
    keys: Keys, signed: Signed, kind: str, tmp_path: Path
) -> None:
    whole = blob(signed[kind])
    for length in range(len(whole)):
        made = signing.armoured(whole[:length])
        assert sshsig.verify(made, MESSAGE, keys[kind].key) == "unreadable"
    for changed in (whole[:-1], whole[:20], whole + b"\0", whole + whole):
        made = signing.armoured(changed)
        assert sshsig.verify(made, MESSAGE, keys[kind].key) == "unreadable"
        assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


@each_kind
def test_too_much_or_too_little_inside_is_refused(
    keys: Keys, signed: Signed, kind: str, tmp_path: Path
) -> None:
    key, *rest, inner = fields(signed[kind])
    algorithm, value, *_ = strings(inner)
    for made in (
        signing.signature(key, *rest, inner + b"\0"),
        signing.signature(key, *rest, inner + string(b"")),
        signing.signature(key, *rest, inner[:-1]),
        signing.signature(key, *rest, string(algorithm)),
        signing.signature(key, *rest, string(algorithm) + string(b"")),
        signing.signature(key, *rest, string(algorithm) + string(value + b"\0")),
        signing.signature(key, *rest, b""),
        signing.signature(key + b"\0", *rest, inner),
        signing.signature(key, *rest, inner, b""),
        signing.signature(key, *rest),
        signing.signature(),
    ):
        assert sshsig.verify(made, MESSAGE, keys[kind].key) is not None
        assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


def test_another_version_or_another_format_is_unreadable(
    keys: Keys, signed: Signed, tmp_path: Path
) -> None:
    key = keys["ed25519"].key
    parts = fields(signed["ed25519"])
    for made in (
        signing.signature(*parts, version=2),
        signing.signature(*parts, version=2**32 - 1),
        signing.signature(*parts, magic=b"SSHSIH"),
    ):
        assert sshsig.verify(made, MESSAGE, key) == "unreadable"
        assert not accepts(tmp_path, made, MESSAGE, key)


def test_an_empty_purpose_is_unreadable(keys: Keys, signed: Signed) -> None:
    key, _, *rest = fields(signed["ed25519"])
    made = signing.signature(key, b"", *rest)
    assert sshsig.verify(made, MESSAGE, keys["ed25519"].key, "") == "unreadable"


@pytest.mark.parametrize(
    ("algorithm", "digest", "reason"),
    [
        ("rsa-sha2-256", SHA256(), None),
        ("rsa-sha2-512", SHA512(), None),
        ("ssh-rsa", SHA1(), "algorithm"),
        ("rsa-sha2-256", SHA512(), "signature"),
        ("rsa-sha2-512", SHA1(), "signature"),
        ("rsa-sha1", SHA1(), "algorithm"),
        ("rsa-sha2-256-cert-v01@openssh.com", SHA256(), "algorithm"),
    ],
)
def test_rsa_signs_with_sha_2_only(
    algorithm: str, digest: HashAlgorithm, reason: str | None, tmp_path: Path
) -> None:
    person = signing.rsa_key(tmp_path, 2048, algorithm, digest)
    for name in DIGESTS:
        made = person.sign(MESSAGE, digest=name)
        assert sshsig.verify(made, MESSAGE, person.key) == reason
        assert accepts(tmp_path, made, MESSAGE, person.key) == (reason is None)


@pytest.mark.parametrize("curve", ["ed25519", "ecdsa"])
@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (signing.TOUCHED, None),
        (signing.TOUCHED | signing.VERIFIED, None),
        (signing.VERIFIED, "signature"),
        (0, "signature"),
    ],
)
def test_a_security_key_must_have_been_touched(
    curve: str, flags: int, reason: str | None, tmp_path: Path
) -> None:
    """`ssh-keygen -Y verify` does not ask for it."""
    person = signing.security_key(tmp_path, curve, flags)
    made = person.sign(MESSAGE)
    assert sshsig.verify(made, MESSAGE, person.key) == reason
    assert accepts(tmp_path, made, MESSAGE, person.key)


@pytest.mark.parametrize("curve", ["ed25519", "ecdsa"])
def test_the_application_of_a_security_key_counts(curve: str, tmp_path: Path) -> None:
    for application in (b"ssh:", b"ssh:qms", b""):
        person = signing.security_key(tmp_path, curve, application=application)
        made = person.sign(MESSAGE)
        assert sshsig.verify(made, MESSAGE, person.key) is None
        assert accepts(tmp_path, made, MESSAGE, person.key)
        kind, *point, _ = strings(base64.b64decode(person.key.split()[1]))
        key = b"".join(map(string, (kind, *point, b"ssh:other")))
        made = signing.signature(key, *fields(made)[1:])
        line = f"{kind.decode()} {base64.b64encode(key).decode()}"
        assert sshsig.verify(made, MESSAGE, line) == "signature"
        assert not accepts(tmp_path, made, MESSAGE, line)


def test_the_flags_and_the_counter_of_a_security_key_are_signed(
    keys: Keys, signed: Signed, tmp_path: Path
) -> None:
    for kind in ("sk ed25519", "sk ecdsa"):
        *rest, inner = fields(signed[kind])
        for state in (b"\x05\0\0\0\x4d", b"\x01\0\0\0\x4e"):
            made = signing.signature(*rest, inner[:-5] + state)
            assert sshsig.verify(made, MESSAGE, keys[kind].key) == "signature"
            assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


def respelt(text: str, change: Callable[[bytes], bytes]) -> str:
    """Return a signature whose numbers r and s are written in another way."""
    *rest, inner = fields(text)
    algorithm, value = strings(inner)
    numbers = b"".join(string(change(number)) for number in strings(value))
    return signing.signature(*rest, string(algorithm) + string(numbers))


def test_a_number_has_one_spelling(keys: Keys, signed: Signed, tmp_path: Path) -> None:
    for kind in ("ecdsa 256", "ecdsa 384", "ecdsa 521"):
        made = respelt(signed[kind], lambda number: number)
        assert made == signed[kind]
        made = respelt(signed[kind], lambda number: b"\0" + number)
        assert sshsig.verify(made, MESSAGE, keys[kind].key) == "unreadable"
        for wrong in (b"", b"\0", b"\xff" * 32, b"\x80" + b"\xff" * 31):
            made = respelt(signed[kind], lambda number, wrong=wrong: wrong)
            assert sshsig.verify(made, MESSAGE, keys[kind].key) == "unreadable"
            assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)
        for wrong in (b"\x01", b"\x7f" * 66, b"\x7f" * 2000):
            made = respelt(signed[kind], lambda number, wrong=wrong: wrong)
            assert sshsig.verify(made, MESSAGE, keys[kind].key) == "signature"
            assert not accepts(tmp_path, made, MESSAGE, keys[kind].key)


def test_a_security_key_used_through_a_browser_is_refused(tmp_path: Path) -> None:
    """PROTOCOL.u2f, "webauthn-sk-ecdsa-sha2-nistp256@openssh.com": `ssh-keygen` accepts it."""
    algorithm = b"webauthn-sk-ecdsa-sha2-nistp256@openssh.com"
    origin = b"https://example.org"

    def client(data: bytes) -> bytes:
        challenge = base64.urlsafe_b64encode(data).rstrip(b"=")
        parts = b'{"type":"webauthn.get","challenge":"', challenge, b'","origin":"', origin, b'"}'
        return b"".join(parts)

    browser = signing.security_key(tmp_path, "ecdsa", client=client)
    plain = browser.make

    def make(data: bytes) -> bytes:
        made = plain(data)
        value, state = strings(made[:-5])[1], made[-5:]
        return b"".join(
            (*map(string, (algorithm, value)), state, *map(string, (origin, client(data), b"")))
        )

    person = signing.Handmade(browser.public, make)
    made = person.sign(MESSAGE)
    assert sshsig.verify(made, MESSAGE, person.key) == "algorithm"
    assert accepts(tmp_path, made, MESSAGE, person.key)


REFUSED_BY_US_ALONE: Mapping[str, Trick] = {
    "a space at the end of a line": lambda text: text.replace("\n", "\n ", 1),
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
    "a zero byte behind the digest": lambda text: signing.signature(
        *fields(text)[:3], fields(text)[3] + b"\0", fields(text)[4]
    ),
}


@pytest.mark.parametrize("name", REFUSED_BY_US_ALONE)
def test_a_second_spelling_is_refused(
    keys: Keys, signed: Signed, name: str, tmp_path: Path
) -> None:
    """`ssh-keygen` accepts them, but one signature is enough."""
    made = REFUSED_BY_US_ALONE[name](signed["ed25519"])
    assert sshsig.verify(made, MESSAGE, keys["ed25519"].key) is not None
    assert accepts(tmp_path, made, MESSAGE, keys["ed25519"].key)


ARMOUR_TRICKS: Mapping[str, Trick] = {
    "text before": lambda text: "Approved!\n" + text,
    "an empty line before": lambda text: "\n" + text,
    "a byte order mark": lambda text: "\ufeff" + text,
    "no header": lambda text: text.removeprefix(signing.BEGIN),
    "no footer": lambda text: text.removesuffix(signing.END),
    "no last line": lambda text: "".join((*text.splitlines(keepends=True)[:-2], signing.END)),
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
    "half a character": lambda text: text.replace("\nU", "\n\ud800", 1),
    "a zero byte": lambda text: text.replace("\nU", "\n\0U", 1),
    "nothing at all": lambda text: "",
}


@pytest.mark.parametrize("name", ARMOUR_TRICKS)
def test_false_armour_is_unreadable(keys: Keys, signed: Signed, name: str, tmp_path: Path) -> None:
    made = ARMOUR_TRICKS[name](signed["ed25519"])
    assert sshsig.verify(made, MESSAGE, keys["ed25519"].key) == "unreadable"
    assert not accepts(tmp_path, made, MESSAGE, keys["ed25519"].key)


def test_lines_end_with_a_line_feed(keys: Keys, signed: Signed) -> None:
    """Whether `ssh-keygen` minds carriage returns depends on its version."""
    made = signed["ed25519"].replace("\n", "\r\n")
    assert sshsig.verify(made, MESSAGE, keys["ed25519"].key) == "unreadable"


@pytest.mark.parametrize("application", [b"ssh:", b"ssh:1", b"ssh:22"])
def test_the_last_bits_of_base64_are_none(application: bytes, tmp_path: Path) -> None:
    """Base64 with padding has bits that mean nothing: they have to be zero."""
    person = signing.security_key(tmp_path, "ed25519", application=application)
    made = person.sign(MESSAGE)
    padding = made.count("=")
    changed = made
    if padding:
        last = made[made.index("=") - 1]
        changed = made.replace(f"{last}=", f"{ALPHABET[ALPHABET.index(last) + 1]}=")
    assert base64.b64decode(changed[30:-28]) == blob(made)
    assert (sshsig.verify(changed, MESSAGE, person.key) is None) == (not padding)
    assert accepts(tmp_path, changed, MESSAGE, person.key) == (not padding)


@pytest.mark.parametrize("width", [4, 64, 76, 10_000])
def test_lines_may_have_any_length(keys: Keys, signed: Signed, width: int, tmp_path: Path) -> None:
    """Other programs than `ssh-keygen` break them at 76 characters, as the format advises."""
    made = signing.armoured(blob(signed["ed25519"]), width)
    for text in (made, made.removesuffix("\n")):
        assert sshsig.verify(text, MESSAGE, keys["ed25519"].key) is None
        assert accepts(tmp_path, text, MESSAGE, keys["ed25519"].key)


@settings(suppress_health_check=list(HealthCheck))
@given(place=st.integers(0), removed=st.integers(0, 3), added=st.text(max_size=3))
def test_what_ssh_keygen_refuses_is_never_accepted(
    keys: Keys, signed: Signed, place: int, removed: int, added: str, tmp_path: Path
) -> None:
    text = signed["ed25519"]
    place %= len(text) + 1
    made = text[:place] + added + text[place + removed :]
    if sshsig.verify(made, MESSAGE, keys["ed25519"].key) is None:
        assert accepts(tmp_path, made, MESSAGE, keys["ed25519"].key)


@given(signature=st.text(), message=st.binary(), key=st.text(), namespace=st.text())
def test_there_is_an_answer_to_any_text(
    signature: str, message: bytes, key: str, namespace: str
) -> None:
    assert sshsig.verify(signature, message, key, namespace) == "unreadable"


@settings(suppress_health_check=list(HealthCheck))
@given(
    parts=st.lists(
        st.one_of(st.binary(), st.sampled_from([b"qms-approval", b"sha512"])), max_size=6
    ),
    namespace=st.text(st.characters()),
)
def test_there_is_an_answer_to_any_bytes(keys: Keys, parts: list[bytes], namespace: str) -> None:
    made = signing.signature(*parts)
    for name in (namespace, sshsig.NAMESPACE, "\ud800"):
        assert sshsig.verify(made, MESSAGE, keys["ed25519"].key, name) is not None


@each_kind
@settings(suppress_health_check=list(HealthCheck))
@given(inner=st.binary(max_size=300))
def test_there_is_an_answer_to_any_inner_signature(
    keys: Keys, signed: Signed, kind: str, inner: bytes
) -> None:
    *rest, whole = fields(signed[kind])
    algorithm = string(strings(whole)[0])
    for made in (
        inner,
        algorithm + inner,
        algorithm + string(inner) + b"\1\0\0\0\0"[: 5 * ("sk" in kind)],
    ):
        assert sshsig.verify(signing.signature(*rest, made), MESSAGE, keys[kind].key) is not None
