"""The document is a link to a file outside the manual, which can change without a trace."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS907 absent"]
GUARDS = {"qms_docs.judge.tree.is_file": bool, "qms_docs.judge.tree.Tree.read": scenes.through_link}
before = scenes.one_language


def attack(stage: Stage) -> None:
    text = stage.read(PATH)
    named = scenes.forged(stage, PATH)
    scenes.stated_all(stage, named.subject)
    (stage.root / PATH).unlink()
    stage.write({"outside.md": text})
    (stage.root / PATH).symlink_to("../outside.md")
    stage.commit("Link")
    scenes.released_as(stage, named)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
