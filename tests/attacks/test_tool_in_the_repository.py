"""A change that patches the tool that it is approved with, or makes Git run a program of its own.

The repository of the manual holds modules with the names of ours and of what we use, settings of
Python, drivers, filters and hooks. `qms` runs in it as it is installed, and none of them runs.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, QUALITY, Stage, begun
from tests.conftest import write
from tests.outer import PROJECT, Answer, environment

MODULES = (
    "qms_docs", "click", "git", "json", "re", "yaml", "subprocess", "multiprocessing",
    "cryptography", "jsonschema_rs", "markdown_it", "weasyprint", "hashlib", "encodings",
)  # fmt: skip
SITE = ("sitecustomize", "usercustomize", "conftest", "setup", "__main__")
PROGRAMS = ("git", "ssh-keygen", "dot", "python3", "sh", "env")
HOOKS = ("pre-commit", "post-index-change", "reference-transaction", "post-checkout", "fsmonitor")


class Trap:
    """A repository full of traps, and the command as a person runs it there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.trace = folder, folder / "sprung"
        (folder / "stage").mkdir()
        self.stage: Stage = begun(folder / "stage")
        self.root = self.stage.root
        (folder / "bin").mkdir()
        self.command = folder / "bin" / "qms"
        # What an installer writes for the entry point of the package.
        self.command.write_text(
            f"#!{sys.executable}\nimport sys\nfrom qms_docs.__main__ import run\n"
            "if __name__ == '__main__':\n    sys.exit(run())\n"
        )
        self.command.chmod(0o755)
        for name in (MANAGER, QUALITY, CONTROLLER, DRAFTER):
            private = self.stage.keys[name].private
            file = folder / name
            file.write_bytes(
                private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
            )
            file.chmod(0o600)
            file.with_suffix(".pub").write_text(f"{self.stage.keys[name].line} {name}\n")
        self.lay()

    def lay(self) -> None:
        python = f"open({str(self.trace)!r}, 'a').write(__file__ + chr(10))\n"
        shell = f"#!/bin/sh\necho \"$0\" >> '{self.trace}'\nexit 1\n"
        files = {f"{name}.py": python for name in (*MODULES, *SITE)}
        files |= {f"{name}/__init__.py": python for name in MODULES}
        files |= {f"qms_docs/{name}.py": python for name in ("__main__", "cli", "judge")}
        files |= {f"programs/{name}": shell for name in PROGRAMS}
        files |= {f"hooks/{name}": shell for name in HOOKS}
        files |= {
            ".gitattributes": "* filter=trap diff=trap merge=trap\n",
            ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::x\n\tupdate = !x\n',
            "pyproject.toml": "[tool.qms]\nplugins = ['trap']\n",
            "trap": shell,
        }
        write(self.root, files)
        for name in (
            "trap",
            *(f"programs/{each}" for each in PROGRAMS),
            *(f"hooks/{each}" for each in HOOKS),
        ):
            (self.root / name).chmod(0o755)
        self.stage.git("add", "--all")
        self.stage.commit("A change of the tool")
        program = str(self.root / "trap")
        for key in (
            "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass",
            "diff.external", "diff.trap.command", "diff.trap.textconv", "merge.trap.driver",
            "filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "gpg.program",
            "gpg.ssh.program", "credential.helper", "core.gitProxy", "core.alternateRefsCommand",
        ):  # fmt: skip
            self.stage.git("config", key, program)
        for name in ("log", "rev-parse", "ls-files", "ls-tree", "cat-file"):
            self.stage.git("config", f"alias.{name}", f"!{program}")
        self.stage.git("config", "core.hooksPath", str(self.root / "hooks"))
        self.stage.git("config", "log.showSignature", "true")
        self.trace.unlink(missing_ok=True)  # what Git itself has run while the traps were laid

    def qms(self, *arguments: str) -> Answer:
        variables = environment(self.folder, PYTHONPATH=str(PROJECT))
        done = subprocess.run(
            [str(self.command), *arguments],
            cwd=self.root,
            env={**variables, "PATH": f"programs:{variables['PATH']}"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(done.returncode, done.stdout, done.stderr)

    def sprung(self) -> str:
        return self.trace.read_text() if self.trace.exists() else ""


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


def test_an_approval_runs_nothing_of_the_repository(trap: Trap) -> None:
    for who, arguments in (
        (DRAFTER, ("approve", "CSC-QP-01", "--meaning", "prepared", "--yes")),
        (QUALITY, ("approve", "CSC-QP-01", "--meaning", "reviewed", "--yes")),
    ):
        answer = trap.qms(*arguments, "--key", str(trap.folder / who))
        assert answer.code == 0, answer.err
    assert len(list((trap.root / "records" / "statements").rglob("*.json"))) == 2
    assert trap.sprung() == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit",),
        ("check", "--no-cache"),
        ("check", "--staged"),
        ("check", "--commit", "HEAD"),
        ("list", "documents"),
        ("show", "CSC-QP-01"),
        ("diff", "CSC-QP-01", "--output", "../x.html"),
        ("preview", "--output", "../preview"),
        ("release", "CSC-QP-01", "--key", "../controller"),
    ],
    ids=" ".join,
)
def test_no_command_runs_anything_of_the_repository(trap: Trap, arguments: tuple[str, ...]) -> None:
    answer = trap.qms(*arguments)
    assert answer.code in (0, 1), answer.err
    assert trap.sprung() == ""


def test_the_traps_are_real(trap: Trap) -> None:
    """What runs in the folder as Python does by default is caught."""
    subprocess.run([sys.executable, "-c", "import qms_docs"], cwd=trap.root, check=False)
    assert "qms_docs" in trap.sprung()
