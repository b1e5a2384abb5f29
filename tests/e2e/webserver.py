"""A web server on this machine around `git http-backend`: Git's smart protocol, as it is spoken."""

import base64
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

BACKEND = ("git", "http-backend")
"""The CGI program that comes with Git: git-http-backend(1)."""


@contextmanager
def serving(
    folder: Path, passwords: Mapping[str, str], variables: Mapping[str, str]
) -> Iterator[str]:
    """Serve the repositories in a folder; yields the address.

    Everybody may read. Who pushes must give a name and a password. `variables` is what the server
    was started with; headers reach the program as CGI demands (RFC 3875, 4.1.18).
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            user = _user(self.headers["Authorization"] or "", passwords)
            if "git-receive-pack" in self.path and not user:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="manual"')
                self.end_headers()
                return
            done = subprocess.run(
                BACKEND, input=body, env=self._variables(user), capture_output=True, check=True
            )
            head, _, data = done.stdout.partition(b"\r\n\r\n")
            lines = [line.partition(": ") for line in head.decode("ascii").split("\r\n")]
            fields = {name: value for name, _, value in lines}
            self.send_response(int(fields.pop("Status", "200").split()[0]))
            for name, value in fields.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def _variables(self, user: str) -> dict[str, str]:
            path, _, query = self.path.partition("?")
            headers = {
                f"HTTP_{name.upper().replace('-', '_')}": value
                for name, value in self.headers.items()
                if name.lower() not in ("authorization", "content-type", "content-length")
            }
            return {
                **variables,
                **headers,
                "GIT_PROJECT_ROOT": str(folder),
                "GIT_HTTP_EXPORT_ALL": "1",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": unquote(path),
                "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers["Content-Type"] or "",
                "CONTENT_LENGTH": self.headers["Content-Length"] or "",
                "REMOTE_ADDR": self.client_address[0],
                **({"REMOTE_USER": user} if user else {}),
            }

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _user(authorization: str, passwords: Mapping[str, str]) -> str:
    """Return who asks; empty for a stranger."""
    kind, _, told = authorization.partition(" ")
    if kind != "Basic":
        return ""
    name, _, password = base64.b64decode(told).decode().partition(":")
    return name if passwords.get(name) == password else ""
