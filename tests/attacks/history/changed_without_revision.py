"""After the release a time limit is changed in the text on main, without a new revision."""

from qms_docs.edges.git import Repository
from qms_docs.judge import lifecycle
from qms_docs.words.issues import Issue
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Status
from qms_docs.work import history, workspace
from tests.attacks.stage import PATH, Stage

FOUND: list[str] = []


def _by_number(document: Document, manual: Manual) -> Issue | None:
    found = manual.released.issues.get(document.id, ())
    wanted = (document.language, document.revision)
    return next((i for i in found if (i.subject.language, i.subject.revision) == wanted), None)


GUARDS = {"qms_docs.judge.lifecycle.issue_of": _by_number}


def attack(stage: Stage) -> None:
    stage.issued()
    stage.edit(PATH, "within 15 days", "within 150 days")
    stage.commit("Nobody will notice")


def _manual(stage: Stage) -> Manual:
    snapshot = Repository.open(stage.root).work_tree()
    state = history.state(Repository.open(stage.root), snapshot, stage.now)
    return workspace.load(snapshot, state=state)


def succeeded(stage: Stage) -> bool:
    """Tell whether the changed text is called in force; what was released stays in force."""
    assert stage.in_force() == 1
    manual = _manual(stage)
    document = next(each for each in manual.documents if each.path == PATH)
    return lifecycle.status(document, manual) is Status.EFFECTIVE
