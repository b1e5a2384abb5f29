"""What the demonstration is played with: a scratch repository, `qms` and `git`, told in words."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tools.demo.people import Person

ROOT = Path(__file__).resolve().parents[2]
_START = "from qms_docs.__main__ import run; run()"


class DemoError(Exception):
    """A step did not end as it must."""


@dataclass
class Theatre:
    """The scratch repository and the day on which it is."""

    folder: Path
    now: datetime
    shelf: Path
    """Where is published."""
    quiet: bool = False
    told: list[tuple[datetime, dict[str, str]]] = field(default_factory=list)
    """What the register said at each instant: identification and language → status."""

    @property
    def manual(self) -> Path:
        """The repository."""
        return self.folder / "manual"

    @property
    def keys(self) -> Path:
        """Where the keys lie."""
        return self.folder / "keys"

    @property
    def held(self) -> Path:
        """Where staff keep what they have saved or been given."""
        return self.folder / "held"

    def say(self, text: str) -> None:
        """Tell what happens."""
        if not self.quiet:
            print(f"\n{self.now:%Y-%m-%d}  {text}", flush=True)

    def tell(self, text: str) -> None:
        """Show what a command has answered, or what is there now."""
        if not self.quiet:
            print("".join(f"      {line}\n" for line in text.splitlines()), end="", flush=True)

    def later(self, days: float = 0) -> None:
        """Let time go by: some days, or else an hour."""
        self.now += timedelta(days=days) if days else timedelta(hours=1)

    def git(self, *arguments: str, who: Person | None = None) -> str:
        """Run git, as a person, on the day on which it is."""
        name, email = (who.name["en"], who.email) if who else ("Demo", "demo@example.com")
        date = self.now.isoformat()
        identity = {"NAME": name, "EMAIL": email, "DATE": date}
        variables = {
            f"GIT_{side}_{key}": value
            for side in ("AUTHOR", "COMMITTER")
            for key, value in identity.items()
        }
        return self._run(["git", *arguments], variables, {0}).stdout

    def qms(
        self,
        *arguments: str,
        who: Person | None = None,
        expected: Iterable[int] = (0,),
        shown: bool = False,
    ) -> str:
        """Run qms, with a person's key if one signs; raises DemoError for another exit code.

        What it answers is told if that is `shown`, or news.
        """
        key = ("--key", str(self.keys / who.key)) if who else ()
        words = " ".join(("qms", *(f"'{word}'" if " " in word else word for word in arguments)))
        if not self.quiet:
            hand = f"   ({who.name['en']})" if who else ""
            print(f"    $ {words}{hand}", flush=True)
        command = [sys.executable, "-P", "-c", _START, *arguments, *key]
        done = self._run(command, {}, set(expected))
        if done.returncode or shown:
            self.tell(done.stdout + (done.stderr if done.returncode else ""))
        return done.stdout

    def data(self, *arguments: str, expected: Iterable[int] = (0,)) -> Any:
        """Return what qms prints as JSON."""
        command = [sys.executable, "-P", "-c", _START, *arguments, "--json"]
        done = self._run(command, {}, set(expected))
        return json.loads(done.stdout)

    def land(self, message: str, who: Person) -> None:
        """Bring the work tree to main, an hour later."""
        self.later()
        self.git("add", "--all")
        self.git("commit", "--quiet", f"--message={message}", who=who)

    def edit(self, path: str, old: str, new: str) -> None:
        """Change a text; raises DemoError if it is not there."""
        file = self.manual / path
        text = file.read_text("utf-8")
        if old not in text:
            raise DemoError(f"{path} does not contain: {old}")
        file.write_text(text.replace(old, new, 1), "utf-8")

    def _run(
        self, command: list[str], variables: dict[str, str], expected: set[int]
    ) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        ours = {"PYTHONPATH": str(ROOT), "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C.UTF-8"}
        environment = {**kept, **ours, **variables}
        done = subprocess.run(
            command, cwd=self.manual, env=environment, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if done.returncode not in expected:
            raise DemoError(f"{' '.join(command[-6:])}\n{done.stdout}{done.stderr}")
        return done
