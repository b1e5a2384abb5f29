"""A manual of four people in a real Git repository, for attacks on it: real keys, real records."""

import base64
import hashlib
import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from qms_docs.edges.git import Repository
from qms_docs.judge import lifecycle
from qms_docs.judge.ledger import Ledger
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import (
    Act,
    Body,
    Genesis,
    Meaning,
    Record,
    Release,
    ReleasedText,
    Signer,
    Statement,
    Subject,
    Void,
)
from qms_docs.words.model import Status
from qms_docs.work import checking, decide, history, pushing
from tests.conftest import BASE, git, tree, write

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When the manual begins; every landing is an hour later, unless an attack says otherwise."""
MANAGER, QUALITY, CONTROLLER, DRAFTER, OUTSIDER = "manager", "quality", "controller", "drafter", "x"
ROLES: Mapping[str, tuple[str, ...]] = {
    MANAGER: ("CSC-RS-01",),
    QUALITY: ("CSC-RS-02",),
    CONTROLLER: ("CSC-RS-03",),
    DRAFTER: ("CSC-RS-04",),
}
"""Who holds what: the manager approves, quality reviews, the controller releases."""
DOCUMENT = "CSC-QP-01"
NONE = "0" * 40
"""How Git names no commit."""
PATH = "procedures/CSC-QP-01.md"


@dataclass(frozen=True)
class Key:
    """A key pair made from a name, the same in every run; it protects nothing."""

    private: Ed25519PrivateKey

    @classmethod
    def of(cls, name: str) -> "Key":
        """Make the key of a name."""
        return cls(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest()))

    @property
    def line(self) -> str:
        """Type and base64 of the public key."""
        raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        blob = _string(b"ssh-ed25519") + _string(raw)
        return f"ssh-ed25519 {base64.b64encode(blob).decode()}"

    def sign(self, message: bytes, namespace: str = "qms-approval") -> str:
        """Sign as `ssh-keygen -Y sign` does (OpenSSH, PROTOCOL.sshsig)."""
        parts = _string(namespace.encode()) + _string(b"") + _string(b"sha512")
        digest = _string(hashlib.sha512(message).digest())
        made = self.private.sign(b"SSHSIG" + parts + digest)
        key = base64.b64decode(self.line.split()[1])
        inner = _string(b"ssh-ed25519") + _string(made)
        blob = b"SSHSIG" + struct.pack(">I", 1) + _string(key) + parts + _string(inner)
        text = base64.b64encode(blob).decode()
        lines = [text[start : start + 70] for start in range(0, len(text), 70)]
        return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----\n"))


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


@dataclass
class Stage:
    """A repository on the branch main, and hands that write records into it."""

    root: Path
    now: datetime = BEGINNING
    genesis: str = ""
    keys: dict[str, Key] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """What the server has said against pushes: code and case."""
    _committed: tuple[str, decide.Case] | None = field(default=None, init=False, repr=False)

    # --- files and commits ----------------------------------------------------------------------

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files into the work tree."""
        write(self.root, files)

    def read(self, path: str) -> str:
        """Return a file of the work tree."""
        return (self.root / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text in a file, which must be there."""
        text = self.read(path)
        assert old in text, f"{path} has no {old!r}"
        (self.root / path).write_text(text.replace(old, new), "utf-8")

    def git(self, *arguments: str, who: str = DRAFTER, when: datetime | None = None) -> str:
        """Run Git as a person at the stage's time (for both of Git's dates)."""
        date = (when or self.now).isoformat()
        email = f"{who}@example.com"
        identity = ("-c", f"user.name={who}", "-c", f"user.email={email}")
        return git(self.root, *identity, *arguments, GIT_COMMITTER_DATE=date, GIT_AUTHOR_DATE=date)

    def commit(self, message: str = "Change", *options: str, who: str = DRAFTER) -> str:
        """Commit everything an hour later and return the commit's name."""
        self.now += timedelta(hours=1)
        self.git("add", "--all", who=who)
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}", *options, who=who)
        return self.git("rev-parse", "HEAD").strip()

    def commit_staged(self, message: str, *paths: str) -> None:
        """Commit what is staged, and some paths, and leave the rest of the work tree alone."""
        self.now += timedelta(hours=1)
        if paths:
            self.git("add", *paths)
        self.git("commit", "--quiet", f"--message={message}")

    def merge(self, branch: str, *options: str, who: str = DRAFTER) -> None:
        """Merge a branch into the current one, an hour later, with a commit of its own."""
        self.now += timedelta(hours=1)
        self.git("merge", "--quiet", "--no-ff", "--no-edit", *options, branch, who=who)

    # --- records --------------------------------------------------------------------------------

    def record(
        self,
        who: str,
        body: Body,
        *,
        role: str | None = None,
        behalf: str = "",
        key: Key | None = None,
        namespace: str = "qms-approval",
        manual: str | None = None,
    ) -> tuple[Record, bytes]:
        """Return a signed record and its file, as a person (or a forger) makes it."""
        key = key or self.keys[who]
        signer = Signer(who, role or ROLES[who][0], key.line, behalf)
        manual = self.genesis if manual is None else manual
        said = self.now.isoformat(timespec="seconds")
        record = Record(manual=manual, signer=signer, said=said, body=body)
        return records.signed(record, key.sign(records.message(record), namespace))

    def put(self, record: Record, data: bytes) -> Record:
        """Write a record's files into the work tree."""
        for path in records.paths(record):
            write(self.root, {path: data})
        return record

    def say(self, who: str, meaning: Meaning | str, *ids: str, **options: object) -> Record:
        """Write what a person says of the newest committed text of documents."""
        acts = tuple(self.act(Meaning(meaning), each) for each in ids or (DOCUMENT,))
        return self.put(*self.record(who, Statement(acts), **options))  # type: ignore[arg-type]

    def statement(self, meaning: Meaning | str, *ids: str) -> Statement:
        """Return what a person says of the newest committed text of documents, unsigned."""
        return Statement(tuple(self.act(Meaning(meaning), each) for each in ids or (DOCUMENT,)))

    def forge(self, record: Record, body: Body) -> None:
        """Write another content under the signature of a record."""
        self.put(*records.signed(replace(record, body=body), record.signature))

    def put_raw(self, data: bytes) -> None:
        """Write bytes where a statement of these bytes would stand."""
        digest = hashlib.sha256(data).hexdigest()
        self.write({f"records/statements/{digest[:2]}/{digest}.json": data})

    def unlink(self, record: Record) -> None:
        """Delete the files of a record."""
        for path in records.paths(record):
            (self.root / path).unlink()

    def act(self, meaning: Meaning, identification: str, language: str = "en") -> Act:
        """Return an act on a committed text."""
        texts = {each.subject.language: each for each in self.committed(identification)}
        if meaning is Meaning.TRANSLATED:
            subject = texts["zh-CN"].subject
            return Act(meaning, subject, translates=texts["en"].subject.content)
        return Act(meaning, next(iter(texts.values())).subject)

    def subject(self, identification: str = DOCUMENT) -> Subject:
        """Return the master of a committed document."""
        return self.committed(identification)[0].subject

    def texts(self, *ids: str) -> tuple[ReleasedText, ...]:
        """Return committed texts as a release names them, masters with their translations."""
        return tuple(text for each in ids or (DOCUMENT,) for text in self.committed(each))

    def release(self, *ids: str, who: str = CONTROLLER, **options: object) -> Record:
        """Write a release of the newest committed texts, whether it is supported or not."""
        body = Release(self.texts(*ids), ())
        return self.put(*self.record(who, body, **options))  # type: ignore[arg-type]

    def void(self, who: str, record: Record, **options: object) -> Record:
        """Write that a person takes a record back."""
        return self.put(*self.record(who, Void(record.digest, "A mistake"), **options))  # type: ignore[arg-type]

    def amend(
        self, *, add_key: tuple[str, str] | None = None, add_role: tuple[str, str] | None = None
    ) -> None:
        """Write the next authority, with one more key or role of a person (key by its name)."""
        path = "manual/authority.yaml"
        text = self.read(path)
        number = int(text.split()[1])
        text = text.replace(f"revision: {number}", f"revision: {number + 1}", 1)
        for kind, added in (("key", add_key), ("role", add_role)):
            if added:
                who, what = added
                what = self.keys[what].line if kind == "key" else what
                head, person, tail = text.partition(f"  {who}:\n")
                entry = f"{{{kind}: {what}, from: 2026-01-01}}, "
                tail = tail.replace(f"{kind}s: [", f"{kind}s: [{entry}", 1)
                text = head + person + tail
        self.write({path: text})

    def prepared(self, *ids: str) -> None:
        """Let the drafter say what a drafter says of documents, and commit it."""
        for each in ids or (DOCUMENT,):
            self.say(DRAFTER, Meaning.PREPARED, each)
            if len(self.texts(each)) > 1:
                self.say(DRAFTER, Meaning.TRANSLATED, each)
        self.commit("Prepared")

    def approved(self, *ids: str) -> None:
        """Let everybody say what is needed for documents, and commit it."""
        ids = ids or (DOCUMENT,)
        self.say(DRAFTER, Meaning.PREPARED, *ids)
        for each in ids:
            if len(self.texts(each)) > 1:
                self.say(DRAFTER, Meaning.TRANSLATED, each)
        self.say(QUALITY, Meaning.REVIEWED, *ids)
        self.say(MANAGER, Meaning.APPROVED, *ids)
        self.commit("Approvals")

    def issued(self, *ids: str) -> None:
        """Approve and release the newest committed texts, in order."""
        self.approved(*ids)
        self.release(*ids)
        self.commit("Release")

    def revised(
        self, old: str = "## Scope", new: str = "## Scope\n\nNew.", path: str = PATH
    ) -> None:
        """Commit the next revision of the procedure in both languages, as a drafter does."""
        for file in (path, path.replace(".md", ".zh-CN.md")):
            if (self.root / file).exists():
                text = self.read(file)
                number = int(text.split("revision: ")[1].split()[0].rstrip(",}"))
                text = text.replace(f"revision: {number}", f"revision: {number + 1}")
                (self.root / file).write_text(text, "utf-8")
        self.edit(path, old, new)
        self.commit("Next revision")

    # --- a server -------------------------------------------------------------------------------

    @property
    def server(self) -> Path:
        """The bare repository that holds the main of everybody."""
        return self.root.with_name(f"{self.root.name}.git")

    def serve(self) -> None:
        """Make a server with what is committed so far."""
        git(self.root, "clone", "--quiet", "--bare", str(self.root), str(self.server))

    def on_server(self, ref: str = "refs/heads/main") -> str:
        """Return the commit that the server has there; empty if it has none."""
        return git(self.server, "for-each-ref", "--format=%(objectname)", ref).strip()

    def push(
        self,
        revision: str = "HEAD",
        ref: str = "refs/heads/main",
        *,
        late: int = 0,
        verify: bool = True,
    ) -> bool:
        """Push to the server, which may refuse it, some hours later; tell whether it passed.

        The hook is asked in this process, so that a test can take a guard away;
        tests/work/test_pushing.py has real hooks.
        """
        new = self.git("rev-parse", revision).strip() if revision else NONE
        known = self.on_server(ref)
        if revision:  # the objects come, the reference does not change yet
            options = ("--quiet", "--force", *(() if verify else ("--no-verify",)))
            git(self.root, "push", *options, str(self.server), f"{new}:refs/incoming/push")
        repository = Repository.bare(self.server)
        moment = self.now + timedelta(hours=late)
        report = pushing.received(repository, (pushing.Push(known or NONE, new, ref),), moment)
        self.refused += [f"{each.code} {each.case}".rstrip() for each in report.findings]
        if not report.findings:
            git(self.server, "update-ref", *(("-d", ref) if new == NONE else (ref, new)))
        return not report.findings

    def served(self, identification: str = DOCUMENT) -> int | None:
        """Return the revision that is in force by the main of the server; None if there is none."""
        ledger = history.ledger(Repository.bare(self.server), "refs/heads/main")
        issue = lifecycle.in_force(ledger.released(), identification, "en", self.now)
        return issue.subject.revision if issue else None

    # --- what comes of it -----------------------------------------------------------------------

    def ledger(self, revision: str = "HEAD") -> Ledger:
        """Return what the history says."""
        return history.ledger(Repository.open(self.root), revision)

    def committed(self, identification: str) -> tuple[ReleasedText, ...]:
        """Return the texts of a document in the newest commit, which is read only once."""
        commit = self.git("rev-parse", "HEAD").strip()
        if self._committed is None or self._committed[0] != commit:
            self._committed = commit, decide.case(Repository.open(self.root), self.now)
        return self._committed[1].texts(identification)

    def found(self) -> list[str]:
        """Return what the audit finds and nobody has closed: code and case."""
        notes = self.ledger().open_notes
        return [f"{note.finding.code} {note.finding.case}" for note in notes]

    def checked(self) -> list[str]:
        """Return what `qms check` finds in the work tree: code and case."""
        repository = Repository.open(self.root)
        snapshot = repository.work_tree()
        state = history.state(repository, snapshot, self.now)
        report = checking.check(snapshot, state=state)
        return [f"{each.code} {each.case}".rstrip() for each in report.findings]

    def error(self) -> list[str]:
        """Return why the history cannot be judged; empty if it can."""
        try:
            self.ledger()
        except QmsError as error:
            return [error.key]
        return []

    @property
    def manifest(self) -> Path:
        """What was published, outside the repository."""
        return self.root.with_name(f"{self.root.name}.json")

    def publish(self) -> None:
        """Write down what stands on main now, as a publication does."""
        ledger = self.ledger()
        releases = sorted({issue.release for issue in ledger.released().all()})
        facts = {"genesis": ledger.genesis, "tip": ledger.tip.commit, "releases": releases}
        self.manifest.write_text(json.dumps(facts), "utf-8")

    def in_force(self, identification: str = DOCUMENT, language: str = "en") -> int | None:
        """Return the revision of a text that is in force now; None if there is none."""
        released = self.ledger().released()
        issue = lifecycle.in_force(released, identification, language, self.now)
        return issue.subject.revision if issue else None

    def status(self, revision: int, identification: str = DOCUMENT) -> Status | None:
        """Return the status of a released revision; None if it was never released."""
        released = self.ledger().released()
        for issue in released.issues.get(identification, ()):
            if issue.subject.revision == revision and issue.subject.language == "en":
                return lifecycle.life(issue, released, self.now).status
        return None


def authority(keys: Mapping[str, Key], revision: int = 1, **extra: str) -> str:
    """Return manual/authority.yaml of the stage; `extra` adds top-level blocks."""
    people = "".join(
        f"  {name}:\n    name: Demo {name.title()}\n"
        f"    keys: [{{key: {keys[name].line}, from: 2026-01-01}}]\n"
        f"    emails: [{name}@example.com]\n"
        f"    roles: [{', '.join(f'{{role: {r}, from: 2026-01-01}}' for r in roles)}]\n"
        for name, roles in ROLES.items()
    )
    return (
        f"revision: {revision}\npeople:\n{people}issuers: [CSC-RS-03]\nrequirements:\n"
        "  - {types: [manual, procedure, role], classes: [major, minor],\n"
        "     reviewed: [CSC-RS-02], approved: [CSC-RS-01]}\n"
        "  - {types: [manual, procedure, role], classes: [editorial], approved: [CSC-RS-02]}\n"
        "  - {types: [authority, policy, waivers], classes: [major], reviewed: [CSC-RS-02],\n"
        "     approved: [CSC-RS-01]}\n" + "".join(f"{k}: {v}\n" for k, v in extra.items())
    )


def begun(
    folder: Path, change: Callable[[Stage], None] = lambda _: None, nonce: str = "0" * 32
) -> Stage:
    """Return a stage on which the manual has begun and nothing is released yet."""
    stage = Stage(folder, keys={name: Key.of(name) for name in (*ROLES, OUTSIDER)})
    git(folder, "init", "--quiet", "--initial-branch=main")
    stage.write(tree(BASE))
    for path in (PATH, PATH.replace(".md", ".zh-CN.md")):  # nothing of it was ever released
        text = stage.read(path).replace("revision: 2", "revision: 1")
        lines = text.replace("+14 days", "on-release").splitlines(keepends=True)
        stage.write({path: "".join(line for line in lines if not line.startswith("drafters"))})
    stage.write({"manual/authority.yaml": authority(stage.keys)})
    change(stage)
    stage.commit("Texts")
    content = {
        path: hashlib.sha256((folder / path).read_bytes()).hexdigest()
        for path in ("manual/authority.yaml", "manual/policy.yaml")
    }
    record, data = stage.record(MANAGER, Genesis(content, nonce), manual="")
    stage.put(record, data)
    stage.genesis = record.digest
    stage.commit("Begin", who=MANAGER)
    return stage


def with_digest(record: Record, **changes: object) -> Record:
    """Return a record with other contents under the old signature, as a forger makes it."""
    return replace(record, **changes)  # type: ignore[arg-type]
