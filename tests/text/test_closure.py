"""The content digest: everything that a reader is shown changes it, and nothing else does."""

import hashlib
import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text.closure import Closure, Inclusion, in_manual
from tests.conftest import BASE, load, tree

TEXT = """
![Chart of the calls](calls.svg)

Call back within {{call-back}}.

[Limits by grade](limits.csv)
"""
PARAMETERS = """parameters:
  call-back:
    title: {en: Limit for the call back}
    value: 1
    unit: {en: hour, zh-CN: 小时}
    owner: CSC-RS-02
    source: CSC-EX-01
"""
QP = "procedures/CSC-QP-01.md"
FILES: Mapping[str, bytes] = {
    **tree(BASE),
    QP: tree(BASE)[QP] + TEXT.encode(),
    "procedures/calls.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "procedures/limits.csv": b"Grade,Days\nA,30\n",
    "manual/parameters.yaml": PARAMETERS.encode(),
}


def closure(files: Mapping[str, bytes], path: str = QP) -> Closure | None:
    manual = load(files)
    document = next(document for document in manual.documents if document.path == path)
    return in_manual(document, manual, files.__getitem__)


def digest(files: Mapping[str, bytes], path: str = QP) -> str:
    found = closure(files, path)
    assert found is not None
    return found.digest


def test_it_names_everything_that_the_text_includes() -> None:
    found = closure(FILES)
    assert found is not None
    assert found.text == hashlib.sha256(FILES[QP]).hexdigest()
    assert found.inclusions == tuple(
        Inclusion(kind, name, hashlib.sha256(data).hexdigest())
        for kind, name, data in (
            ("image", "calls.svg", FILES["procedures/calls.svg"]),
            ("parameter", "call-back", "1\u00a0hour".encode()),
            ("table", "limits.csv", FILES["procedures/limits.csv"]),
        )
    )


def test_the_digest_can_be_made_again_by_anybody() -> None:
    found = closure(FILES)
    assert found is not None
    written = (
        '{"format":"qms-content-v1","inclusions":['
        + ",".join(
            f'{{"kind":"{each.kind}","name":"{each.name}","sha256":"{each.sha256}"}}'
            for each in found.inclusions
        )
        + f'],"text":"{found.text}"}}'
    )
    assert json.loads(written)["format"] == "qms-content-v1"
    assert found.digest == hashlib.sha256(written.encode()).hexdigest()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (QP, b"Call back", b"Call  back"),
        (QP, b"title:", b"title: "),
        ("procedures/calls.svg", b"svg", b"SVG"),
        ("procedures/limits.csv", b"30", b"31"),
        ("manual/parameters.yaml", b"value: 1", b"value: 2"),
        ("manual/parameters.yaml", b"en: hour", b"en: day"),
    ],
)
def test_every_change_of_what_is_shown_changes_it(path: str, old: bytes, new: bytes) -> None:
    changed = {**FILES, path: FILES[path].replace(old, new, 1)}
    assert changed != FILES
    assert digest(changed) != digest(FILES)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("manual/parameters.yaml", b"owner: CSC-RS-02", b"owner: CSC-RS-01"),
        ("manual/parameters.yaml", "小时".encode(), "时".encode()),
        ("manual/policy.yaml", b"Example", b"Another"),
    ],
)
def test_a_change_elsewhere_does_not(path: str, old: bytes, new: bytes) -> None:
    changed = {**FILES, path: FILES[path].replace(old, new, 1)}
    assert changed != FILES
    assert digest(changed) == digest(FILES)


def test_moving_a_document_with_what_it_includes_does_not() -> None:
    moved = {
        path.replace("procedures/", "procedures/old/") if path.startswith("procedures") else path: x
        for path, x in FILES.items()
    }
    assert digest(moved, "procedures/old/CSC-QP-01.md") == digest(FILES)


def test_the_same_name_for_another_file_does() -> None:
    other = {**FILES, "procedures/calls.svg": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'}
    assert digest(other) != digest(FILES)


@pytest.mark.parametrize(
    "without", ["procedures/calls.svg", "procedures/limits.csv", "manual/parameters.yaml"]
)
def test_there_is_none_while_something_is_missing(without: str) -> None:
    assert closure({path: data for path, data in FILES.items() if path != without}) is None


@given(st.binary(min_size=1), st.binary(min_size=1))
def test_only_the_same_bytes_give_the_same_digest(one: bytes, other: bytes) -> None:
    path = "procedures/limits.csv"
    made = [closure({**FILES, path: data}) for data in (one, other)]
    assert all(made)
    assert (made[0] == made[1]) == (one == other)
