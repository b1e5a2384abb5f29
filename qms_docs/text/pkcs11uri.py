"""The address of a key in a token, `pkcs11:token=…;object=…?module-path=…` (RFC 7512)."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from qms_docs.words.errors import QmsError

SCHEME = "pkcs11:"


@dataclass(frozen=True)
class TokenKey:
    """A private key and its certificate in a token."""

    module: str
    """Path of the library through which the token is reached."""
    object: str = ""
    """Label of key and certificate."""
    id: bytes = b""
    """Their identifier (CKA_ID)."""
    token: str = ""
    """Label of the token; here and below, empty fits any."""
    serial: str = ""
    manufacturer: str = ""
    model: str = ""


_TEXT = {"object", "token", "serial", "manufacturer", "model"}
_PATH = _TEXT | {"id", "type"}
_QUERY = {"module-path"}


def parsed(uri: str) -> TokenKey:
    """Return what an address names.

    Raises QmsError for one that lacks the library or the key, and for attributes that we do not
    know: what is left unread could have excluded the key that we found. A `pin-value` is refused
    too, since everybody on the machine can read the arguments of a program.
    """
    path, _, query = uri.removeprefix(SCHEME).partition("?")
    found = _attributes(path, ";", _PATH)
    module = _attributes(query, "&", _QUERY).get("module-path", b"").decode("utf-8", "replace")
    if not module.startswith("/"):  # else the folder in which one is could name the program
        raise QmsError("token-uri", part="module-path")
    if found.get("type", b"private") not in (b"private", b"cert"):
        raise QmsError("token-uri", part="type")
    if not (found.get("object") or found.get("id")):
        raise QmsError("token-uri", part="object")
    text = {name: found.get(name, b"").decode("utf-8", "replace") for name in _TEXT}
    return TokenKey(module=module, id=found.get("id", b""), **text)


def _attributes(text: str, separator: str, known: set[str]) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for part in filter(None, text.split(separator)):
        name, equals, value = part.partition("=")
        if name not in known or not equals or name in found:
            raise QmsError("token-uri", part=name)
        found[name] = unquote_to_bytes(value)
    return found
