"""Builders shared by the tests: the small manual of `cases/base`, in memory or in Git."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from qms_docs.edges.git import Snapshot
from qms_docs.text import messages
from qms_docs.words.findings import Report
from qms_docs.words.manual import Manual
from qms_docs.work import workspace

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"
"""A quality manual, a procedure in two languages, two role sheets, a form, an external document
and an image: everything in order."""

Files = Mapping[str, str | bytes]
"""Path → text of a file."""

# The same examples on every machine and every day.
settings.register_profile("qms", derandomize=True, max_examples=60, deadline=None, database=None)
settings.load_profile("qms")

TYPED = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)
"""Every character that a person can type into a field of the front matter."""


@pytest.fixture(autouse=True, scope="session")
def _hypothesis_writes_nothing_here(tmp_path_factory: pytest.TempPathFactory) -> None:
    set_hypothesis_home_dir(tmp_path_factory.mktemp("hypothesis"))


@pytest.fixture(autouse=True, scope="session")
def _no_setting_of_the_environment() -> None:
    """What whoever runs the tests has set for `qms` (QMS_AS_OF) is not what the tests ask."""
    for name in [name for name in os.environ if name.startswith("QMS_")]:
        del os.environ[name]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder: path relative to it → bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def snapshot_of(files: Files, modes: Mapping[str, str] | None = None) -> Snapshot:
    """Return files as if read from Git; `modes` names those that are no regular files."""
    data = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    return Snapshot(
        origin="work tree",
        modes={**dict.fromkeys(data, "100644"), **(modes or {})},
        read=data.__getitem__,
    )


def load(files: Files) -> Manual:
    """Load a manual from memory."""
    return workspace.load(snapshot_of(files))


def write(folder: Path, files: Files) -> Path:
    """Write files below a folder and return it."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def git(folder: Path, *arguments: str, **variables: str) -> str:
    """Run Git in a folder, independent of the settings of the person who runs the tests."""
    identity = ("-c", "user.name=Tester", "-c", "user.email=tester@example.com")
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, "-c", "commit.gpgsign=false", *arguments],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", **variables},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def manual_at(folder: Path, overrides: Files | None = None) -> Path:
    """Write the small manual into a new Git repository, committed, and return its root."""
    write(folder, {**tree(BASE), **(overrides or {})})
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=First issue")
    return folder


def found(report: Report) -> list[str]:
    """Return findings as the golden cases write them: place, code, case."""
    return [f"{item.place} {item.code} {item.case}".rstrip() for item in report.findings]


def sentences(report: Report, language: str) -> list[str]:
    """Return what a reader gets to read of each finding: the sentence and the hint."""
    return ["\n".join(messages.of_finding(item, language)) for item in report.findings]


@pytest.fixture
def base() -> dict[str, bytes]:
    """Return the files of the small manual, to be changed at will."""
    return tree(BASE)
