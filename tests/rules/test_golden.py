"""Every rule against the golden cases: `tests/cases/QMSnnn-name/bad` and `…/good`.

A case changes a little of the manual in `cases/base`: its files are laid over the base, and a
line of `tree.txt` removes a file, adds one, or makes it a symbolic link, a submodule or too large.
`bad/expect.txt` lists exactly what `qms check` must find, one line each: `path:line:column rule
case`. `good` is the same thing in order: nothing may be found.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from qms_docs.edges.git import Snapshot
from qms_docs.rules import RULES
from qms_docs.text import messages
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Meaning
from qms_docs.words.findings import Report
from qms_docs.words.paths import SUBMODULE, SYMLINK
from qms_docs.work import checking
from qms_docs.work.workspace import State
from tests import released
from tests.conftest import BASE, CASES, found, sentences, snapshot_of, tree
from tests.released import Event

BY_AUDIT = "QMS9"
"""Family of the rules whose findings come from the history: see tests/attacks."""
PRINTED = ("QMS801", "QMS804", "QMS806", "QMS809")
"""Rules whose findings come from printing: see test_rendering."""
CHECKED = sorted(folder for folder in CASES.glob("QMS*") if not folder.name.startswith(PRINTED))
_MODES = {"symlink": SYMLINK, "submodule": SUBMODULE}
_EMPTY_SENTENCE = ("``", ": .", "： 。", "\uff1a\u3002", "None")


def snapshot(folder: Path) -> Snapshot:
    """Lay a case over the base."""
    laid_over = (tree(BASE), released_layer(folder), tree(folder.parent / "both"), tree(folder))
    files, modes, large = dict(item for layer in laid_over for item in layer.items()), {}, {}
    for name in ("expect.txt", "state.txt"):
        files.pop(name, None)
    for line in files.pop("tree.txt", b"").decode().splitlines():
        action, name = line.split()
        path = typed(name)
        if action == "remove":
            del files[path]
        elif action == "file":
            files[path] = b"x"
        elif action == "large":
            large[path] = "100644"
        else:
            modes[path] = _MODES[action]
    laid = snapshot_of(files, {**modes, **large})

    def read(path: str) -> bytes:
        if path in large:
            raise QmsError("file-too-large", path=path, limit="32 MiB")
        return laid.read(path)

    return replace(laid, read=read)


def typed(text: str) -> str:
    """Return what percent signs stand for: what a text file, or a file name here, cannot hold."""
    return unquote(text, errors="surrogateescape")


def expected(folder: Path) -> list[str]:
    lines = (folder / "bad" / "expect.txt").read_text("utf-8").splitlines()
    return [typed(line) for line in lines]


def check(folder: Path) -> Report:
    return checking.check(snapshot(folder), state=given(folder))


def given(folder: Path) -> State | None:
    """Return what counts as released in a case; None where it has no `state.txt`."""
    lines = [
        line.split()
        for place in (folder.parent, folder)
        if (place / "state.txt").exists()
        for line in (place / "state.txt").read_text("utf-8").splitlines()
    ]
    if not lines:
        return None
    as_of = next(words[1] for words in reversed(lines) if words[0] == "as-of")
    events = (
        Event(Meaning(words[0]), words[1], datetime.fromisoformat(words[2]), *words[3:])
        for words in lines
        if words[0] != "as-of"
    )
    files = {**tree(BASE), **released_layer(folder)}
    return released.state(files, datetime.fromisoformat(as_of), events=events)


def released_layer(folder: Path) -> dict[str, bytes]:
    """Return the files that a case has released; its other files are laid over them."""
    return tree(folder.parent / "released")


@pytest.mark.parametrize("case", CHECKED, ids=lambda case: case.name)
def test_what_is_not_in_order_is_found_at_its_place_and_nothing_else(case: Path) -> None:
    assert found(check(case / "bad")) == expected(case)


@pytest.mark.parametrize("case", CHECKED, ids=lambda case: case.name)
def test_what_is_in_order_is_left_alone(case: Path) -> None:
    assert found(check(case / "good")) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("case", CHECKED, ids=lambda case: case.name)
def test_every_finding_reads_as_a_whole_sentence(case: Path, language: str) -> None:
    for sentence in sentences(check(case / "bad"), language):
        assert not [gap for gap in _EMPTY_SENTENCE if gap in sentence], sentence


@pytest.mark.parametrize("case", sorted(CASES.glob("QMS*")), ids=lambda case: case.name)
def test_a_case_expects_the_rule_that_it_is_named_after(case: Path) -> None:
    assert case.name.split("-")[0] in {line.split()[1] for line in expected(case)}


def test_no_rule_and_no_sentence_of_a_rule_is_without_a_case() -> None:
    shown = {tuple(line.split()[1:]) for case in CASES.glob("QMS*") for line in expected(case)}
    catalogue = messages.catalogue("en")
    cases = {
        rule.code: [name for name, entry in catalogue[rule.code].items() if isinstance(entry, dict)]
        for rule in RULES
        if not rule.code.startswith(BY_AUDIT)
    }
    all_of = {(code, case) for code, names in cases.items() for case in names}
    without_cases = {(code,) for code, names in cases.items() if not names}
    assert all_of | without_cases <= shown


def test_the_base_is_in_order() -> None:
    assert found(checking.check(snapshot_of(tree(BASE)))) == []
