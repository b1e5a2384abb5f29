"""A small server for one reader: pages from memory, on this machine only.

It answers at 127.0.0.1 under an address that nobody can guess, reads no file, and takes nothing but
GET and HEAD. A reader who has a page may wait for the next one: `If-None-Match` with the tag of
the page and `Prefer: wait=25` (RFC 7240) is answered when the page has changed, or after that time.
"""

import hashlib
import re
import secrets
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

OPEN_FOR = 60.0
"""So many seconds after a page was last asked for it counts as open."""
_LONGEST_WAIT = 30.0


@dataclass(frozen=True)
class _Item:
    media_type: str
    data: bytes
    tag: str


class PageServer:
    """Pages by name. Any thread may use it."""

    def __init__(self, wake: Callable[[], None], policy: str) -> None:
        """Start to answer.

        `wake` is called when a page is asked for that was not open; `policy` is the content
        security policy of all pages.
        """
        self.policy = policy
        self._wake = wake
        self._items: dict[str, _Item] = {}
        self._offered: Collection[str] = ()
        self._asked: dict[str, float] = {}
        self._closed = False
        self._changed = threading.Condition()
        self._http = _Http(self)
        self.host = f"127.0.0.1:{self._http.server_port}"
        self.folder = f"/{secrets.token_urlsafe(9)}/"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where the page with the empty name is; the others are beside it."""
        return f"http://{self.host}{self.folder}"

    def put(self, name: str, media_type: str, data: bytes) -> str:
        """Show a page, and tell those who wait for it if it is another one; return its tag."""
        tag = hashlib.sha256(data).hexdigest()[:16]
        with self._changed:
            if name not in self._items or self._items[name].tag != tag:
                self._items[name] = _Item(media_type, data, tag)
                self._changed.notify_all()
        return tag

    def offer(self, names: Collection[str]) -> None:
        """Say which pages can be had: who asks for one that is not there yet waits for it."""
        with self._changed:
            self._offered = names

    def expect(self, name: str) -> None:
        """Let a page count as open before anyone has asked for it."""
        with self._changed:
            self._asked[name] = time.monotonic()

    def open_pages(self) -> frozenset[str]:
        """Return the names of the pages that are open."""
        since = time.monotonic() - OPEN_FOR
        with self._changed:
            return frozenset(name for name, asked in self._asked.items() if asked > since)

    def look(self, name: str, known: str, seconds: float) -> _Item | None:
        """Return a page, waiting at most `seconds` for another than that with the tag `known`."""
        with self._changed:
            here = name in self._items
            if not here and name not in self._offered:
                return None
            asked, now = self._asked.get(name, float("-inf")), time.monotonic()
            self._asked[name] = now
            if not here or asked < now - OPEN_FOR:
                self._wake()
            self._changed.wait_for(
                lambda: self._closed or (name in self._items and self._items[name].tag != known),
                seconds if here else _LONGEST_WAIT,
            )
            self._asked[name] = time.monotonic()
            return self._items.get(name)

    def close(self) -> None:
        """End all waiting and stop to answer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, pages: PageServer) -> None:
        self.pages = pages
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a reader may go away in the middle of an answer."""


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds that a connection may be idle

    def do_GET(self) -> None:
        pages, refused = self.server.pages, self._refusal()
        if refused:
            self._answer(refused)
            return
        name = unquote(urlsplit(self.path).path.removeprefix(pages.folder))
        known = self.headers.get("If-None-Match", "").strip('"')
        asked = re.search(r"\bwait=([0-9]{1,2})\b", self.headers.get("Prefer", ""))
        wait = min(float(asked[1]), _LONGEST_WAIT) if asked and known else 0.0
        item = pages.look(name, known, wait)
        if item is None:
            self._answer(HTTPStatus.NOT_FOUND)
        elif item.tag == known:
            self._answer(HTTPStatus.NOT_MODIFIED, item)
        else:
            self._answer(HTTPStatus.OK, item)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _refusal(self) -> HTTPStatus | None:
        """Say why a request gets no page.

        A foreign page in the reader's browser can make its own name lead here (DNS rebinding),
        but the request then carries that name.
        """
        pages = self.server.pages
        if self.headers.get_all("Host") != [pages.host]:
            return HTTPStatus.MISDIRECTED_REQUEST
        if "Transfer-Encoding" in self.headers or self.headers.get("Content-Length", "0") != "0":
            self.close_connection = True  # and with it what was sent
            return HTTPStatus.BAD_REQUEST
        return None if self.path.startswith(pages.folder) else HTTPStatus.NOT_FOUND

    def _answer(self, status: HTTPStatus, item: _Item | None = None) -> None:
        data = item.data if item and status == HTTPStatus.OK else b""
        self.send_response(status)
        if item:
            self.send_header("Content-Type", item.media_type)
            self.send_header("ETag", f'"{item.tag}"')
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Content-Security-Policy", self.server.pages.policy)
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def version_string(self) -> str:
        return "qms"

    def log_message(self, *_: object) -> None:
        """Say nothing: nobody reads a log of it."""
