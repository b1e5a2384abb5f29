"""A stand-in for GitHub that tells of one pull request and keeps the statuses it is sent."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.attacks.reviewing import NAME, listed
from tests.forge.server import TOKEN

_STATUS = re.compile(rf"/repos/{NAME}/statuses/([0-9a-f]{{40}})")


@dataclass
class Hub:
    """What it tells, and what it was told."""

    event: dict[str, object] = field(default_factory=dict)
    """`pull_request`, `reviews` and `commits`, as `qms forge gate --event` reads them."""
    merged: bool = False
    statuses: list[tuple[str, str, str]] = field(default_factory=list)
    """Commit, context and state of each status, in order."""
    wrong: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, path: str) -> object:
        """Return what stands at a path; None if nothing does."""
        number = self.event["pull_request"]["number"]  # type: ignore[index]  # a story writes it
        pull = f"/repos/{NAME}/pulls/{number}"
        merged_at = "2026-03-02T12:00:00Z" if self.merged else None
        commits = listed(self.event)
        closed = "state=closed&base=main&sort=updated&direction=desc&per_page=30"
        return {
            pull: {**self.event["pull_request"], "commits": len(commits)},  # type: ignore[dict-item]  # as above
            f"{pull}/reviews?per_page=100": self.event["reviews"],
            f"{pull}/commits?per_page=100": commits,
            f"/repos/{NAME}/issues/{number}/events?per_page=100": [],
            f"/repos/{NAME}/pulls?{closed}": [
                {
                    "number": number,
                    "merged_at": merged_at,
                    "base": self.event["pull_request"]["base"],
                }  # type: ignore[index]  # as above
            ],
            "/meta": {"ssh_keys": ["ssh-ed25519 AAAA"]},
        }.get(path)


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    """Run the stand-in; at the end nothing was asked that it does not know."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(200, hub.answer(self.path))

        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            place = _STATUS.fullmatch(self.path)
            if place:
                hub.statuses.append((place[1], told["context"], told["state"]))
            self._say(201, {} if place else None)

        def _say(self, status: int, body: object) -> None:
            if body is None or self.headers["Authorization"] != f"Bearer {TOKEN}":
                hub.wrong.append(f"{self.command} {self.path}")
                status, body = 404, {"message": "Not Found"}
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert hub.wrong == []
