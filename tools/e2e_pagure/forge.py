"""Pagure while it runs, and what one asks of it."""

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.demo.theatre import DemoError
from tools.e2e_pagure.chroot import HERE, inside

_SETTINGS = """\
DB_URL = "sqlite:///{here}/data/pagure.sqlite"
GIT_FOLDER = "{here}/data/repositories"
REMOTE_GIT_FOLDER = "{here}/data/remotes"
ATTACHMENTS_FOLDER = "{here}/data/attachments"
UPLOAD_FOLDER_PATH = "{here}/data/releases"
REPOSPANNER_PSEUDO_FOLDER = "{here}/data/pseudo"
APP_URL = "http://127.0.0.1:{port}/"
REDIS_HOST = "127.0.0.1"
REDIS_PORT = {redis}
BROKER_URL = "redis://127.0.0.1:{redis}/0"
PAGURE_AUTH = "local"
GIT_AUTH_BACKEND = "pagure"
GIT_DEFAULT_BRANCH = "main"
HTTP_REPO_ACCESS_GITOLITE = None
ALLOW_HTTP_PULL_PUSH = True
ALLOW_HTTP_PUSH = True
SSH_FOLDER = None
EMAIL_SEND = False
SECRET_KEY = SALT_EMAIL = "of no worth"
"""
_FOLDERS = ("repositories", "remotes", "attachments", "releases", "pseudo")
_SECONDS = 1200.0
"""A busy machine takes its time."""
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Pagure:
    """A Pagure that runs, and its accounts."""

    address: str
    accounts: Mapping[str, Mapping[str, Any]]
    """Name → number (`id`) and token."""

    def ask(self, who: str, path: str, **fields: str) -> Any:
        """Return what the API answers: to a GET, or with fields to a POST; raises DemoError."""
        headers = {"Authorization": f"token {self.accounts[who]['token']}"}
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(f"{self.address}/api/0/{path}", data, headers)  # noqa: S310  # http, ours
        try:
            with _DIRECT.open(request, timeout=_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            told = error.read().decode("utf-8", "replace")
            raise DemoError(f"{path}: {error.code} {told}") from error
        except OSError as error:
            raise DemoError(f"{path}: {error}") from error

    def repository(self, who: str, project: str) -> str:
        """Return the address of a repository, for a person's Git."""
        token = self.accounts[who]["token"]
        return f"{self.address}/{project}.git".replace("//", f"//{who}:{token}@")


@contextmanager
def running(root: Path, names: Iterable[str], logs: Path) -> Iterator[Pagure]:
    """Run Pagure in the chroot, empty but for accounts with these names, until the block ends."""
    redis, port = _free_ports(2)
    _lay_down(root, redis, port)
    _answer(root, "python3", "/usr/share/pagure/createdb.py", "-c", f"{HERE}/pagure.cfg",
            "-i", "/etc/pagure/alembic.ini")  # fmt: skip
    made = _answer(root, "python3", f"{HERE}/inside.py", "people", *names)
    services = {
        "redis": ("redis-server", "--port", str(redis), "--bind", "127.0.0.1", "--save", ""),
        "worker": ("celery", "-A", "pagure.lib.tasks", "worker", "--pool", "solo"),
        "web": ("python3", f"{HERE}/inside.py", "serve", str(port)),
    }
    with ExitStack() as stack:
        for name, command in services.items():
            stack.enter_context(_service(inside(root, *command), logs / f"{name}.log"))
        found = Pagure(f"http://127.0.0.1:{port}", json.loads(made.splitlines()[-1]))
        _await(f"{found.address}/api/0/version")
        yield found


def _lay_down(root: Path, redis: int, port: int) -> None:
    """Put our files into the chroot, and take away what an earlier run has left there."""
    here = root / HERE.lstrip("/")
    shutil.rmtree(here, ignore_errors=True)
    for name in _FOLDERS:
        (here / "data" / name).mkdir(parents=True)
    (here / "pagure.cfg").write_text(_SETTINGS.format(here=HERE, redis=redis, port=port))
    shutil.copy(Path(__file__).with_name("inside.py"), here)


def _answer(root: Path, *command: str) -> str:
    done = subprocess.run(inside(root, *command), capture_output=True, text=True, check=False)
    if done.returncode:
        raise DemoError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def _service(command: list[str], log: Path) -> Iterator[None]:
    """Run a program until the block ends; what it says goes to a file."""
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, cwd="/"
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(address: str) -> None:
    end = time.monotonic() + _SECONDS
    while True:
        try:
            _DIRECT.open(address, timeout=_SECONDS).close()
        except OSError as error:
            if time.monotonic() > end:
                raise DemoError(f"{address} does not answer: {error}") from error
            time.sleep(0.5)
        else:
            return


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
