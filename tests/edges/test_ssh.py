"""Signing with real keys, a real agent and a real terminal, and what is said when it fails."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms_docs.edges import ssh
from qms_docs.text import messages, sshsig
from qms_docs.words.errors import QmsError
from tests import signing
from tests.outer import environment
from tests.signing import MESSAGE, Signer

PASSPHRASE = "correct horse"


@pytest.fixture(autouse=True)
def _nobody_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take away what belongs to the person who runs the tests; questions have no answer."""
    for name in ("SSH_AUTH_SOCK", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    answer(monkeypatch, tmp_path, "exit 1")


def answer(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Answer questions for a passphrase by a script."""
    monkeypatch.setenv("SSH_ASKPASS", str(program(folder / "askpass", script)))
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")


def program(file: Path, script: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def person(tmp_path: Path) -> Signer:
    return signing.signer(tmp_path, "ed25519")


@pytest.fixture
def guarded(tmp_path: Path) -> Signer:
    """Return a person whose key has a passphrase."""
    folder = tmp_path / "guarded"
    folder.mkdir()
    return signing.signer(folder, "ed25519", passphrase=PASSPHRASE)


@pytest.fixture
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run an agent that holds no key, and return its socket; nobody can confirm anything to it."""
    folder = tmp_path_factory.mktemp("agent")
    place = folder / "s"
    refuse = program(folder / "askpass", "exit 1")
    process = subprocess.Popen(
        ["ssh-agent", "-D", "-a", place],
        env=environment(folder, SSH_ASKPASS=str(refuse), SSH_ASKPASS_REQUIRE="force"),
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()  # the socket is there
    yield place
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def with_agent(agent: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(agent))
    return agent


def add(agent: Path, *arguments: str | Path, answer: str = "exit 1") -> None:
    """Give a key to the agent."""
    asked = program(agent.parent / "answer", answer)
    subprocess.run(
        ["ssh-add", "-q", *arguments],
        env=environment(
            agent.parent,
            SSH_AUTH_SOCK=str(agent),
            SSH_ASKPASS=str(asked),
            SSH_ASKPASS_REQUIRE="force",
        ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )


def refused(key: Path | str, namespace: str = sshsig.NAMESPACE) -> str:
    """Return the name of the error with which signing fails; it reads well in both languages."""
    with pytest.raises(QmsError) as raised:
        ssh.sign(MESSAGE, key, namespace)
    for language in messages.LANGUAGES:
        assert all(messages.of_error(raised.value, language))
    return raised.value.key


def is_good(made: str, key: str) -> bool:
    return sshsig.verify(made, MESSAGE, key) is None


@pytest.mark.parametrize("kind", ["ed25519", "rsa 3072", "ecdsa 521"])
def test_a_key_in_a_file_signs(
    kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    person = signing.person(tmp_path, kind)
    for file in (person.private, person.public):
        made = ssh.sign(MESSAGE, file)
        assert is_good(made, person.key)
        assert signing.accepts(tmp_path, made, MESSAGE, person.key)
    assert capfd.readouterr() == ("", "")


def test_the_purpose_can_be_another(person: Signer) -> None:
    made = ssh.sign(MESSAGE, person.private, "file")
    assert sshsig.verify(made, MESSAGE, person.key) == "namespace"
    assert sshsig.verify(made, MESSAGE, person.key, "file") is None


def test_a_place_in_the_home_folder_or_here_is_understood(
    person: Signer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert is_good(ssh.sign(MESSAGE, Path("~/ed25519")), person.key)
    monkeypatch.chdir(tmp_path)
    shutil.copy(person.private, "-f")
    assert is_good(ssh.sign(MESSAGE, Path("-f")), person.key)


def test_nothing_is_left_behind(
    person: Signer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    before = sorted(tmp_path.rglob("*"))
    ssh.sign(MESSAGE, person.private)
    refused(tmp_path / "missing")
    assert sorted(tmp_path.rglob("*")) == before


def test_the_program_asks_for_the_passphrase(
    guarded: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path, f"echo '{PASSPHRASE}'")
    assert is_good(ssh.sign(MESSAGE, guarded.private), guarded.key)
    answer(monkeypatch, tmp_path, "echo wrong")
    assert refused(guarded.private) == "unusable-ssh-key"


IN_A_TERMINAL = """
import os, pathlib, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))  # so that it becomes the terminal of this session
from qms_docs.edges import ssh
pathlib.Path(sys.argv[2]).write_text(ssh.sign(sys.argv[3].encode(), pathlib.Path(sys.argv[1])))
"""


def test_the_question_comes_on_the_terminal(guarded: Signer, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    made = tmp_path / "made"
    process = subprocess.Popen(
        [sys.executable, "-c", IN_A_TERMINAL, guarded.private, made, MESSAGE],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env=environment(tmp_path, DISPLAY=":99"),  # a display would be asked without a terminal
    )
    os.close(theirs)
    seen = b""
    while b"passphrase" not in seen:
        seen += os.read(ours, 1000)
    os.write(ours, f"{PASSPHRASE}\n".encode())
    assert process.wait(60) == 0, os.read(ours, 10_000)
    os.close(ours)
    assert is_good(made.read_text(), guarded.key)


def test_a_key_in_the_agent_signs_without_its_file(
    with_agent: Path, person: Signer, guarded: Signer
) -> None:
    assert ssh.agent_keys() == ()
    add(with_agent, person.private)
    add(with_agent, guarded.private, answer=f"echo '{PASSPHRASE}'")
    assert set(ssh.agent_keys()) == {person.key, guarded.key}
    for one in (person, guarded):
        one.private.unlink()
        assert is_good(ssh.sign(MESSAGE, one.key), one.key)
        assert is_good(ssh.sign(MESSAGE, one.public), one.key)


def test_the_agent_spares_the_passphrase(with_agent: Path, guarded: Signer) -> None:
    assert refused(guarded.private) == "unusable-ssh-key"
    add(with_agent, guarded.private, answer=f"echo '{PASSPHRASE}'")
    assert is_good(ssh.sign(MESSAGE, guarded.private), guarded.key)


def test_a_key_of_a_file_is_used_beside_an_agent_that_lacks_it(
    with_agent: Path, person: Signer
) -> None:
    assert is_good(ssh.sign(MESSAGE, person.private), person.key)


def test_keys_that_do_not_count_are_not_listed(with_agent: Path, tmp_path: Path) -> None:
    add(with_agent, signing.signer(tmp_path, "rsa", "1024").private)
    assert ssh.agent_keys() == ()


def test_an_agent_may_refuse(with_agent: Path, person: Signer) -> None:
    """The key is to be confirmed each time, and nobody is there to do it."""
    add(with_agent, "-c", person.private)
    assert ssh.agent_keys() == (person.key,)
    for key in (person.key, f"{person.key} ada", person.public, person.private):
        assert refused(key) == "ssh-agent-refused"


def test_a_key_that_the_agent_lacks_is_missed(
    with_agent: Path, person: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(person.key) == "not-in-ssh-agent"
    for text in ("", "anything else", "\ud800", f"{person.key}\n{person.key}"):
        assert refused(text) == "not-in-ssh-agent"
    monkeypatch.delenv("SSH_AUTH_SOCK")
    assert refused(person.key) == "not-in-ssh-agent"


def test_an_agent_that_is_gone_is_none(
    person: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "gone"))
    assert ssh.agent_keys() == ()
    assert is_good(ssh.sign(MESSAGE, person.private), person.key)


def test_an_agent_that_is_silent_is_an_error(
    person: Signer, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path_factory.mktemp("mute") / "s"
    monkeypatch.setattr(ssh, "_SECONDS", 0.5)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()
        monkeypatch.setenv("SSH_AUTH_SOCK", str(place))
        assert refused(person.private) == "silent-ssh-agent"


def test_no_key_and_no_such_file_are_told_apart(person: Signer, tmp_path: Path) -> None:
    for name in ("missing", "~nobody-of-this-name/key", "~", "a\0b", "\ud800"):
        assert refused(tmp_path / name) == refused(Path(name)) == "no-ssh-key"
    assert refused(tmp_path) == "no-ssh-key"
    rubbish = tmp_path / "rubbish"
    for content in (b"", b"rubbish\n", b"\xff\0" * 1000, b"ssh-ed25519 AAAA\n"):
        rubbish.write_bytes(content)
        assert refused(rubbish) == "unusable-ssh-key"
    person.private.unlink()
    assert refused(person.public) == "unusable-ssh-key"


def test_a_damaged_key_is_unusable(person: Signer) -> None:
    text = person.private.read_text()
    person.private.write_text(text[: len(text) // 2])
    assert refused(person.private) == "unusable-ssh-key"


def test_a_public_key_that_belongs_to_another_is_noticed(person: Signer, guarded: Signer) -> None:
    shutil.copy(guarded.public, person.public)
    assert refused(person.private) == "unusable-ssh-key"


def test_the_public_key_of_a_file(person: Signer, tmp_path: Path) -> None:
    assert ssh.public_key(person.public) == person.key
    assert ssh.public_key(person.private) == person.key
    assert ssh.public_key(Path("~/ed25519.pub")) == person.key


def test_what_is_no_public_key_is_said_to_be_none(person: Signer, tmp_path: Path) -> None:
    def error(path: Path) -> str:
        with pytest.raises(QmsError) as raised:
            ssh.public_key(path)
        return raised.value.key

    (tmp_path / "rubbish").write_text("rubbish")
    (tmp_path / "two").write_text(f"{person.key}\n{person.key}\n")
    for name in ("rubbish", "two"):
        assert error(tmp_path / name) == "unfit-ssh-key"
    assert error(signing.signer(tmp_path, "rsa", "1024").public) == "unfit-ssh-key"
    signing.ssh_keygen("-q", "-s", person.private, "-I", "ada", "-n", "ada", person.public)
    assert error(tmp_path / "ed25519-cert.pub") == "unfit-ssh-key"
    assert error(tmp_path / "missing") == "no-ssh-key"
    person.public.unlink()
    assert error(person.private) == "no-ssh-key"


def test_without_openssh_that_is_said(
    person: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("", str(tmp_path / "empty"), "relative/folder"):
        monkeypatch.setenv("PATH", path)
        assert refused(person.private) == "no-openssh"


def test_no_program_of_the_repository_is_run(
    with_agent: Path,
    person: Signer,
    guarded: Signer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repository = tmp_path / "repository"
    for place in (repository, repository / "bin"):
        place.mkdir()
        for name in ("ssh-keygen", "ssh-add", "askpass"):
            program(place / name, f"touch '{tmp_path / 'the trap has run'}'; exit 1")
    add(with_agent, guarded.private, answer=f"echo '{PASSPHRASE}'")
    asking = signing.signer(tmp_path, "ecdsa", passphrase=PASSPHRASE)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", "bin", "./bin", os.environ["PATH"])))
    monkeypatch.setenv("SSH_ASKPASS", "./askpass")
    assert is_good(ssh.sign(MESSAGE, person.private), person.key)
    assert is_good(ssh.sign(MESSAGE, guarded.key), guarded.key)
    assert refused(asking.private) == "unusable-ssh-key"
    assert not (tmp_path / "the trap has run").exists()


def test_the_program_sees_what_it_needs_of_the_environment(
    person: Signer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    seen = tmp_path / "seen"
    program(tmp_path / "bin" / "ssh-keygen", f"env > '{seen}'; echo noise; exit 1")
    monkeypatch.setenv("PATH", os.pathsep.join((str(tmp_path / "bin"), os.environ["PATH"])))
    for name in ("LD_PRELOAD", "GIT_DIR", "TOKEN", "PYTHONPATH", "DISPLAY", "SSH_AUTH_SOCK"):
        monkeypatch.setenv(name, "x")
    assert refused(person.private) == "unusable-ssh-key"
    assert capfd.readouterr().out == ""
    names = {line.partition("=")[0] for line in seen.read_text().splitlines()}
    shell = {"PWD", "OLDPWD", "SHLVL", "_"}
    expected = {"HOME", "PATH", "LC_ALL", "DISPLAY", "SSH_AUTH_SOCK"}
    assert names - shell == expected | {"SSH_ASKPASS", "SSH_ASKPASS_REQUIRE"}


def test_a_program_that_says_it_has_signed_but_has_not_is_not_believed(
    person: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin" / "ssh-keygen", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert refused(person.private) == "unusable-ssh-key"
