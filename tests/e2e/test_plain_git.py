"""A team with a plain Git server, over HTTP: what it takes in, what it refuses, what staff read."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.stage import CONTROLLER, DOCUMENT, DRAFTER, MANAGER, PATH, QUALITY
from tests.conftest import git
from tests.e2e.team import Person, Server, first_push, server

PDF = f"{DOCUMENT}.en.pdf"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Server]:
    with server(tmp_path) as found:
        yield found


@pytest.fixture
def guarded(made: Server) -> Server:
    """Return a server that guards main and does not publish, to which a manual was pushed."""
    (made.root / "hooks" / "post-receive").unlink()
    first_push(made)
    return made


def test_from_the_first_push_to_the_pdf_that_staff_read(made: Server) -> None:
    assert "Publication 0001: PDFs 0" in first_push(made)

    editor = made.person(DRAFTER)
    editor.git("switch", "--quiet", "--create", "faster")
    editor.edit(PATH, "type: procedure", "type: unfinished")
    editor.commit("Half a thought")
    assert editor.push("--quiet", "faster") == (True, "")
    editor.edit(PATH, "type: unfinished", "type: procedure")
    editor.edit(PATH, "within 15 days", "within 10 days")
    editor.commit("Ten days")
    _sign(editor, "prepared", "translated")
    for who, meaning in ((QUALITY, "reviewed"), (MANAGER, "approved")):
        person = made.person(who)
        person.pull("faster")
        _sign(person, meaning)

    releaser = made.person(CONTROLLER)
    releaser.git("fetch", "--quiet", made.address, "faster")
    releaser.git("merge", "--quiet", "--no-ff", "--message=Ten days", "FETCH_HEAD")
    taken, said = releaser.push("main")
    assert taken
    assert "Publication 0002: PDFs 0" in said  # approved is not released
    releaser.sign("release", DOCUMENT)
    releaser.commit("Release")
    taken, said = releaser.push("main")
    assert taken
    assert "Publication 0003: PDFs 2" in said

    staff = made.public / "current" / PDF
    assert "IN FORCE since" in releaser.qms("verify", str(staff))
    manifest = json.loads((made.public / "current" / "manifest.json").read_bytes())
    assert manifest["tip"] == made.tip()
    log = (made.root / "qms-publish.log").read_text("utf-8")
    assert log.count("Publication 000") == 3


def _sign(person: Person, *meanings: str) -> None:
    """Let somebody say what they think of the text on the branch."""
    for meaning in meanings:
        person.sign("approve", DOCUMENT, "--meaning", meaning, "--yes")
    person.commit(" and ".join(meanings).title())
    assert person.push("--quiet", "HEAD:faster") == (True, "")


def test_unfinished_text_is_taken_in_and_false_evidence_is_not(guarded: Server) -> None:
    editor = guarded.person(DRAFTER)
    (editor.folder / "manual" / "CSC-QM-01.md").write_text("Nothing in here is in order.\n")
    tip = editor.commit("Unfinished")
    assert editor.push("--quiet", "main") == (True, "")
    assert guarded.tip() == tip
    guarded.stage.release()
    records = guarded.stage.root / "records"
    git(editor.folder, "--work-tree", str(guarded.stage.root), "add", str(records))
    git(editor.folder, "commit", "--quiet", "--message=A release that nobody approved")
    taken, said = editor.push("main")
    assert not taken
    assert "remote: records/releases/" in said
    assert "QMS906" in said
    assert f"The review of {DOCUMENT} by CSC-RS-02 is missing" in said
    assert "Traceback" not in said
    assert guarded.tip() == tip


def test_strangers_read_and_do_not_push(guarded: Server) -> None:
    editor = guarded.person(DRAFTER)
    editor.commit("A wish")
    editor.address = guarded.address
    taken, said = editor.push("HEAD:wish")
    assert not taken
    assert "could not read Username" in said
    assert guarded.tip("refs/heads/wish") == ""


@pytest.mark.parametrize(
    ("arguments", "case"),
    [(("--force", "HEAD~1:main"), "would take the commit"), ((":main",), "would delete")],
)
def test_nobody_takes_anything_from_main(
    guarded: Server, arguments: tuple[str, ...], case: str
) -> None:
    git(guarded.root, "config", "receive.denyDeleteCurrent", "ignore")
    before = guarded.tip()
    taken, said = guarded.person(MANAGER).push(*arguments)
    assert not taken
    assert "QMS910" in said
    assert case in said
    assert guarded.tip() == before


def test_of_two_who_push_at_once_one_wins(guarded: Server) -> None:
    people = [guarded.person(name) for name in (DRAFTER, QUALITY)]
    tips = [person.commit(f"By {person.name}") for person in people]
    pushes = [
        subprocess.Popen(
            ["git", "push", "--quiet", person.address, "main"],
            cwd=person.folder,
            env=dict(person.variables),
            stderr=subprocess.PIPE,
        )
        for person in people
    ]
    for push in pushes:
        push.communicate(timeout=60)
    assert sorted(push.returncode for push in pushes) == [0, 1]
    assert guarded.tip() == tips[[push.returncode for push in pushes].index(0)]
    git(guarded.root, "fsck", "--strict")
