"""The audit against what is known from elsewhere: the beginning, and what was published."""

import json
from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Nonconformity
from qms_docs.work import auditing
from tests.attacks.stage import CONTROLLER, MANAGER, Stage, begun
from tests.conftest import git


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    (tmp_path / "stage").mkdir()
    return begun(tmp_path / "stage")


def found(stage: Stage, *, trust: str | None = None, anchors: tuple[Path, ...] = ()) -> list[str]:
    report = auditing.audit(Repository.bare(stage.root), "HEAD", trust, anchors, stage.now)
    return [f"{each.code} {each.case}".rstrip() for each in report.findings]


@pytest.mark.parametrize(
    ("cut", "case"),
    [(64, []), (12, []), (11, ["QMS910 trust"]), (0, ["QMS910 trust"])],
    ids=["whole", "12 digits", "too short to tell", "empty"],
)
def test_the_beginning_is_known_by_twelve_digits_or_more(
    stage: Stage, cut: int, case: list[str]
) -> None:
    assert found(stage, trust=stage.genesis[:cut]) == case
    assert found(stage, trust=stage.genesis[:cut].upper()) == case


def test_another_beginning_is_found(stage: Stage) -> None:
    assert found(stage, trust="7" * 64) == ["QMS910 trust"]


def test_main_may_grow_beyond_what_was_published(stage: Stage) -> None:
    stage.issued()
    stage.publish()
    stage.commit("A draft")
    assert found(stage, anchors=(stage.manifest,)) == []


def test_what_was_published_and_is_gone_is_found(stage: Stage) -> None:
    stage.issued()
    stage.publish()
    stage.git("reset", "--quiet", "--hard", "HEAD~1")
    assert found(stage, anchors=(stage.manifest,)) == ["QMS910 anchor", "QMS910 record"]


def test_a_manifest_of_another_manual_is_found(stage: Stage) -> None:
    stage.publish()
    facts = json.loads(stage.manifest.read_text())
    stage.manifest.write_text(json.dumps({**facts, "genesis": "7" * 64}))
    assert found(stage, anchors=(stage.manifest,)) == ["QMS910 trust"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'"x"',
        b"[" * 100_000,
        b'{"genesis": "", "tip": "", "releases": 1}',
    ],
    ids=["empty", "bytes", "list", "nothing", "text", "deep", "no list"],
)
def test_what_is_no_manifest_is_an_error(stage: Stage, data: bytes) -> None:
    stage.manifest.write_bytes(data)
    with pytest.raises(QmsError) as raised:
        found(stage, anchors=(stage.manifest,))
    assert raised.value.key == "no-anchor"


def test_a_bare_repository_is_audited_like_another(stage: Stage) -> None:
    stage.issued()
    stage.serve()
    report = auditing.audit(Repository.bare(stage.server), "main", stage.genesis, [], stage.now)
    assert report.findings == ()
    assert report.documents == 2
    assert report.source == git(stage.server, "rev-parse", "HEAD").strip()


def test_a_date_to_come_is_found_until_two_people_have_dealt_with_it(stage: Stage) -> None:
    now, commit = stage.now, stage.commit("With a wrong clock")
    stage.now = now
    assert found(stage) == ["QMS911"]
    for who in (CONTROLLER, MANAGER):
        body = Nonconformity(commit, "QMS911", "A wrong clock", "It was set")
        stage.put(*stage.record(who, body))
    stage.commit("Closed")
    stage.now = now
    assert found(stage) == []
