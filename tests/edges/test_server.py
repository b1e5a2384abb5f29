"""The server of the preview: for one reader on this machine, from memory, nothing else."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from qms_docs.edges import server as module
from qms_docs.edges.server import PageServer
from tests.outer import wait_for

POLICY = "default-src 'none'"


class Woken:
    """Counts the calls."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def woken() -> Woken:
    """Return what the server wakes."""
    return Woken()


@pytest.fixture
def server(woken: Woken) -> Iterator[PageServer]:
    """Yield a server with one page."""
    server = PageServer(woken, POLICY)
    server.put("page", "text/html; charset=utf-8", "<p>页".encode())
    yield server
    server.close()


Answer = tuple[int, dict[str, str], bytes]


def ask(server: PageServer, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for a path as it is written, with the right host unless another is given."""
    connection = http.client.HTTPConnection(server.host, timeout=20)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": server.host, **given}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def raw(server: PageServer, request: str) -> bytes:
    """Send bytes and return all that comes back until the server hangs up."""
    with socket.create_connection(server.host.split(":"), timeout=20) as line:
        line.sendall(request.replace("\n", "\r\n").encode())
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_a_page_comes_with_all_that_keeps_it_to_itself(server: PageServer) -> None:
    status, headers, body = ask(server, f"{server.folder}page")
    assert (status, body) == (200, "<p>页".encode())
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers
    assert "Python" not in headers["Server"]


def test_the_address_is_where_it_is(server: PageServer) -> None:
    assert server.address == f"http://{server.host}{server.folder}"
    server.put("", "text/plain", b"list")
    assert ask(server, server.folder)[2] == b"list"
    assert ask(server, f"{server.folder}page?anything=1")[0] == 200


def test_head_is_a_page_without_its_body(server: PageServer) -> None:
    status, headers, body = ask(server, f"{server.folder}page", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "6", b"")


def test_it_listens_on_this_machine_only(server: PageServer) -> None:
    assert server.host.startswith("127.0.0.1:")
    port = int(server.host.partition(":")[2])
    with pytest.raises(OSError, match=r"refused|assign|unreachable"):
        socket.create_connection(("127.0.0.2", port), timeout=2).close()


def test_every_server_has_an_address_of_its_own(server: PageServer, woken: Woken) -> None:
    other = PageServer(woken, POLICY)
    try:
        assert other.host != server.host
        assert other.folder != server.folder
        assert len(other.folder) > 12
    finally:
        other.close()


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "", "127.0.0.1.evil.example"]
)
def test_a_foreign_name_that_leads_here_gets_nothing(server: PageServer, host: str) -> None:
    status, _, body = ask(server, f"{server.folder}page", Host=host)
    assert (status, body) == (421, b"")


def test_a_request_needs_exactly_one_host(server: PageServer) -> None:
    line = f"GET {server.folder}page HTTP/1.1\n"
    for hosts in ("", f"Host: {server.host}\nHost: {server.host}\n"):
        assert b"421" in raw(server, f"{line}{hosts}\n").splitlines()[0]


@pytest.mark.parametrize(
    "path",
    ["/", "/page", "/favicon.ico", "{}nothing", "{}page/", "{}../page", "{}./page", "{}%2e%2e/x",
     "{}../../../../etc/passwd", "{}/etc/passwd", "//etc/passwd", "/etc/passwd", "{}%00",
     "http://127.0.0.1/page", "*", "{}images/"],
)  # fmt: skip
def test_there_are_no_other_pages(server: PageServer, path: str) -> None:
    status, _, body = ask(server, path.format(server.folder))
    assert (status, body) == (404, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "X"])
def test_there_are_no_other_methods(server: PageServer, method: str) -> None:
    status, headers, body = ask(server, f"{server.folder}page", method)
    assert status == 501
    assert headers["Connection"] == "close"
    assert "页".encode() not in body


@pytest.mark.parametrize("length", ["Content-Length: 5", "Transfer-Encoding: chunked"])
def test_nothing_can_be_sent_here(server: PageServer, length: str) -> None:
    start = f"GET {server.folder}page HTTP/1.1\nHost: {server.host}\n"
    answer = raw(server, f"{start}{length}\n\nGET {server.folder}page HTTP/1.1\n\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize("request_", ["\x00\n\n", "GET\n\n", "GET / HTTP/9.9\n\n", "a" * 70_000])
def test_garbage_is_answered_or_dropped(
    server: PageServer, request_: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert b"200" not in raw(server, request_)[:20]
    assert ask(server, f"{server.folder}page")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_a_page_that_is_known_is_not_sent_again(server: PageServer) -> None:
    tag = ask(server, f"{server.folder}page")[1]["ETag"]
    status, headers, body = ask(server, f"{server.folder}page", If_None_Match=tag)
    assert (status, headers["ETag"], body) == (304, tag, b"")


def later(server: PageServer, data: bytes) -> None:
    threading.Timer(0.3, server.put, ["page", "text/html", data]).start()


def test_a_reader_can_wait_for_the_next_page(server: PageServer) -> None:
    tag = ask(server, f"{server.folder}page")[1]["ETag"]
    start = time.monotonic()
    later(server, b"next")
    status, _, body = ask(server, f"{server.folder}page", If_None_Match=tag, Prefer="wait=20")
    assert (status, body) == (200, b"next")
    assert 0.2 < time.monotonic() - start < 5


def test_the_same_page_again_is_not_the_next(server: PageServer) -> None:
    tag = ask(server, f"{server.folder}page")[1]["ETag"]
    later(server, "<p>页".encode())
    start = time.monotonic()
    status = ask(server, f"{server.folder}page", If_None_Match=tag, Prefer="wait=1")[0]
    assert status == 304
    assert time.monotonic() - start >= 1


def test_who_has_another_page_does_not_wait(server: PageServer) -> None:
    start = time.monotonic()
    assert ask(server, f"{server.folder}page", If_None_Match='"x"', Prefer="wait=20")[0] == 200
    assert ask(server, f"{server.folder}page", Prefer="wait=20")[0] == 200
    assert time.monotonic() - start < 5


def test_a_page_that_can_be_had_is_waited_for(server: PageServer, woken: Woken) -> None:
    server.offer({"other"})
    threading.Timer(0.3, server.put, ["other", "text/plain", b"here"]).start()
    assert ask(server, f"{server.folder}other")[2] == b"here"
    assert woken.times == 1


def test_it_tells_which_pages_are_open(
    server: PageServer, woken: Woken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "OPEN_FOR", 0.5)
    assert server.open_pages() == set()
    ask(server, f"{server.folder}page")
    ask(server, f"{server.folder}page")
    ask(server, f"{server.folder}nothing")
    assert (server.open_pages(), woken.times) == ({"page"}, 1)
    assert wait_for(lambda: not server.open_pages())
    ask(server, f"{server.folder}page")
    assert woken.times == 2
    server.expect("more")
    assert server.open_pages() == {"page", "more"}


def test_many_readers_wait_at_the_same_time(server: PageServer) -> None:
    tag = ask(server, f"{server.folder}page")[1]["ETag"]
    bodies: list[bytes] = []

    def read() -> None:
        answer = ask(server, f"{server.folder}page", If_None_Match=tag, Prefer="wait=20")
        bodies.append(answer[2])

    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    later(server, b"next")
    for reader in readers:
        reader.join(20)
    assert bodies == [b"next"] * 20


def test_a_reader_who_goes_away_harms_nobody(
    server: PageServer, capfd: pytest.CaptureFixture[str]
) -> None:
    tag = ask(server, f"{server.folder}page")[1]["ETag"]
    line = socket.create_connection(server.host.split(":"))
    wait = f"If-None-Match: {tag}\r\nPrefer: wait=20\r\n\r\n"
    line.sendall(f"GET {server.folder}page HTTP/1.1\r\nHost: {server.host}\r\n{wait}".encode())
    time.sleep(0.2)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # not even a goodbye
    line.close()
    server.put("page", "text/html", b"x" * 5_000_000)
    assert ask(server, f"{server.folder}page")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_when_it_closes_all_waiting_ends_and_nothing_is_left(woken: Woken) -> None:
    before = set(threading.enumerate())
    server = PageServer(woken, POLICY)
    tag = f'"{server.put("page", "text/plain", b"text")}"'
    headers = {"If_None_Match": tag, "Prefer": "wait=20"}
    reader = threading.Thread(target=ask, args=(server, f"{server.folder}page"), kwargs=headers)
    reader.start()
    assert wait_for(lambda: "page" in server.open_pages())
    start = time.monotonic()
    server.close()
    reader.join(10)
    assert time.monotonic() - start < 5
    assert wait_for(lambda: set(threading.enumerate()) <= before)
    with pytest.raises(OSError, match="refused"):
        ask(server, f"{server.folder}page")
