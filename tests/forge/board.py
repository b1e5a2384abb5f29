"""A stand-in for the comments of one pull request on GitHub: it keeps what it is sent.

Questions and answers are as GitHub describes them.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.forge import described
from tests.forge.described import complete
from tests.forge.payloads import user
from tests.forge.server import TOKEN, wrong

ISSUES = "/repos/demo/manual/issues"
LIST = f"{ISSUES}/7/comments"
ME = 41
_ME = "private-user-response-with-public-and-private-profile-information"


@dataclass
class Board:
    """The comments, and what goes wrong: the next answers to what is sent."""

    comments: list[dict[str, object]] = field(default_factory=list)
    pages: dict[str, object] = field(default_factory=dict)
    """What else can be asked for."""
    faults: list[str] = field(default_factory=list)
    """`lost`: done, but 502; `cut`: done, and no answer; `busy`: not done, 502; a status."""
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    me: int = ME
    is_known: bool = True
    """Whether the token is told whose it is."""
    size: int = 100
    url: str = ""

    def put(self, body: str, account: int | None = ME) -> None:
        number = len(self.comments) + 1
        author = user(account) if account else None
        told = {"id": number, "user": author, "body": body}
        self.comments.append(complete("issue-comment", told))

    @property
    def bodies(self) -> list[object]:
        return [each["body"] for each in self.comments]

    @property
    def sent(self) -> list[str]:
        """What was asked for that changes something."""
        return [each for each in self.asked if not each.startswith("GET")]

    def get(self, path: str) -> tuple[int, object, dict[str, str]]:
        if path == "/user":
            me = complete(_ME, user(self.me))
            return (200, me, {}) if self.is_known else (403, {"message": "No"}, {})
        if path in self.pages:
            return 200, self.pages[path], {}
        place, _, query = path.partition("?per_page=100")
        if place != LIST:
            return 404, {}, {}
        page = int(query.removeprefix("&page=") or 1)
        start = (page - 1) * self.size
        more = start + self.size < len(self.comments)
        link = {"Link": f'<{self.url}{LIST}?per_page=100&page={page + 1}>; rel="next"'}
        return 200, self.comments[start : start + self.size], link if more else {}

    def change(self, method: str, path: str, body: str) -> tuple[int, dict[str, object]]:
        if (method, path) == ("POST", LIST):
            self.put(body, self.me)
            return 201, self.comments[-1]
        number = path.removeprefix(f"{ISSUES}/comments/")
        if method == "PATCH" and number.isdigit():
            found = self.comments[int(number) - 1]
            found["body"] = body
            return 200, found
        return 404, {}


class Handler(BaseHTTPRequestHandler):
    """Answers for the board of its server."""

    board: Board

    def do_GET(self) -> None:
        self.note()
        self.board.wrong += wrong(self.command, self.path, None, b"")
        self.answer(*self.board.get(self.path))

    def do_POST(self) -> None:
        self.note()
        board = self.board
        body = self.rfile.read(int(self.headers["Content-Length"]))
        board.wrong += wrong(self.command, self.path, self.headers["Content-Type"], body)
        data = json.loads(body)
        fault = board.faults.pop(0) if board.faults else ""
        status, told = 502, {}
        if fault in ("", "lost", "cut"):
            status, told = board.change(self.command, self.path, data["body"])
        if fault == "cut":
            self.close_connection = True
        elif fault:
            self.answer(int(fault) if fault.isdigit() else 502, {}, {"Retry-After": "3"})
        else:
            self.answer(status, told, {})

    def do_PATCH(self) -> None:
        self.do_POST()

    def note(self) -> None:
        self.board.asked.append(f"{self.command} {self.path}")
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            self.board.wrong.append(self.path)

    def answer(self, status: int, told: object, headers: dict[str, str]) -> None:
        known = described.operation(self.command, urlsplit(self.path).path)
        if status in (200, 201) and known:
            self.board.wrong += known.lies(status, told)
        data = json.dumps(told).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def standing() -> Iterator[Board]:
    """Run the stand-in; at the end nothing was asked as it must not be."""
    board = Board()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"board": board}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    board.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield board
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert board.wrong == []
    assert board.faults == []
