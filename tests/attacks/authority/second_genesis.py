"""An outsider begins the manual anew, with an authority in which the outsider is everybody."""

import hashlib
from collections.abc import Iterable

from qms_docs.words.evidence import Genesis
from tests.attacks.stage import OUTSIDER, Stage, authority

FOUND = ["QMS901 deleted", "QMS903 second"]
GUARDS = {"qms_docs.judge.ledger.Ledger._has_begun": lambda ledger: False}


def attack(stage: Stage) -> None:
    stage.git("rm", "--quiet", "records/genesis.json")
    stage.commit("Away with it")
    keys: Iterable[str] = ("manager", "quality", "controller", "drafter")
    own = authority(dict.fromkeys(keys, stage.keys[OUTSIDER]))
    head, people, rest = own.partition("  quality:\n")[0], "", own.partition("issuers:")[2]
    stage.write({"manual/authority.yaml": f"{head}{people}issuers:{rest}"})
    content = {
        path: hashlib.sha256((stage.root / path).read_bytes()).hexdigest()
        for path in ("manual/authority.yaml", "manual/policy.yaml")
    }
    key = stage.keys[OUTSIDER]
    begun = stage.record("manager", Genesis(content, "1" * 32), key=key, manual="")
    stage.put(*begun)
    stage.commit("Begin again")


def succeeded(stage: Stage) -> bool:
    rules = stage.ledger().rules
    return rules is not None and rules.authority.people["manager"].has_key(
        stage.keys[OUTSIDER].line, stage.now
    )
