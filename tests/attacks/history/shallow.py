"""The auditor is given a copy that begins after the false release, as if it had always been so."""

import shutil

from tests.attacks.stage import Stage
from tests.conftest import git

FOUND = ["shallow"]
GUARDS = {"qms_docs.edges.git.Repository.refuse_other_history": lambda self: None}


def attack(stage: Stage) -> None:
    stage.approved()
    stage.release(who="drafter")
    stage.commit("Release by somebody who may not")
    stage.commit("A change")
    url, copy = stage.root.as_uri(), stage.root.with_name("copy")
    git(stage.root.parent, "clone", "--quiet", "--depth=1", url, str(copy))
    shutil.rmtree(stage.root)
    copy.rename(stage.root)


found = Stage.error


def succeeded(stage: Stage) -> bool:
    return not stage.error() and "QMS906 issuer" not in stage.found()
