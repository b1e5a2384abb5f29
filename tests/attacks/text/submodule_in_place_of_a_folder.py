"""The drawing lies in a repository of its own, of which the history holds nothing but a name."""

from tests.attacks import scenes
from tests.attacks.stage import Stage
from tests.conftest import git

FOUND = ["QMS907 inclusion"]
GUARDS = {"qms_docs.text.closure.closure_of": scenes.without_inclusions}
MANUAL, PATH = "CSC-QM-01", "manual/CSC-QM-01.md"


def before(stage: Stage) -> None:
    folder = stage.root / "manual/drawings"
    folder.mkdir()
    (stage.root / "manual/process.svg").rename(folder / "process.svg")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Drawings")
    stage.edit(PATH, "(process.svg)", "(drawings/process.svg)")


def attack(stage: Stage) -> None:
    assert "160000" in stage.git("ls-files", "--stage", "manual/drawings")
    named = scenes.forged(stage, PATH)
    scenes.stated_all(stage, named.subject)
    scenes.released_as(stage, named)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(MANUAL) == 1
