"""What GitHub calls an account now: its number stays, its name may change hands."""

import re
from collections.abc import Iterable

from qms_docs.edges.http import RefusedError, Service
from qms_docs.forge import fields

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


def logins(service: Service, accounts: Iterable[int]) -> dict[int, str]:
    """Return the names of accounts; an empty one for those that are gone or no person's.

    Raises QmsError if GitHub does not say.
    """
    return {number: _login(service, number) for number in sorted({*accounts})}


def _login(service: Service, number: int) -> str:
    path = f"/user/{number}"
    try:
        told = fields.mapping(fields.read(service.get(path), path), "user")
    except RefusedError as error:
        if error.status == 404:
            return ""
        raise
    if fields.number(told, "id", "user") != number:
        raise fields.wrong("user.id", told["id"])
    if fields.text(told, "type", "user") != "User":
        return ""
    login = fields.text(told, "login", "user")
    if not _LOGIN.fullmatch(login):
        raise fields.wrong("user.login", login)
    return login
