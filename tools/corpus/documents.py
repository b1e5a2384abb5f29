"""The listed documents, read from clones: without their front matter, with files beside them."""

import posixpath
import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("documents.toml")
_KEY = re.compile(r"[A-Za-z_][\w-]*:(\s|$)")
_MORE = re.compile(rf"{_KEY.pattern}|\s+\S|-\s|$")


@dataclass(frozen=True)
class Entry:
    """One document of the list."""

    repository: str
    """Owner and name, as its address ends."""
    commit: str
    path: str

    def __str__(self) -> str:
        return f"{self.repository}@{self.commit[:8]}:{self.path}"


def entries(file: Path = LIST) -> Iterator[Entry]:
    """Yield the documents of a list."""
    for repository in tomllib.loads(file.read_text("utf-8"))["repository"]:
        for path in repository["documents"]:
            yield Entry(repository["name"], repository["commit"], path)


def addresses(file: Path = LIST) -> list[str]:
    """Return where the repositories of a list can be cloned from."""
    listed = tomllib.loads(file.read_text("utf-8"))["repository"]
    return [repository["address"] for repository in listed]


def clone_of(folder: Path, repository: str) -> Path | None:
    """Find the clone of a repository below a folder, a work tree or a Git directory alone.

    It may be called `name`, `owner/name`, `owner-name` or `owner+name`, also with `.git` behind
    it, or be the folder `repo` in a folder so called.
    """
    owner, _, name = repository.partition("/")
    for stem in (name, f"{owner}/{name}", f"{owner}-{name}", f"{owner}+{name}"):
        for path in (stem, f"{stem}.git", f"{stem}/repo"):
            if (folder / path / ".git").exists() or (folder / path / "HEAD").is_file():
                return folder / path
    return None


def read(clone: Path, commit: str, path: str) -> bytes | None:
    """Return a file of a commit; None if there is none, or no regular one."""
    done = subprocess.run(
        ["git", "-C", clone, "cat-file", "blob", f"{commit}:{path}"],
        capture_output=True,
        check=False,
    )
    return done.stdout if done.returncode == 0 else None


def without_front_matter(data: bytes) -> bytes:
    """Return a text without its own front matter: between `---` or `+++`, also with no first line.

    What is not closed stays: then it is text.
    """
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    plain = [line.decode("utf-8", "replace").rstrip() for line in lines]
    fence = plain[0] if plain[0] in ("---", "+++") else None
    for number, line in enumerate(plain):
        if number and line == (fence or "---"):
            return b"\n".join(lines[number + 1 :])
        if not fence and not (_MORE if number else _KEY).match(line):
            break
    return b"\n".join(lines)


def beside(path: str, address: str) -> str | None:
    """Return the path that a relative address leads to from a file; None out of the repository."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
    return None if found.startswith(("../", "/")) or found == ".." else found
