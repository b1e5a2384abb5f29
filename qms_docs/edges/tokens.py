"""Keys in tokens: smart cards and security modules, reached through their library (PKCS#11).

python-pkcs11 is imported here only, when such a key is asked for.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qms_docs.text.pkcs11uri import TokenKey
from qms_docs.words.errors import QmsError

if TYPE_CHECKING:
    from pyhanko.sign.pkcs11 import PKCS11Signer
    from pyhanko.sign.signers import Signer


@contextmanager
def opened(key: TokenKey, pin: str) -> Iterator["Signer"]:
    """Yield what signs with a key in a token, until the session with the token is closed.

    Raises QmsError without python-pkcs11, if no token or more than one fits, and for a wrong
    PIN. Three wrong PINs lock many tokens: it is tried once.
    """
    try:
        library: Any = importlib.import_module("pkcs11")
        from pyhanko.sign.pkcs11 import PKCS11Signer
    except ImportError as error:
        raise QmsError("no-token-extra") from error
    session = _session(library, key, pin)
    try:
        signer = PKCS11Signer(
            session,
            cert_label=key.object or None,
            key_label=key.object or None,
            cert_id=key.id or None,
            key_id=key.id or None,
        )
        _prepare(signer)
        yield signer
    finally:
        session.close()


def _prepare(signer: "PKCS11Signer") -> None:
    """Have key and certificate found, and choose how the key signs."""
    try:
        kind = signer.signing_cert.public_key.algorithm
    except Exception as error:  # a token's library raises what it likes
        raise QmsError("token-key", detail=str(error) or type(error).__name__) from error
    # Many tokens sign with ECDSA only what was hashed before; hashing here serves all of them.
    signer.use_raw_mechanism = kind == "ec"


def _session(library: Any, key: TokenKey, pin: str) -> Any:
    try:
        slots = library.lib(key.module).get_slots(token_present=True)
        tokens = [slot.get_token() for slot in slots]
        fitting = [token for token in tokens if _fits(token, key)]
        if len(fitting) != 1:
            raise QmsError("which-token", count=len(fitting), module=key.module)
        return fitting[0].open(user_pin=pin or None)
    except library.exceptions.PinIncorrect as error:
        raise QmsError("wrong-pin", token=key.token or key.module) from error
    # A library that is none raises RuntimeError or OSError, one without its device PKCS11Error.
    except (library.exceptions.PKCS11Error, RuntimeError, OSError) as error:
        detail = str(error) or type(error).__name__
        raise QmsError("token-failed", module=key.module, detail=detail) from error


def _fits(token: Any, key: TokenKey) -> bool:
    """Tell whether a token is the one that an address names; what it leaves out fits any."""
    serial = token.serial
    said = (
        (key.token, token.label),
        (key.serial, serial.decode("ascii", "replace") if isinstance(serial, bytes) else serial),
        (key.manufacturer, token.manufacturer_id),
        (key.model, token.model),
    )
    return all(wanted in ("", str(found).rstrip(" \0")) for wanted, found in said)
