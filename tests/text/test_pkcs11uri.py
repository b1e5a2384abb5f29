"""Addresses of keys in tokens (RFC 7512)."""

import pytest

from qms_docs.text import pkcs11uri
from qms_docs.text.pkcs11uri import TokenKey
from qms_docs.words.errors import QmsError


def test_an_address_names_library_token_and_key() -> None:
    key = "pkcs11:token=My%20token;object=qms;id=%01%FF;serial=7;type=private"
    uri = f"{key}?module-path=/usr/lib/p.so"
    wanted = TokenKey("/usr/lib/p.so", "qms", b"\x01\xff", "My token", "7")
    assert pkcs11uri.parsed(uri) == wanted


@pytest.mark.parametrize(
    ("uri", "part"),
    [
        ("pkcs11:object=a", "module-path"),
        ("pkcs11:object=a?module-path=lib.so", "module-path"),
        ("pkcs11:token=a?module-path=/lib.so", "object"),
        ("pkcs11:object=a;object=b?module-path=/lib.so", "object"),
        ("pkcs11:object=a;type=public?module-path=/lib.so", "type"),
        ("pkcs11:object=a;colour=red?module-path=/lib.so", "colour"),
        ("pkcs11:object=a?module-path=/lib.so&pin-value=1234", "pin-value"),
        ("pkcs11:object=a;slot-id=1?module-path=/lib.so", "slot-id"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_its_part(uri: str, part: str) -> None:
    with pytest.raises(QmsError, match="token-uri") as caught:
        pkcs11uri.parsed(uri)
    assert caught.value.values == {"part": part}
