"""An authority in which two people share a key is approved by mistake, and speaks for neither."""

from tests.attacks.stage import DRAFTER, MANAGER, Stage

FOUND = ["QMS907 unreadable"]
GUARDS = {
    "qms_docs.judge.releasing._is_readable": lambda *_: True,
    "qms_docs.text.authority.problems": lambda yaml: iter(()),
}


def attack(stage: Stage) -> None:
    stage.amend(add_key=(DRAFTER, MANAGER))
    stage.commit("The next authority")
    stage.issued("authority")


def succeeded(stage: Stage) -> bool:
    rules, key = stage.ledger().rules, stage.keys[MANAGER].line
    assert rules
    return sum(each.has_key(key, stage.now) for each in rules.authority.people.values()) > 1
