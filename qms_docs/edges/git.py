"""The one door to Git: what stands in the work tree, in the index, in a commit.

GitPython is imported here only, and only when Git is needed: it costs as much as all the rest of
a start. Git runs with the caller's environment less everything that could redirect it.
"""

import os
import re
import stat
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qms_docs.edges import gitlog
from qms_docs.words.errors import QmsError
from qms_docs.words.history import Commit
from qms_docs.words.paths import SUBMODULE, SYMLINK, is_file

if TYPE_CHECKING:
    from git import Git

_HEADS = "refs/heads/"
_FIXED = re.compile("HEAD|@|[0-9a-f]{40,64}")
WORK_TREE, INDEX = "work tree", "index"
_UNOPENED = {"dubious ownership": "dubious-ownership", "run in a work tree": "no-work-tree"}
_MAX_FILE = 32 * 1024 * 1024
# Inherited variables may point to another repository or change what Git reads. The index file is
# kept: `git commit -a` shows hooks a temporary index through it.
_KEPT = ("GIT_INDEX_FILE", "GIT_CEILING_DIRECTORIES", "GIT_SSH", "GIT_SSH_COMMAND")
# A hook of the server judges a push before its objects belong to the repository: Git keeps them
# aside and says where (githooks(5), "Quarantine environment" in git-receive-pack(1)).
_QUARANTINE = ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")

# A repository may name programs: its file monitor, its checker of signatures. Never run them.
# And it may hide what its first commit added, or what a merge did; or hold a table of parents
# that are not those which the commits name.
_SETTINGS = (
    "core.commitGraph=false",
    "core.fsmonitor=false",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.diffMerges=separate",
)


@dataclass(frozen=True)
class Snapshot:
    """The files of a repository at one moment."""

    origin: str
    """`work tree`, `index` or a full commit id."""
    modes: Mapping[str, str]
    """Path → Git mode: `100644`, `100755`, `120000` (symlink), `160000` (submodule)."""
    read: Callable[[str], bytes]
    """Returns the bytes of a regular file; raises QmsError if it cannot be read or is larger than
    32 MiB."""

    def is_file(self, path: str) -> bool:
        """Tell whether a path is a file that is there, and no link or submodule."""
        return is_file(self.modes.get(path, ""))


class Repository:
    """A Git repository, opened at the top of its work tree or, for its commits, at any place."""

    def __init__(self, root: Path, git: "Git") -> None:
        self.root = root
        self._git = git
        # Reading blobs keeps a process of Git running: end it with this object.
        weakref.finalize(self, git.clear_cache)

    @classmethod
    def open(cls, start: Path) -> "Repository":
        """Open the repository that holds `start`; raises QmsError if none with a work tree does."""
        root = _top(start, "--show-toplevel")
        return cls(root, _git(root))

    @classmethod
    def bare(cls, start: Path, receiving: bool = False) -> "Repository":
        """Open a repository for its commits only, so that it needs no work tree.

        `receiving` tells that Git is taking in a push and waits for a hook: then the objects that
        it keeps aside are seen too. Raises QmsError if there is no repository.
        """
        kept = _QUARANTINE if receiving and "GIT_QUARANTINE_PATH" in os.environ else ()
        root = _top(start, "--absolute-git-dir", kept)
        return cls(root, _git(root, kept))

    def work_tree(self) -> Snapshot:
        """Return the files as they lie on disk, without what Git ignores."""
        listed = _run(
            self._git, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--full-name"
        )
        modes = dict(self._modes_on_disk(sorted(set(split(listed)))))
        return Snapshot(WORK_TREE, modes, self._read_file)

    def index(self) -> Snapshot:
        """Return the files as they are staged for the next commit."""
        return self._snapshot(INDEX, _run(self._git, "ls-files", "-z", "--stage"), name=1)

    def commit(self, revision: str) -> Snapshot:
        """Return the files of a commit; raises QmsError if there is no such commit."""
        commit = self.tip(revision)
        listed = _run(self._git, "ls-tree", "-r", "-z", "--full-tree", commit)
        return self._snapshot(commit, listed, name=2)

    def ask(self, *arguments: str) -> bytes:
        """Return what a Git command that only reads prints; raises QmsError if it fails."""
        return _run(self._git, *arguments)

    def tip(self, revision: str = "HEAD") -> str:
        """Return the full name of a commit; raises QmsError if there is none.

        A branch counts before a tag that bears its name, unlike in Git: anybody can make a tag.
        And no branch takes the place of HEAD or of a commit by bearing its name.
        """
        if not _FIXED.fullmatch(revision) and self.has(f"{_HEADS}{revision}"):
            revision = f"{_HEADS}{revision}"
        try:
            name = _run(
                self._git, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"
            )
        except QmsError as error:
            raise QmsError("no-commit", revision=revision) from error
        return name.decode("ascii").strip()

    def main(self) -> str:
        """Return the full name of the branch that a server shows as its main one (HEAD).

        Raises QmsError if there is none.
        """
        try:
            return _run(self._git, "symbolic-ref", "HEAD").decode("utf-8").rstrip("\n")
        except QmsError as error:
            raise QmsError("no-main", branch="HEAD") from error

    def evidence_branch(self) -> str:
        """Return the full name of the branch that evidence is pushed to.

        That is main, unless this repository says otherwise (`git config qms.branch NAME`).
        """
        name = _run(self._git, "config", "--default", "main", "--get", "qms.branch")
        return f"{_HEADS}{name.decode('utf-8', 'surrogateescape').strip()}"

    def has(self, ref: str) -> bool:
        """Tell whether there is a branch, or another reference, with this full name."""
        try:
            _run(self._git, "show-ref", "--verify", "--quiet", "--", ref)
        except QmsError:
            return False
        return True

    def history(self, tip: str) -> tuple[Commit, ...]:
        """Return all commits that a commit can reach, parents before children.

        Raises QmsError as `refuse_other_history` does.
        """
        self.refuse_other_history()
        return tuple(gitlog.commits(_run(self._git, *gitlog.ARGUMENTS, "--end-of-options", tip)))

    def read_blob(self, blob: str) -> bytes:
        """Return the bytes of a content by its name; raises QmsError if it is not there."""
        return self._read_blob(blob, blob)

    def read_blobs(self, blobs: Iterable[str], largest: int) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of contents, by one process: twice as fast as one after another.

        Left out are those that are not there or larger: `read_blob` says why.
        """
        with tempfile.TemporaryFile() as wanted:
            wanted.write("".join(f"{blob}\n" for blob in blobs).encode("ascii"))
            wanted.seek(0)
            process = self._git.execute(
                ["git", "cat-file", "--batch", "--buffer"], istream=wanted, as_process=True
            )
            yield from gitlog.contents(process.stdout, largest)
            process.wait()

    def private_folder(self) -> Path:
        """Return the folder inside `.git` where commands lay down what they are about to write."""
        return self._git_path("qms")

    def lock_file(self) -> Path | None:
        """Return the file by which a Git command keeps others from committing, if it is there.

        It is Git's own: it is reported, and never removed.
        """
        file = self._git_path("index.lock")
        return file if os.path.lexists(file) else None

    def _git_path(self, name: str) -> Path:
        return self._path(_run(self._git, "rev-parse", "--git-path", name))

    def _path(self, said: bytes) -> Path:
        return self.root / said.decode("utf-8", "surrogateescape").rstrip("\n")

    def refuse_other_history(self) -> None:
        """Raise QmsError where Git has been told to show another history than the one there is.

        That is so in a shallow clone, with grafts or with replaced objects.
        """
        question = ("rev-parse", "--is-shallow-repository", "--git-path", "info/grafts")
        shallow, _, path = _run(self._git, *question).partition(b"\n")
        if shallow == b"true":
            raise QmsError("shallow")
        if _run(self._git, "for-each-ref", "--count=1", "refs/replace/"):
            raise QmsError("replaced-history", what="refs/replace")
        grafts = self._path(path)
        if grafts.exists():
            raise QmsError("replaced-history", what=os.path.relpath(grafts, self.root))

    def names_ever_used(self) -> frozenset[str]:
        """Return every path that any commit on any branch has ever added, merges included.

        Raises QmsError in a shallow clone, which does not know.
        """
        if _run(self._git, "rev-parse", "--is-shallow-repository").strip() == b"true":
            raise QmsError("shallow")
        output = _run(
            self._git, "log", "--all", "-m", "--format=", "--name-only", "-z", "--no-renames",
            "--diff-filter=A",
        )  # fmt: skip
        return frozenset(split(output))

    def _read_file(self, path: str) -> bytes:
        """Return a file of the work tree, never through a symbolic link."""
        try:
            file = os.open(self.root / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with open(file, "rb") as stream:
                data = stream.read(_MAX_FILE + 1)
        except OSError as error:
            raise QmsError("unreadable-file", path=path, detail=error.strerror) from error
        return _limited(path, data)

    def _read_blob(self, path: str, blob: str) -> bytes:
        """Return the bytes of a blob; `path` is for the message only."""
        try:
            _, _, _, stream = self._git.stream_object_data(blob)
            data = stream.read(_MAX_FILE + 1)
            stream.read()  # the process is shared: leave it at the start of an answer
        except (ValueError, OSError) as error:
            raise QmsError("unreadable-file", path=path, detail=str(error)) from error
        return _limited(path, bytes(data))

    def _modes_on_disk(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        @cache
        def is_inside(folder: Path) -> bool:
            """Tell whether a folder is reached through no symbolic link."""
            return folder == self.root or (not folder.is_symlink() and is_inside(folder.parent))

        for listed in paths:
            path = listed.rstrip("/")
            file = self.root / path
            mode = _mode(file) if is_inside(file.parent) else None
            if mode:
                yield path, mode

    def _snapshot(self, origin: str, listed: bytes, name: int) -> Snapshot:
        """Read lines of `mode … object name … TAB path`; `name` says which word is the name."""
        modes, blobs = {}, {}
        for line in split(listed):
            facts, _, path = line.partition("\t")
            words = facts.split()
            modes[path] = words[0]
            blobs[path] = words[name]
        return Snapshot(origin, modes, lambda path: self._read_blob(path, blobs[path]))


def _top(start: Path, question: str, kept: tuple[str, ...] = ()) -> Path:
    """Return the folder that `git rev-parse` names; raises QmsError if there is no repository."""
    start = start.resolve()
    if not start.is_dir():
        raise QmsError("no-folder", path=start)
    try:
        top = _run(_git(start, kept), "rev-parse", question).decode("utf-8", "surrogateescape")
    except QmsError as error:
        if error.key != "git-failed":
            raise
        known = (key for words, key in _UNOPENED.items() if words in error.values["detail"])
        raise QmsError(next(known, "no-repository"), path=start) from error
    return Path(top.rstrip("\n"))


def _git(folder: Path, kept: tuple[str, ...] = ()) -> "Git":
    """Return Git in a folder; `kept` names more inherited variables that it may see."""
    os.environ["GIT_PYTHON_REFRESH"] = "quiet"  # that Git is missing, we say ourselves
    from git import Git

    # GitPython hands on this process's environment and can add to it, but not take away.
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        if name not in _KEPT and name not in kept:
            del os.environ[name]
    git = Git(folder)
    git.update_environment(LC_ALL="C.UTF-8", GIT_OPTIONAL_LOCKS="0")
    # What a partial clone lacks is not fetched, through whatever program its settings name.
    git.update_environment(GIT_ALLOW_PROTOCOL="none")
    return git


def _run(git: "Git", *arguments: str) -> bytes:
    from git import GitCommandNotFound

    settings = (word for setting in _SETTINGS for word in ("-c", setting))
    try:
        status, output, problem = git.execute(
            ["git", *settings, *arguments],
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
        )
    except GitCommandNotFound as error:
        raise QmsError("no-git") from error
    if status:
        raise QmsError("git-failed", command=arguments[0], detail=problem.strip())
    assert isinstance(output, bytes)
    return output


def _mode(file: Path) -> str | None:
    """Return the Git mode of what lies on disk; None for nothing and for what is no file."""
    try:
        mode = file.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise QmsError("unreadable-file", path=file, detail=error.strerror) from error
    if stat.S_ISLNK(mode):
        return SYMLINK
    if stat.S_ISDIR(mode):
        return SUBMODULE
    if stat.S_ISREG(mode):
        return "100755" if mode & stat.S_IXUSR else "100644"
    return None


def split(output: bytes) -> list[str]:
    """Return the items of what Git prints with `-z`."""
    return [item.decode("utf-8", "surrogateescape") for item in output.split(b"\0") if item]


def _limited(path: str, data: bytes) -> bytes:
    if len(data) > _MAX_FILE:
        raise QmsError("file-too-large", path=path, limit="32 MiB")
    return data
