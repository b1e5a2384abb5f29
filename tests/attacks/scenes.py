"""What many attacks and much honest work have in common, played on a stage."""

import posixpath
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from qms_docs.edges.git import Repository
from qms_docs.judge import lifecycle
from qms_docs.judge.tree import Tree
from qms_docs.text import closure, documents, papersheet
from qms_docs.words.evidence import (
    Act,
    Frozen,
    Meaning,
    Nonconformity,
    Paper,
    Record,
    Release,
    ReleasedText,
    Statement,
    Subject,
    Void,
)
from qms_docs.words.model import Document, Status
from qms_docs.words.paths import SYMLINK
from qms_docs.work import workspace
from tests.attacks.stage import (
    CONTROLLER,
    DOCUMENT,
    DRAFTER,
    MANAGER,
    PATH,
    QUALITY,
    ROLES,
    Stage,
)
from tests.conftest import git

TRANSLATED_PATH = PATH.replace(".md", ".zh-CN.md")
PARAMETERS = "manual/parameters.yaml"
APPROVALS_MISSING = ["QMS906 no-prepared", "QMS906 no-reviewed", "QMS906 no-approved"]
AN_HOUR = timedelta(hours=1)
SHEET = "5" * 64
"""SHA-256 of a scanned sheet of paper."""


def one_language(stage: Stage) -> None:
    """Begin without the translation of the procedure (a `before`)."""
    (stage.root / TRANSLATED_PATH).unlink()


def with_authority(*changes: tuple[str, str]) -> Callable[[Stage], None]:
    """Return a `before` that begins with an authority in which texts are replaced by others."""

    def change(stage: Stage) -> None:
        for old, new in changes:
            stage.edit("manual/authority.yaml", old, new)

    return change


def with_parameter(stage: Stage) -> None:
    """Begin with a procedure that quotes a shared value, in one language (a `before`)."""
    one_language(stage)
    stage.write(
        {
            PARAMETERS: "parameters:\n  answer:\n    title: {en: Limit for the answer}\n"
            "    value: 15\n    source: CSC-EX-01\n    unit: {en: days}\n    owner: CSC-RS-02\n"
        }
    )
    stage.edit(PATH, "15 days", "{{answer}}")


def delegated(
    giver: str, taker: str, role: str = "CSC-RS-01", until: str = "2026-12-31"
) -> Callable[[Stage], None]:
    """Return a `before` that begins with a delegation in the authority."""

    def change(stage: Stage) -> None:
        text = stage.read("manual/authority.yaml")
        text += (
            f"delegations:\n  - {{role: {role}, giver: {giver}, taker: {taker},"
            f" from: 2026-01-01, to: {until}}}\n"
        )
        stage.write({"manual/authority.yaml": text})

    return change


def spoken(
    stage: Stage,
    *,
    prepared: str = DRAFTER,
    translated: str = DRAFTER,
    reviewed: str = QUALITY,
    approved: str = MANAGER,
) -> None:
    """Let people say what is needed of the procedure; an empty name says nothing."""
    for who, meaning in (
        (prepared, Meaning.PREPARED),
        (translated if len(stage.texts()) > 1 else "", Meaning.TRANSLATED),
        (reviewed, Meaning.REVIEWED),
        (approved, Meaning.APPROVED),
    ):
        if who:
            stage.say(who, meaning)
    stage.commit("Statements")


def let_go(stage: Stage, *ids: str) -> str:
    """Release the newest committed texts and return the commit."""
    stage.release(*ids)
    return stage.commit("Release", who=CONTROLLER)


def merged(stage: Stage, branch: str, who: str = MANAGER) -> None:
    """Merge a branch into main with a merge commit."""
    stage.git("switch", "--quiet", "main")
    stage.git("merge", "--quiet", "--no-ff", f"--message=Merge {branch}", branch, who=who)


def squashed(stage: Stage, branch: str, who: str, message: str = "Squashed") -> None:
    """Bring a branch to main as one commit of one person."""
    stage.git("switch", "--quiet", "main")
    stage.git("merge", "--quiet", "--squash", branch, who=who)
    stage.commit(message, who=who)


def other_change(stage: Stage) -> None:
    """Commit something that has nothing to do with the procedure."""
    stage.edit("manual/forms.yaml", "Complaint file", "Complaints file")
    stage.commit("Forms")


# --- texts that nobody may release --------------------------------------------------------------


def forged(stage: Stage, path: str) -> ReleasedText:
    """Return what stands at a path of the newest commit as a release would name it.

    It is not asked whether it is in order.
    """
    source = documents.read_source(path, (stage.root / path).read_bytes(), [])
    tree = stage.ledger().tree()
    document = documents._document(source, documents._control({**CONTROL, **source.metadata}))
    found = tree.closure(document) or closure.of_data(source.data)
    subject = Subject(document.id, document.language, document.revision, found.digest)
    frozen = (Frozen(i.kind, i.name, i.sha256, i.where) for i in found.inclusions)
    return ReleasedText(subject, path, found.text, tuple(frozen))


CONTROL = {"type": "procedure", "owner": "", "reviewers": (), "approvers": (), "effective": "",
           "review_months": 0, "classification": ""}  # fmt: skip
"""Fields that a translation does not have."""


def stated(
    stage: Stage, who: str, meaning: Meaning, subject: Subject, role: str | None = None
) -> Record:
    """Let a person say something of any text."""
    act = Act(meaning, subject)
    return stage.put(*stage.record(who, Statement((act,)), role=role))


def stated_all(stage: Stage, subject: Subject) -> None:
    """Let everybody say what is needed of any master text, and commit it."""
    stated(stage, DRAFTER, Meaning.PREPARED, subject)
    stated(stage, QUALITY, Meaning.REVIEWED, subject)
    stated(stage, MANAGER, Meaning.APPROVED, subject)
    stage.commit("Statements")


def released_as(stage: Stage, *texts: ReleasedText) -> None:
    """Release texts as they are named, and commit the release."""
    stage.put(*stage.record(CONTROLLER, Release(texts, ())))
    stage.commit("Release", who=CONTROLLER)


# --- weaker ways to look at a text ---------------------------------------------------------------


def without_inclusions(document: Document, *_: object) -> closure.Closure:
    """Take a text for itself, whatever it includes."""
    return closure.of_data(document.source.data)


def through_link(tree: Tree, path: str) -> bytes | None:
    """Read a file, also through a link."""
    mode, blob = tree.blobs.get(path, ("", ""))
    data = tree.read_blob(blob) if mode else None
    if mode != SYMLINK or data is None:
        return data
    return through_link(tree, posixpath.normpath(f"{posixpath.dirname(path)}/{data.decode()}"))


# --- other records ------------------------------------------------------------------------------


def of_release(
    stage: Stage, who: str, meaning: Meaning, revision: int = 1, role: str | None = None
) -> Record:
    """Let a person withdraw or reaffirm a released revision of the procedure."""
    issues = stage.ledger().issues[DOCUMENT]
    subject = next(each.subject for each in issues if each.subject.revision == revision)
    return stated(stage, who, meaning, subject, role)


def taken_back(stage: Stage, who: str, record: Record) -> Record:
    """Let a person take a record back."""
    return stage.put(*stage.record(who, Void(record.digest, "Given by mistake")))


def dealt_with(stage: Stage, who: str, commit: str, code: str) -> Record:
    """Let a person say that a finding was dealt with."""
    body = Nonconformity(commit, code, "A mistake", "Put right with the next revision")
    return stage.put(*stage.record(who, body))


def on_paper(stage: Stage, registrar: str, meaning: Meaning, person: str, role: str) -> Record:
    """Let a person register what another has signed on paper, as before there were sheets."""
    return registered(stage, registrar, Paper(person, role, SHEET), meaning)


def registered(stage: Stage, registrar: str, paper: Paper, meaning: Meaning, *ids: str) -> Record:
    """Let a person register a sheet of paper for the newest committed text of documents."""
    acts = tuple(stage.act(meaning, each) for each in ids or (DOCUMENT,))
    return stage.put(*stage.record(registrar, Statement(acts, paper)))


def sheet_of(stage: Stage, *ids: str, manual: str = "") -> Paper:
    """Return the approval sheet of the newest committed texts, as the manager signs it."""
    acts = [stage.act(Meaning.APPROVED, each) for each in ids or (DOCUMENT,)]
    sheet = papersheet.of(manual or stage.genesis, acts)
    return Paper(MANAGER, ROLES[MANAGER][0], SHEET, sheet.digest)


def registered_by_two(stage: Stage, paper: Paper, *ids: str) -> None:
    """Let two people register what the manager has signed on paper, rightly or not."""
    for who in (CONTROLLER, DRAFTER):
        registered(stage, who, paper, Meaning.APPROVED, *ids)
    stage.commit("Registered")


# --- what readers see ---------------------------------------------------------------------------


def shown(stage: Stage, identification: str = DOCUMENT) -> Status | None:
    """Return the status of a master as it stands in the newest commit; None if it is not there."""
    repository = Repository.open(stage.root)
    released = stage.ledger().released()
    state = workspace.State(released, stage.now)
    manual = workspace.load(repository.commit("HEAD"), state=state)
    for document in manual.documents:
        if document.id == identification and document.is_master:
            return lifecycle.status(document, manual)
    return None


def cloned(stage: Stage, name: str) -> Stage:
    """Return the stage in a clone of its repository, which lies beside it."""
    folder = stage.root.with_name(f"{stage.root.name}-{name}")
    git(stage.root, "clone", "--quiet", str(stage.root), str(folder))
    return replace(stage, root=folder)
