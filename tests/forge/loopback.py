"""Strict stand-ins for forges on this machine: they answer what is documented, and nothing else."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "not-a-token"  # it opens nothing


@dataclass
class Answer:
    """One answer; `length` lies about its size."""

    body: object = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    raw: bytes | None = None
    slow: float = 0.0
    """Seconds before it begins."""


@dataclass
class Stand:
    """What a forge holds, and how it pages lists."""

    lists: Mapping[str, Callable[["Stand", list[object], int, int], Answer]]
    """End of a path → how the list there is answered (items, page, items that are wanted)."""
    token: tuple[str, str]
    """Header, and what it must hold."""
    size: str
    """Parameter that says how many items a page shall hold."""
    largest: int = 100
    """How many a page can hold."""
    holds: dict[str, object] = field(default_factory=dict)
    """Path without query → what stands there."""
    first: dict[str, list[Answer]] = field(default_factory=dict)
    """Path without query → what is answered before that, once each."""
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, address: str, headers: Mapping[str, str]) -> Answer:
        """Return what a request gets."""
        self.asked.append(address)
        name, value = self.token
        if headers.get(name) != value:
            return Answer({"message": "401 Unauthorized"}, 401)
        path, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
        waiting = self.first.get(path, [])
        if waiting:
            return waiting.pop(0)
        if path not in self.holds:
            return Answer({"message": "404 Not found"}, 404)
        held = self.holds[path]
        paged = self.lists.get(path.rpartition("/")[2])
        if not isinstance(held, list) or paged is None:
            return Answer(held)
        wanted = min(int(query.get(self.size, ["20"])[0]), self.largest)
        return paged(self, held, int(query.get("page", ["1"])[0]), wanted)


@contextmanager
def running(stand: Stand, context: ssl.SSLContext | None = None) -> Iterator[Stand]:
    """Run a stand-in; at the end everything that waited was asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = stand.answer(self.path, self.headers)
            data = json.dumps(answer.body).encode() if answer.raw is None else answer.raw
            time.sleep(answer.slow)
            self.send_response(answer.status)
            for name, text in answer.headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(answer.length or len(data)))
            with suppress(BrokenPipeError, ConnectionResetError):  # who asked may have gone
                self.end_headers()
                self.wfile.write(data)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    stand.url = f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}"
    try:
        yield stand
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert {path: left for path, left in stand.first.items() if left} == {}
