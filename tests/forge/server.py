"""A strict stand-in for GitHub on this machine: it answers what it was told, once each."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "ghp_not_a_token"  # it opens nothing


@dataclass
class Answer:
    """One answer; `length` lies about its size."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    raw: bytes | None = None


@dataclass
class GitHub:
    """What the server answers, in order, by path; whatever else is asked is wrong."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    url: str = ""

    def tell(self, path: str, *answers: Answer) -> None:
        self.answers.setdefault(path, []).extend(answers)


@contextmanager
def running() -> Iterator[GitHub]:
    """Run the stand-in; at the end everything was asked, and nothing else, and as it must be."""
    told = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            wanted = {
                "Authorization": f"Bearer {TOKEN}",
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
                "User-Agent": "qms-docs",
            }
            told.wrong += [name for name, text in wanted.items() if self.headers[name] != text]
            waiting = told.answers.get(self.path)
            if not waiting:
                told.wrong.append(self.path)
                self.send_error(404)
                return
            answer = waiting.pop(0)
            data = json.dumps(answer.body).encode() if answer.raw is None else answer.raw
            self.send_response(answer.status)
            for name, text in answer.headers.items():
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
    assert told.wrong == []
    assert {path: left for path, left in told.answers.items() if left} == {}
