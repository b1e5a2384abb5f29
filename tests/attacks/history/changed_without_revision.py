"""After the release a time limit is changed in the text on main, without a new revision."""

from qms_docs.edges.git import Repository
from qms_docs.judge import lifecycle
from qms_docs.words.manual import Manual
from qms_docs.words.model import Status
from qms_docs.work import history, workspace
from tests.attacks.stage import PATH, Stage

FOUND: list[str] = []
GUARDS = {
    "qms_docs.work.workspace._contents": lambda manual, snapshot: (
        (document.path, issue.subject.content)
        for document in manual.documents
        for issue in manual.released.issues.get(document.id, ())
        if issue.subject.language == document.language
    )
}


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
