"""What `ssh-keygen` gives back is verified before anything is written."""

import pytest

from qms_docs.edges import ssh
from qms_docs.words.errors import QmsError
from tests.acting import Life
from tests.attacks.stage import DRAFTER, OUTSIDER


@pytest.mark.parametrize("what", ["another key", "another message", "nothing"])
def test_a_false_signature_is_not_written(
    life: Life, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    keys = life.stage.keys

    def sign(message: bytes, key: object) -> str:
        if what == "nothing":
            return ""
        who = OUTSIDER if what == "another key" else DRAFTER
        return keys[who].sign(message + (b" " if what == "another message" else b""))

    monkeypatch.setattr(ssh, "sign", sign)
    with pytest.raises(QmsError) as raised:
        life.ask(DRAFTER, "approve", "CSC-QP-01", "--meaning", "prepared", "--yes")
    assert raised.value.key == "false-signature"
    assert life.status() == []
