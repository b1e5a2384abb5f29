"""`qms forge codeowners`: whom a forge asks to review, from what is released."""

import json
from pathlib import Path

import pytest

from qms_docs.cli import forge
from qms_docs.words.errors import QmsError
from qms_docs.work.codeowners import PATH
from tests.acting import Life
from tests.attacks import reviewing
from tests.attacks.stage import CONTROLLER, MANAGER, QUALITY, Stage, begun
from tests.forge import settings
from tests.forge.server import TOKEN, Answer, GitHub, running
from tests.outer import Answer as Said
from tests.outer import Repo

NEEDED = (MANAGER, QUALITY)
HEAD = 2
"""Lines that say what the file is."""


def _before(stage: Stage) -> None:
    """Begin with an authority that leaves it to the documents who approves them."""
    reviewing.before(stage)
    fixed = "reviewed: [CSC-RS-02], approved: [CSC-RS-01]}\n  - {types: [manual, procedure"
    stage.edit("manual/authority.yaml", fixed, fixed.replace("[CSC-RS-01]", "[approvers]"))


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    """Return a manual whose people have accounts, with nothing released but its rules."""
    folder, home = tmp_path / "manual", tmp_path / "people"
    folder.mkdir()
    home.mkdir()
    stage = begun(folder, _before)
    monkeypatch.setattr(forge, "now", lambda: stage.now)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return Life(stage, Repo(folder.resolve(), home))


def tell(server: GitHub, *people: str, **changes: Answer) -> None:
    for who in people:
        number = reviewing.ACCOUNTS[who]
        server.tell("GET", f"/user/{number}", changes.get(who, Answer(settings.user(number))))


def ask(life: Life, server: GitHub, *options: str) -> Said:
    where = ("--url", server.url)
    return life.repo.ask(*options, "forge", "codeowners", *where, GITHUB_TOKEN=TOKEN)


def written(life: Life, *people: str, **changes: Answer) -> list[str]:
    """Return the lines of the file that is made now, without what it says of itself."""
    with running() as server:
        tell(server, *people, **changes)
        assert ask(life, server).code == 0
    return life.stage.read(PATH).splitlines()[HEAD:]


def checked(life: Life, *options: str, **changes: Answer) -> Said:
    with running() as server:
        tell(server, *NEEDED, **changes)
        where = ("--url", server.url, "--check")
        return life.repo.ask(*options, "forge", "codeowners", *where, GITHUB_TOKEN=TOKEN)


def test_each_folder_asks_those_whose_word_its_types_need(life: Life) -> None:
    assert written(life, *NEEDED) == [
        "/manual/ @demo-11 @demo-12",
        "/manual/authority.yaml @demo-11 @demo-12",
        "/manual/policy.yaml @demo-11 @demo-12",
        "/manual/roles/ @demo-11 @demo-12",
        "/manual/waivers.yaml @demo-11 @demo-12",
        "/procedures/ @demo-11 @demo-12",
        "/procedures/forms/ @demo-11 @demo-12",  # nothing is said of its type, nor of the next
        "/procedures/instructions/ @demo-11 @demo-12",
        "/records/ @demo-11 @demo-12",
        "/.github/ @demo-11 @demo-12",
    ]
    assert "It is no evidence" in life.stage.read(PATH)


def test_a_released_document_that_needs_others_has_a_line_of_its_own(life: Life) -> None:
    stage = life.stage
    stage.edit("procedures/CSC-QP-01.md", "approvers: [CSC-RS-01]", "approvers: [CSC-RS-03]")
    stage.commit("Others")
    assert "/procedures/CSC-QP-01.md" not in " ".join(written(life, *NEEDED))
    stage.say("drafter", "prepared")
    stage.say(QUALITY, "reviewed")
    stage.say(CONTROLLER, "approved")
    stage.commit("Approvals")
    stage.release()
    stage.commit("Release")
    lines = written(life, *NEEDED, CONTROLLER)
    assert "/procedures/CSC-QP-01.md @demo-12 @demo-13" in lines
    assert lines.index("/procedures/ @demo-11 @demo-12") < lines.index(
        "/procedures/CSC-QP-01.md @demo-12 @demo-13"
    )


def test_what_is_merged_and_not_released_changes_nobody(life: Life) -> None:
    before = written(life, *NEEDED)
    life.stage.amend(add_role=("drafter", "CSC-RS-01"))
    life.stage.commit("The drafter would like to be asked")
    assert written(life, *NEEDED) == before


def test_the_committed_file_is_compared_byte_for_byte(life: Life) -> None:
    assert checked(life).code == 1  # there is none
    written(life, *NEEDED)
    assert checked(life).code == 1  # it is not committed
    life.stage.commit("Who is asked")
    said = checked(life)
    assert (said.code, said.out) == (0, ".github/CODEOWNERS is as it should be.\n")
    life.stage.edit(PATH, "/records/ @demo-11", "/records/ @mallory @demo-11")
    assert checked(life).code == 0  # the work tree is not what the forge goes by
    life.stage.commit("Another")
    said = checked(life)
    assert said.code == 1
    assert "-/records/ @mallory @demo-11 @demo-12\n+/records/ @demo-11 @demo-12" in said.out
    assert json.loads(checked(life, "--json").out) == {"path": PATH, "is_current": False}


def test_an_account_that_has_another_name_now_makes_the_file_old(life: Life) -> None:
    written(life, *NEEDED)
    life.stage.commit("Who is asked")
    renamed = Answer({**settings.user(11), "login": "demo-renamed"})
    said = checked(life, **{MANAGER: renamed})
    assert said.code == 1
    assert "+/procedures/ @demo-12 @demo-renamed" in said.out


def test_a_role_without_an_account_is_told(life: Life) -> None:
    lines = written(life, *NEEDED, **{MANAGER: settings.refusal()})
    place = lines.index("/procedures/ @demo-12")
    assert lines[place - 1] == "# Nobody with an account holds: CSC-RS-01"


def test_without_any_keeper_there_is_nobody_to_ask(life: Life) -> None:
    gone = {MANAGER: settings.refusal(), QUALITY: settings.refusal()}
    with pytest.raises(QmsError) as raised:
        written(life, *NEEDED, **gone)
    assert raised.value.key == "no-keepers"


@pytest.mark.parametrize("login", ["x\n* @mallory", "x @mallory", "@x", "x#y", ""])
def test_a_name_of_an_account_adds_no_owner(life: Life, login: str) -> None:
    hostile = Answer({**settings.user(11), "login": login})
    with running() as server:
        tell(server, MANAGER, **{MANAGER: hostile})
        with pytest.raises(QmsError) as raised:
            ask(life, server)
    assert raised.value.values["field"] == "user.login"
    assert not (life.stage.root / PATH).exists()


def test_it_is_not_written_through_a_link(life: Life, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (life.stage.root / ".github").symlink_to(outside)
    with running() as server:
        tell(server, *NEEDED)
        with pytest.raises(QmsError):
            ask(life, server)
    assert list(outside.iterdir()) == []
