"""The text jumps from revision 1 to 3, as if a second revision had been approved meanwhile."""

from tests.attacks.stage import PATH, Stage

FOUND = ["QMS908 skipped"]
GUARDS = {"qms_docs.judge.releasing._order": lambda candidate: iter(())}


def attack(stage: Stage) -> None:
    stage.issued()
    for path in (PATH, PATH.replace(".md", ".zh-CN.md")):
        stage.write({path: stage.read(path).replace("revision: 1", "revision: 3")})
    stage.commit("A jump")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 3
