"""A plain Git server set up as docs/plain-git.md says, and people with a clone each."""

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import ready
from tests.acting import write_key
from tests.attacks.stage import MANAGER, ROLES, Stage, begun
from tests.conftest import git
from tests.e2e.webserver import serving
from tests.outer import PROJECT, environment

RECIPE = PROJECT / "recipes" / "plain-git"
REPOSITORY = "manual.git"


@dataclass
class Person:
    """Somebody with a key, a password and, once there is something to clone, a clone."""

    name: str
    folder: Path
    address: str
    """Of the repository, with name and password."""
    variables: Mapping[str, str]
    key: Path

    def git(self, *arguments: str) -> str:
        """Run Git now, with no setting of this machine's user."""
        who = ("-c", f"user.name={self.name}", "-c", f"user.email={self.name}@example.com")
        return git(self.folder, *who, *arguments, **self.variables)

    def qms(self, *arguments: str, expected: int = 0) -> str:
        """Run a command in the clone; what it says."""
        code, out, err = ready.told(arguments, self.folder, self.variables)
        assert code == expected, out + err
        return out + err

    def sign(self, *arguments: str) -> None:
        """Run a command that signs."""
        self.qms(*arguments, "--key", str(self.key))

    def commit(self, message: str) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}")
        return self.git("rev-parse", "HEAD").strip()

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text("utf-8")
        assert old in text
        (self.folder / path).write_text(text.replace(old, new), "utf-8")

    def push(self, *arguments: str) -> tuple[bool, str]:
        """Push to the server; tell whether it took everything in, and what it said."""
        try:
            return True, self._told("push", self.address, *arguments)
        except subprocess.CalledProcessError as error:
            return False, str(error.stderr)

    def _told(self, *arguments: str) -> str:
        """Run Git and return what it writes for people, which is where servers are heard."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=dict(self.variables),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stderr

    def pull(self, branch: str = "main") -> None:
        self.git("pull", "--quiet", "--ff-only", self.address, branch)


@dataclass
class Server:
    """The bare repository, what it publishes, and where it is served."""

    home: Path
    address: str
    variables: dict[str, str]
    """What the web server was started with."""
    passwords: Mapping[str, str]
    stage: Stage
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.home / REPOSITORY

    @property
    def public(self) -> Path:
        return self.home / "public"

    def tip(self, ref: str = "refs/heads/main") -> str:
        return git(self.root, "for-each-ref", "--format=%(objectname)", ref).strip()

    def person(self, name: str) -> Person:
        """Return somebody with what stands on main now, cloned at first."""
        if name not in self.people:
            home = self.home.parent / "people" / name
            home.mkdir(parents=True)
            key = home / "id"
            write_key(key, self.stage.keys[name])
            address = self.address.replace("//", f"//{name}:{self.passwords[name]}@")
            variables = environment(home, GIT_TERMINAL_PROMPT="0")
            self.people[name] = Person(name, home / "manual", address, variables, key)
            git(home, "clone", "--quiet", self.address, "manual", **variables)
        person = self.people[name]
        person.pull()
        return person

    def install(self, *names: str) -> None:
        """Install hooks of the recipe."""
        for name in names:
            shutil.copy(RECIPE / name, self.root / "hooks")

    def settings(self, **values: str) -> None:
        for name, value in values.items():
            git(self.root, "config", f"qms.{name}", value)


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Run a server that guards main and to which a manual has just been pushed; the rest is off."""
    passwords = {name: secrets.token_urlsafe() for name in ROLES}
    (folder / "bin").mkdir()
    program = folder / "bin" / "qms"
    program.write_text(
        f"#!/bin/sh\nPYTHONPATH='{PROJECT}' exec '{sys.executable}' -P -m qms_docs \"$@\"\n"
    )
    program.chmod(0o755)
    home = folder / "srv"
    home.mkdir()
    variables = environment(home)
    del variables["PYTHONPATH"]
    variables["PATH"] = f"{program.parent}:{variables['PATH']}"
    (folder / "first").mkdir()
    stage = begun(folder / "first")
    with serving(home, passwords, variables) as address:
        git(home, "init", "--quiet", "--bare", "--initial-branch=main", REPOSITORY)
        made = Server(home, f"{address}/{REPOSITORY}", variables, passwords, stage)
        made.install("pre-receive", "post-receive", "qms-publish")
        made.settings(output=str(made.public), wait="300")
        yield made


def first_push(made: Server, *options: str) -> str:
    """Let the quality manager bring the beginning to the server; what it says."""
    address = made.address.replace("//", f"//{MANAGER}:{made.passwords[MANAGER]}@")
    done = subprocess.run(
        ["git", *options, "push", address, "main"],
        cwd=made.stage.root,
        env=environment(made.home),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr
