"""A stand-in for GitHub on this machine, as strict as GitHub's published description of itself.

It answers what it was told, once each, in order. What GitHub would not answer, a test cannot tell
it, unless it says that it lies. A question that the description does not know, or that was not
expected, and a wrong header fail the test, and so does an answer that nobody has asked for.
"""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.forge import described

TOKEN = "ghp_not_a_token"  # it opens nothing
HEADERS: Mapping[str, str] = {
    "Authorization": f"Bearer {TOKEN}",
    "Accept": "application/vnd.github+json",
    "X-GitHub-Api-Version": described.VERSION,
    "User-Agent": "qms-docs",
}
_LEAST = {"X-GitHub-Media-Type": "github.v3; format=json", "Server": "github.com"}


@dataclass
class Answer:
    """One answer."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    lies: bool = False
    """GitHub would not say this."""
    length: int | None = None
    """What it says of its length: a line that breaks off."""
    raw: bytes | None = None
    """Bytes in the place of JSON: what stands between GitHub and us has put them there."""
    slow: float = 0.0
    """Seconds before it comes."""
    expects: object = None
    """What must be in the body of the question."""


@dataclass
class GitHub:
    """What the server answers, in order, by method and path; whatever else is asked is wrong."""

    answers: dict[tuple[str, str], list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Method and path of all questions."""
    wrong: list[str] = field(default_factory=list)
    url: str = ""
    headers: dict[str, str] = field(default_factory=lambda: dict(HEADERS))
    """What every question must bring along."""

    def tell(self, method: str, path: str, *answers: Answer) -> None:
        """Let a question be answered; raises AssertionError if GitHub would not answer this."""
        place, _, query = path.partition("?")
        known = described.operation(method, place)
        assert known, f"GitHub is not asked {method} {place}"
        for each in answers:
            if not each.lies and each.raw is None:
                assert not (lies := known.lies(each.status, each.body)), lies
        assert not (wrong := [*known.wrong_address(place, query)]), wrong
        self.answers.setdefault((method, path), []).extend(answers)

    def tell_pages(self, path: str, *pages: Sequence[object], repository: int = 987654) -> None:
        """Let a list be answered in pages, which lead from one to the next as GitHub's do."""
        place, _, query = path.partition("?")
        _, _, _, _, rest = place.split("/", 4)
        followed = f"/repositories/{repository}/{rest}?{query}"
        for number, page in enumerate(pages, 1):
            following = {"next": number + 1, "last": len(pages)} if number < len(pages) else {}
            leading = {"prev": number - 1, "first": 1} if number > 1 else {}
            links = ", ".join(
                f'<{self.url}{followed}&page={to}>; rel="{name}"'
                for name, to in {**leading, **following}.items()
            )
            headers = {"Link": links} if links else {}
            self.tell("GET", path if number == 1 else f"{followed}&page={number}",
                      Answer(page, headers=headers))  # fmt: skip


def primary_limit(seconds: int, status: int = 403) -> Answer:
    """Return what GitHub answers to who has asked too often this hour, which ends soon."""
    end = str(int(time.time()) + seconds)
    told = {"message": "API rate limit exceeded for user ID 1.", "documentation_url": "https://x"}
    return Answer(told, status, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": end})


def secondary_limit(after: str, status: int = 403) -> Answer:
    """Return what GitHub answers to who asks too fast."""
    told = {"message": "You have exceeded a secondary rate limit."}
    left = {"X-RateLimit-Remaining": "4999", "X-RateLimit-Reset": str(int(time.time()) + 3600)}
    return Answer(told, status, {"Retry-After": after, **left})


@contextmanager
def running() -> Iterator[GitHub]:
    """Run the stand-in; at the end everything was asked, and nothing else, and as it must be."""
    told = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def _answered(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.asked.append(f"{self.command} {self.path}")
            told.wrong += wrong(self.command, self.path, self.headers["Content-Type"], body)
            told.wrong += [
                f"header {n}" for n, text in told.headers.items() if self.headers[n] != text
            ]
            waiting = told.answers.get((self.command, self.path))
            if not waiting:
                told.wrong.append(f"not expected: {self.command} {self.path}")
                self._send(Answer({"message": "Not Found", "status": "404"}, 404))
                return
            answer = waiting.pop(0)
            if answer.expects is not None and json.loads(body or b"null") != answer.expects:
                told.wrong.append(f"body: {body[:200]!r}")
            self._send(answer)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answered  # noqa: N815  # the library calls them so

        def _send(self, answer: Answer) -> None:
            time.sleep(answer.slow)
            data = b"" if answer.body is None else json.dumps(answer.body).encode()
            data = data if answer.raw is None else answer.raw
            self.send_response(answer.status)
            kind = {"Content-Type": "application/json; charset=utf-8"}
            for name, text in {**kind, **_LEAST, **answer.headers}.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(answer.length or len(data)))
            self.end_headers()
            self.wfile.write(data)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert not told.wrong, told.wrong
    left = {place: waiting for place, waiting in told.answers.items() if waiting}
    assert not left, left


def wrong(method: str, target: str, kind: str | None, body: bytes) -> Iterator[str]:
    """Yield what is wrong with a question."""
    if body and kind != "application/json":
        yield "header Content-Type"
    parts = urlsplit(target)
    known = described.operation(method, parts.path)
    if known is None:
        yield f"not described: {method} {parts.path}"
    else:
        yield from known.wrong_address(parts.path, parts.query)
        yield from known.wrong_body(body)
