"""Generate a manual with a history for measuring the audit: in order, the same every time.

    python -m tools.bench.history FOLDER --documents 100

Every document stands there in English and in Chinese, as in `tools.bench.corpus`, and is written
in some ten drafts on a branch, merged, then prepared, reviewed, approved, translated and released,
each by a commit of its own. Every fifth gets a second revision; one in five of these is editorial.
One document in ten shows an image. Several are under way at a time. So 10,000 document files have
about 100,000 commits and 30,000 records. Nothing is checked out.
"""

import argparse
import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

from qms_docs.text import records
from qms_docs.text.closure import Closure, Inclusion
from qms_docs.words.evidence import (
    Act,
    Body,
    Frozen,
    Genesis,
    Meaning,
    Record,
    Release,
    ReleasedText,
    Signer,
    Statement,
    Subject,
)
from tools.bench import corpus
from tools.bench.corpus import FEWEST, MOST
from tools.bench.people import Person, authority, person, sha256
from tools.bench.prose import LANGUAGES, Entry, path_of

_BEGIN, _PACE = 1_577_836_800, 900
"""Unix time of the first commit, seconds to the next: a history that lies in the past."""
_OPEN = 8
"""Documents that are under way at the same time."""
_SIZE = 4000
"""Bytes of a text, about."""
_LONG = 40_000
"""More than any text has."""
_IMAGE = "manual/map.svg"
_GIT = ("git", "-c", "gc.auto=0", "-c", "pack.threads=1")


@dataclass(frozen=True)
class Step:
    """One commit."""

    who: Person
    files: dict[str, bytes]
    branch: str = ""
    """The branch on which it is made; empty for main."""
    merged: str = ""
    """The branch that it merges."""
    coauthor: Person | None = None


def write(folder: Path, documents: int, seed: int = 1, *, long: bool = False) -> None:
    """Write a history of about so many document files into an empty folder and pack it.

    With `long` most are procedures of about eight pages, else all texts have some 4 kB.
    Raises ValueError for a number that the numbering of documents cannot hold.
    """
    if not FEWEST <= documents <= MOST:
        raise ValueError(f"not between {FEWEST} and {MOST} documents: {documents}")
    entries = tuple(corpus.entries_of(documents // len(LANGUAGES), long=long))
    _git(folder, "init", "--quiet", "--initial-branch=main")
    words = [*_GIT, "fast-import", "--quiet", "--done", f"--active-branches={_OPEN + 1}"]
    with subprocess.Popen(
        words, cwd=folder, env=corpus.untouched(), stdin=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        stream = _Stream(process.stdin)
        for step in _steps(entries, seed, _LONG if long else _SIZE):
            stream.commit(step)
        process.stdin.write(b"done\n")
    if process.returncode:
        raise RuntimeError(f"git fast-import: exit code {process.returncode}")
    orders = "".join(f"delete refs/heads/{branch}\n" for branch in sorted(stream.branches))
    _git(folder, "update-ref", "--stdin", wanted=orders)
    _git(folder, "repack", "-q", "-adf")


def releases(folder: Path) -> list[str]:
    """Return when something was released, from the first time on."""
    words = ["git", "log", "--reverse", "--format=%cI", "--", "records/releases"]
    said = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True)
    return said.stdout.split()


def _git(folder: Path, *words: str, wanted: str = "") -> None:
    environment = corpus.untouched()
    subprocess.run(
        [*_GIT, *words], cwd=folder, env=environment, input=wanted, text=True, check=True
    )


class _Stream:
    """Writes commits as `git fast-import` reads them."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._count = 0
        self._tips: dict[str, int] = {}
        self.branches: set[str] = set()

    def commit(self, step: Step) -> None:
        """Write one commit, on main or on a branch that leaves main where main is now."""
        self._count += 1
        date = _BEGIN + self._count * _PACE
        message = f"Commit {self._count}\n"
        if step.coauthor:
            message += f"\nCo-authored-by: {step.coauthor.key} <{step.coauthor.email}>\n"
        who = f"{step.who.key} <{step.who.email}> {date} +0000"
        lines = [f"commit refs/heads/{step.branch or 'main'}", f"mark :{self._count}"]
        lines += [f"author {who}", f"committer {who}", f"data {len(message)}", message.rstrip("\n")]
        if step.branch not in self._tips and self._tips:
            lines.append(f"from :{self._tips['']}")
        if step.merged:
            lines.append(f"merge :{self._tips.pop(step.merged)}")
        self._out.write("\n".join([*lines, ""]).encode())
        for path, data in step.files.items():
            self._out.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
        self._out.write(b"\n")
        self._tips[step.branch] = self._count
        self.branches |= {step.branch} - {""}


def _steps(entries: Sequence[Entry], seed: int, size: int) -> Iterator[Step]:
    """Yield every commit, the documents in turns that chance decides."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    staff = _Staff(seed)
    data = {path: text.encode() for path, text in corpus.data_files(entries)}
    data["manual/authority.yaml"] = authority(staff.everybody).encode()
    named = {path: sha256(data[path]) for path in ("manual/authority.yaml", "manual/policy.yaml")}
    head = staff.first["GEN-RS-03"]
    genesis, file = _signed(head, "", Genesis(named, sha256(str(seed).encode())[:32]))
    yield Step(staff.writers[0], data | file)
    waiting = iter(enumerate(entries))
    lives: list[Iterator[Step]] = []
    while True:
        while len(lives) < _OPEN and (following := next(waiting, None)):
            lives.append(_Life(*following, entries, seed, size, staff, genesis.digest).steps())
        if not lives:
            return
        life = chance.choice(lives)
        if step := next(life, None):
            yield step
        else:
            lives.remove(life)


class _Staff:
    """Who works on the manual."""

    def __init__(self, seed: int) -> None:
        roles = [f"GEN-RS-{number:02}" for number in (1, 2, 3, 4, 4, 4, 5)]
        self.everybody = [person(f"p{number}", role, seed) for number, role in enumerate(roles, 1)]
        self.first = {each.role: each for each in reversed(self.everybody)}
        self.writers = [each for each in self.everybody if each.role == "GEN-RS-04"]


@dataclass
class _Life:
    """One document from its first draft on."""

    number: int
    entry: Entry
    entries: Sequence[Entry]
    seed: int
    size: int
    """Bytes of a text, at most."""
    staff: _Staff
    genesis: str
    _used: list[str] = field(default_factory=list)
    """Digests of the statements for the release to come."""

    def steps(self) -> Iterator[Step]:
        """Yield the commits of all its revisions."""
        yield from self._revision(1)
        if self.number % 5 == 0:
            yield from self._revision(2)

    def _revision(self, revision: int) -> Iterator[Step]:
        chance = random.Random(f"{self.seed} {self.entry.id} {revision}")  # noqa: S311  # no secret
        writer, other = chance.sample(self.staff.writers, 2)
        branch = f"draft-{self.entry.id}-{revision}"
        final = {path: self._text(column, revision, self.size) for column, path in self._paths()}
        drafts = chance.randint(7, 10)
        for draft in range(drafts):
            column, path = chance.choice(self._paths())
            text = self._text(column, revision, 800 + draft * (self.size - 800) // drafts)
            yield Step(writer, {path: text}, branch, coauthor=other if draft == 3 else None)
        for path, text in final.items():
            yield Step(writer, {path: text}, branch)
        yield Step(writer, final, merged=branch)
        yield from self._decided(revision, final, writer, other)

    def _decided(
        self, revision: int, final: dict[str, bytes], writer: Person, other: Person
    ) -> Iterator[Step]:
        texts = tuple(
            self._released(language, revision, path, final[path])
            for language, (_, path) in zip(LANGUAGES, self._paths(), strict=True)
        )
        master, translation = (text.subject for text in texts)
        owner = self.entry.type in ("manual", "role")
        reviewer = self.staff.first["GEN-RS-02" if owner else "GEN-RS-01"]
        self._used = []
        for who, act in (
            (writer, Act(Meaning.PREPARED, master)),
            (reviewer, Act(Meaning.REVIEWED, master)),
            (self.staff.first["GEN-RS-03"], Act(Meaning.APPROVED, master)),
            (other, Act(Meaning.TRANSLATED, translation, master.content)),
        ):
            record, files = _signed(who, self.genesis, Statement((act,)))
            self._used.append(record.digest)
            yield Step(who, files)
        issuer = self.staff.first["GEN-RS-05"]
        body = Release(texts, tuple(sorted(self._used)))
        yield Step(issuer, _signed(issuer, self.genesis, body)[1])

    def _paths(self) -> list[tuple[int, str]]:
        """Return where the texts stand: instructions in a folder for each procedure."""
        found = []
        for column, language in enumerate(LANGUAGES):
            folder, _, name = path_of(self.entry, language).rpartition("/")
            below = f"/{self.entry.id[7:9]}" * (self.entry.type == "instruction")
            found.append((column, f"{folder}{below}/{name}"))
        return found

    @cached_property
    def _is_shown(self) -> bool:
        """Tell whether the texts show an image: one document in ten does."""
        return self._chance(0.1, "image")

    @cached_property
    def _is_editorial(self) -> bool:
        """Tell whether a second revision calls itself editorial: one in five does."""
        return self._chance(0.2, "editorial")

    def _chance(self, share: float, what: str) -> bool:
        chance = random.Random(f"{self.seed} {self.entry.id} {what}")  # noqa: S311  # no secret
        return chance.random() < share

    @cached_property
    def _whole(self) -> tuple[tuple[str, str], ...]:
        """Front matter and body for each language."""
        written = (
            corpus.text_of(self.entry, self.entries, column, self.seed)
            for column, _ in enumerate(LANGUAGES)
        )
        return tuple(
            (each.front_matter(), each.body().replace("(map.svg)", "(#)")) for each in written
        )

    def _text(self, column: int, revision: int, size: int) -> bytes:
        """Return a text, or as much of it as a draft has."""
        front, body = self._whole[column]
        if revision > 1:
            grade = "editorial" if self._is_editorial else "minor"
            front = front.replace("revision: 1", f"revision: {revision}")
            front = front.replace("class: major", f"class: {grade}")
        if self._is_shown:
            to_root = self._paths()[column][1].count("/") * "../"
            body = f"![{self.entry.title[column]}]({to_root}{_IMAGE})\n\n{body}"
        paragraphs: list[str] = []
        for paragraph in body.split("\n\n"):
            if sum(len(each.encode()) for each in paragraphs) > size:
                break
            paragraphs.append(paragraph)
        end = " " * (revision > 1)  # a wording that says the same
        return (front + "\n\n".join(paragraphs).rstrip("\n") + end + "\n").encode()

    def _released(self, language: str, revision: int, path: str, data: bytes) -> ReleasedText:
        name, image = f"{path.count('/') * '../'}{_IMAGE}", sha256(corpus.MAP.encode())
        shown = (Frozen("image", name, image, _IMAGE),) * self._is_shown
        included = (Inclusion(each.kind, each.name, each.sha256) for each in shown)
        found = Closure(sha256(data), tuple(included))
        subject = Subject(self.entry.id, language, revision, found.digest)
        return ReleasedText(subject, path, found.text, shown)


def _signed(who: Person, genesis: str, body: Body) -> tuple[Record, dict[str, bytes]]:
    """Return a signed record and its files."""
    signer = Signer(who.key, who.role, who.line)
    record = Record(manual=genesis, signer=signer, said="2020-01-01T00:00:00+00:00", body=body)
    signed, data = records.signed(record, who.sign(records.message(record)))
    return signed, dict.fromkeys(records.paths(signed), data)


def main() -> None:
    """Write a history from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="an empty folder")
    parser.add_argument("--documents", type=int, default=100, help="document files (default: 100)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    write(options.folder, options.documents, options.seed)


if __name__ == "__main__":
    main()
