"""The drafter commits and pushes with `--no-verify`: the own computer checks nothing."""

from tests.attacks.stage import Stage

FOUND = ["QMS906 no-prepared", "QMS906 no-reviewed", "QMS906 no-approved", "QMS906 no-translated"]
GUARDS = {
    "qms_docs.work.pushing._audited": lambda *_: (),
    "qms_docs.work.pushing._at_present": lambda *_: (),
    "qms_docs.judge.releasing._support": lambda candidate: iter(()),
}


def attack(stage: Stage) -> None:
    stage.serve()
    for hook in ("pre-commit", "pre-push"):
        stage.write({f".git/hooks/{hook}": "#!/bin/sh\nexit 1\n"})
        (stage.root / ".git" / "hooks" / hook).chmod(0o755)
    stage.release()
    stage.commit("Release", "--no-verify")
    stage.push(verify=False)


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.served() == 1
