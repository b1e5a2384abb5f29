"""The pages of the documentation and the parts of them that tests look at."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    language: str
    text: str


@dataclass(frozen=True)
class Run:
    """A command of a console block with the lines that the page shows below it."""

    command: str
    code: int
    shown: tuple[str, ...]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(text: str, language: str) -> Iterator[str]:
    return (match[3] for match in _FENCE.finditer(text) if match[2] == language)


def prose(text: str) -> str:
    """Return a page without its fenced blocks and code spans."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))


def runs(page: Path) -> list[Run]:
    """Return the commands to run: in console blocks, lines that start with `$ `, in order.

    `# exit 1` at the end of a command names the exit code it must have; without it, 0.
    """
    found: list[Run] = []
    for block in blocks(page.read_text("utf-8"), "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                code = re.search(r"  # exit (\d)$", line)
                found.append(Run(line[2:], int(code[1]) if code else 0, ()))
            else:
                last = found[-1]
                found[-1] = Run(last.command, last.code, (*last.shown, line))
    return found


def table_column(text: str, heading: str, number: int = 0) -> list[str]:
    """Return a column of the first table below a heading, without the table's own heading."""
    below = text.split(f"\n{heading}\n", 1)[1]
    rows = [line for line in below.split("\n## ")[0].splitlines() if line.startswith("|")]
    return [row.strip("|").split("|")[number].strip() for row in rows[2:]]


def fresh_clone(folder: Path) -> Path:
    """Return a clone of the repository that holds what would be committed now."""
    clone = folder / "clone"
    git("clone", "--quiet", str(ROOT), str(clone), cwd=folder)
    git("rm", "--quiet", "-r", ".", cwd=clone)
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for file in filter(None, listed.split("\0")):
        if (ROOT / file).is_file():
            (clone / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, clone / file, follow_symlinks=False)
    git("add", "--all", cwd=clone)
    who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.com")
    git(*who, "commit", "--quiet", "--allow-empty", "-m", "As in the work tree", cwd=clone)
    return clone


def git(*arguments: str, cwd: Path) -> str:
    # Inside a hook, Git's variables point to another repository.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "-c", "commit.gpgsign=false", *arguments]
    done = subprocess.run(command, cwd=cwd, env=clean, check=True, capture_output=True, text=True)
    return done.stdout
