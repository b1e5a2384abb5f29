"""A service over HTTP, by httpx: asked patiently, told once; answers are taken only if whole.

Proxy and certificates come from the environment (`HTTPS_PROXY`, `SSL_CERT_FILE`), as elsewhere.
httpx is imported here only when something is asked for.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from qms_docs.words.errors import QmsError

TRIES = 4
"""How often one address is asked."""
LONGEST = 120.0
"""Seconds: who wants us to wait longer gets an error instead."""
LARGEST = 16 * 1024 * 1024
"""Bytes of one answer."""
PAGES = 100
"""How many pages a list may have."""
_SECONDS = 20.0
"""For which nothing may come of an answer."""
_BUSY, _LIMITED = range(500, 600), (403, 429)


def secret(token: str, variable: str) -> str:
    """Return a token from the environment; raises QmsError if it would be more than one word."""
    if not (token.isascii() and token.isprintable()):
        raise QmsError("forge-token", variable=variable)
    return token


class RefusedError(QmsError):
    """The service answered that something is not there, or not for us."""

    def __init__(self, url: str, status: int, content: bytes) -> None:
        super().__init__("service-failed", url=url, detail=f"HTTP {status}")
        self.status = status
        self.content = content


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes
    following: str | None
    """Address of the next page."""


class UnclearError(QmsError):
    """Something was sent, and nobody knows whether it has arrived: look before sending it again."""


@dataclass(frozen=True)
class Service:
    """A service at an address."""

    base: str
    """Address that all others begin with: nothing else is ever asked, nor told the token."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    wait: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.base)
            host = parts.hostname or ""
        except ValueError as error:
            raise QmsError("service-address", url=self.base) from error
        is_local = parts.scheme == "http" and host in ("localhost", "127.0.0.1", "::1")
        if not host or not (parts.scheme == "https" or is_local):
            raise QmsError("service-address", url=self.base)

    def get(self, path: str) -> bytes:
        """Return what stands at a path; raises QmsError if it cannot be had.

        That is a RefusedError where the service says so and asking again would not help.
        """
        with _client(self) as client:
            return _asked(self, client, f"{self.base}{path}").content

    @property
    def host(self) -> str:
        """Whom we ask."""
        return urlsplit(self.base).hostname or ""

    def told(self, path: str, header: str) -> tuple[bytes, str | None]:
        """Return what stands at a path, and a header of the answer; raises QmsError."""
        with _client(self) as client:
            answer = _asked(self, client, f"{self.base}{path}")
            return answer.content, answer.headers.get(header)

    def send(self, method: str, path: str, body: object) -> bytes:
        """Send JSON to a path and return the answer.

        What a limit holds up is sent again. Raises UnclearError if it may or may not have arrived,
        another QmsError if it was refused.
        """
        data = json.dumps(body, ensure_ascii=False).encode("utf-8")
        with _client(self) as client:
            return _asked(self, client, f"{self.base}{path}", method, data).content

    def pages(self, path: str) -> Iterator[bytes]:
        """Yield all pages of a list, as the header `Link` leads from one to the next (RFC 8288).

        Raises QmsError if one cannot be had, or leads to another service or round in a circle.
        """
        url: str | None = f"{self.base}{path}"
        seen: set[str] = set()
        with _client(self) as client:
            while url is not None:
                if url in seen or len(seen) >= PAGES or not url.startswith(f"{self.base}/"):
                    raise QmsError("service-pages", url=url)
                seen.add(url)
                answer = _asked(self, client, url)
                yield answer.content
                url = answer.following


def _httpx() -> Any:
    try:
        import httpx
    except ImportError as error:
        raise QmsError("no-forge-extra") from error
    return httpx


def _client(service: Service) -> Any:
    """Return a client that follows no redirect: it could lead the token elsewhere."""
    return _httpx().Client(headers=dict(service.headers), timeout=_SECONDS, follow_redirects=False)


def _asked(
    service: Service, client: Any, url: str, method: str = "GET", data: bytes | None = None
) -> _Answer:
    """Return a whole answer that says yes; asks again where that may help and does no harm."""
    httpx = _httpx()
    told = ""
    for attempt in range(TRIES):
        pause = 2.0**attempt
        try:
            answer = _whole(client, url, method, data)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            told = f"{type(error).__name__}: {error}"
            if data is not None:
                raise UnclearError("service-failed", url=url, detail=told) from error
        else:
            if answer.status == 200 or (data is not None and answer.status == 201):
                return answer
            if _is_refusal(answer):
                raise RefusedError(url, answer.status, answer.content)
            told = f"HTTP {answer.status}"
            if data is not None and answer.status in _BUSY:
                raise UnclearError("service-failed", url=url, detail=told)
            wanted = _pause(answer, pause)
            if wanted is None:
                break
            pause = wanted
        if attempt + 1 < TRIES:
            service.wait(pause)
    raise QmsError("service-failed", url=url, detail=told)


def _whole(client: Any, url: str, method: str, data: bytes | None) -> _Answer:
    """Return an answer, if it comes in time and is not larger than we read."""
    end = time.monotonic() + LONGEST
    headers = {"Content-Type": "application/json"} if data is not None else {}
    with client.stream(method, url, content=data, headers=headers) as answer:
        content = bytearray()
        for part in answer.iter_bytes():
            content += part
            if len(content) > LARGEST:
                raise QmsError("forge-large", source=url, limit=f"{LARGEST >> 20} MiB")
            if time.monotonic() > end:
                raise TimeoutError(f"no end after {LONGEST:.0f} s")
        following = answer.links.get("next", {}).get("url")
        return _Answer(answer.status_code, answer.headers, bytes(content), following)


def _is_refusal(answer: _Answer) -> bool:
    """Tell whether something is not there or not for us; a limit that was reached is no refusal."""
    limited = "Retry-After" in answer.headers or answer.headers.get("X-RateLimit-Remaining") == "0"
    return answer.status in (403, 404) and not limited and b"rate limit" not in answer.content


def _pause(answer: _Answer, usual: float) -> float | None:
    """Return how long to wait before asking again; None if that would not help.

    A limit says when it ends, in `Retry-After` or, on GitHub, in `X-RateLimit-Reset`. A 403
    without either is a refusal.
    """
    status, headers = answer.status, answer.headers
    if status not in _BUSY and status not in _LIMITED:
        return None
    after = headers.get("Retry-After", "")
    if after.isascii() and after.isdigit():
        return float(after) if float(after) <= LONGEST else None
    if headers.get("X-RateLimit-Remaining") == "0":
        reset = headers.get("X-RateLimit-Reset", "")
        seconds = float(reset) - time.time() if reset.isascii() and reset.isdigit() else usual
        return max(seconds, 0.0) if seconds <= LONGEST else None
    return usual if status != 403 else None
