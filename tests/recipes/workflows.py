"""The recipes for GitHub as values, and a runner on this machine that does what they say."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qms_docs.text import yamltext
from tests.conftest import git

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / "recipes" / "github"
WORKFLOWS = ("qms-check.yml", "qms-release.yml")
OURS = "YOUR-ORGANISATION/qms-docs/recipes/github"
_EXPRESSION = re.compile(r"\$\{\{ (.+?) \}\}")
Values = Mapping[str, Any]


def read(name: str | Path) -> Values:
    """Return a recipe as YAML 1.2 reads it, where `on` is a word; raises AssertionError."""
    yaml = yamltext.read((RECIPES / name).read_text("utf-8"), str(name), "QMS101")
    assert yaml.findings == []
    assert isinstance(yaml.value, dict)
    return yaml.value


def steps(workflow: Values) -> Iterator[tuple[str, Values]]:
    """Yield every step of a workflow with the name of its job."""
    for name, job in workflow["jobs"].items():
        for step in job["steps"]:
            yield name, step


def filled(text: str, context: Mapping[str, str]) -> str:
    """Return a text with its expressions filled in; KeyError for one that is not foreseen."""
    return _EXPRESSION.sub(lambda match: context[match[1]], text)


@dataclass
class Runner:
    """A machine that runs one job: a folder for it, and where main is fetched from."""

    folder: Path
    remote: Path
    env: Mapping[str, str]
    context: Mapping[str, str]
    output: str = ""
    """What the steps have printed."""
    kept: list[Path] = field(default_factory=list)
    """Folders that were uploaded."""

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    def run(self, job: Values) -> int:
        """Do what the steps of a job say, until one fails; return its exit code."""
        (self.folder / "temp").mkdir(parents=True)
        for step in job["steps"]:
            if "run" in step:
                code = self._shell(step)
                if code:
                    return code
            else:
                self._use(step)
        return 0

    def _use(self, step: Values) -> None:
        name, options = step["uses"].split("@")[0], step.get("with", {})
        if name == "actions/checkout":
            self._checkout(options)
        elif name == "actions/upload-artifact":
            there = Path(filled(options["path"], self.context))
            assert any(there.iterdir())
            self.kept.append(there)
        else:
            # The command qms is there already.
            assert name.partition("/")[2] == OURS.partition("/")[2]

    def _checkout(self, options: Values) -> None:
        ref = options.get("ref", self.context["github.ref"])
        git(self.folder, "init", "--quiet", "--initial-branch=main", str(self.workspace))
        git(self.workspace, "remote", "add", "origin", f"file://{self.remote}")
        depth = () if str(options.get("fetch-depth")) == "0" else ("--depth=1",)
        refs = "+refs/heads/*:refs/remotes/origin/*"
        git(self.workspace, "fetch", "--quiet", *depth, "origin", refs)
        if ref.startswith("refs/"):
            git(self.workspace, "fetch", "--quiet", *depth, "origin", ref)
            git(self.workspace, "checkout", "--quiet", "FETCH_HEAD")
        else:
            git(self.workspace, "checkout", "--quiet", "-B", ref, f"refs/remotes/origin/{ref}")

    def _shell(self, step: Values) -> int:
        """Run the shell of a step as GitHub does."""
        script = self.folder / "temp" / "step.sh"
        script.write_text(step["run"])
        own = {name: filled(text, self.context) for name, text in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env={**self.env, "RUNNER_TEMP": str(self.folder / "temp"), **own},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )
        self.output += done.stdout + done.stderr
        return done.returncode


def commands(folder: Path) -> str:
    """Return a search path on which `qms` is the code of this work tree."""
    folder.mkdir()
    shim = folder / "qms"
    start = 'import sys; sys.argv[0] = "qms"; from qms_docs.__main__ import run; run()'
    shim.write_text(f"#!/bin/sh\nexec '{sys.executable}' -P -c '{start}' \"$@\"\n")
    shim.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"
