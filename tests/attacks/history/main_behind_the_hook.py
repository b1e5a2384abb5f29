"""The server's HEAD names a branch that is not there, so that the hook guards nothing.

Nothing can be switched off: where it is not known which branch is main the server takes nothing in.
"""

from qms_docs.words.errors import QmsError
from tests.attacks.stage import Stage
from tests.conftest import git

FOUND = ["no-main"]


def attack(stage: Stage) -> None:
    stage.serve()
    git(stage.server, "symbolic-ref", "HEAD", "refs/heads/master")
    stage.release()
    stage.commit("Release without approval")
    try:
        stage.push()
    except QmsError as error:
        stage.refused.append(error.key)


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.served() is None
