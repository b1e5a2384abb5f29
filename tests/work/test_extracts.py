"""Extracts: made from what is in force, once, and known to `qms verify` as what they are."""

from datetime import timedelta
from pathlib import Path

import pytest

from qms_docs.edges import pdffiles
from qms_docs.edges.git import Repository
from qms_docs.edges.workers import WorkerPool
from qms_docs.judge.verdicts import Verdict
from qms_docs.text import extracts as origins
from qms_docs.words.extracts import CARDS
from qms_docs.words.publication import PublishedExtract
from qms_docs.work import history, publish, verifying
from qms_docs.work.publish import Publication
from qms_docs.work.rebuilding import Rebuild, Rebuilder
from qms_docs.work.standing import Standing
from tests.attacks.stage import DOCUMENT, MANAGER, PATH, Meaning, Stage, begun

ROLE, MANUAL = "CSC-RS-02", "CSC-QM-01"
EXTRACTS = """extracts: [role-cards, process-map, roles]
processes:
  - {name: {en: Service, zh-CN: 服务}, documents: [CSC-QP-01]}
registers:
"""
STEPS = """| Step | Role | Action | Record | Time limit |
|---|---|---|---|---|
| 1 | [Quality Manager](../manual/roles/CSC-RS-02.md) | Answers. | CSC-FM-01-01 | 15 days |
"""


def _with_extracts(stage: Stage) -> None:
    policy = "manual/policy.yaml"
    stage.edit(policy, "registers:\n", EXTRACTS)
    text = stage.read(PATH)
    start = text.index("| Step | Role | Record |")
    stage.write({PATH: text[:start] + STEPS + text[text.index("\n### Time limits") :]})


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    (tmp_path / "repo").mkdir()
    stage = begun(tmp_path / "repo", _with_extracts)
    stage.issued(DOCUMENT, ROLE, MANUAL)
    return stage


def _published(stage: Stage, shelf: str = "public", **options: timedelta) -> Publication:
    return publish.publish(
        Repository.open(stage.root),
        stage.root.parent / shelf,
        stage.now + options.get("later", timedelta()),
        lambda: WorkerPool(2, 60),
        lambda *_: None,
    )


def _card(made: Publication, language: str = "en") -> PublishedExtract:
    assert made.edition is not None
    assert made.findings == ()
    found = made.edition.manifest.extracts
    (card,) = (each for each in found if each.kind == CARDS and each.language == language)
    return card


def _read(made: Publication, card: PublishedExtract) -> bytes:
    assert made.edition is not None
    return (made.edition.folder / card.file.name).read_bytes()


def _verdict(asked: str, made: Publication, stage: Stage) -> Verdict:
    assert made.edition is not None
    return verifying.verify(asked, made.edition.manifest, stage.now).answer.verdict


def test_the_life_of_a_card(stage: Stage, tmp_path: Path) -> None:
    first = _published(stage)
    card = _card(first)
    assert (card.kind, card.id, card.title, card.pages) == (
        "role-cards", ROLE, "Quality Manager", 1,
    )  # fmt: skip
    assert card.begin == stage.now
    held = tmp_path / "card.pdf"
    held.write_bytes(_read(first, card))
    for asked in (str(held), card.code, card.content, card.file.sha256):
        assert _verdict(asked, first, stage) is Verdict.CURRENT
    told = origins.read(pdffiles.attached(held.read_bytes(), origins.NAME, held))
    assert told is not None
    assert origins.digest(told) == card.content
    assert {text.id for text in told.texts} == {DOCUMENT, ROLE, MANUAL}

    stage.edit(PATH, "15 days |", "10 days |")
    stage.commit("A draft")  # of which readers learn nothing
    second = _published(stage, later=timedelta(days=1))
    assert second.plan.drawn == ()
    assert _card(second) == card
    assert first.edition is not None
    pages = [first.edition.folder / name for name in ("roles.html", "process-map.zh-CN.html")]
    rows = pages[0].read_text("utf-8").split("<tbody>")[1]
    assert f'<th scope="row"><a href="{DOCUMENT}.en.pdf">{DOCUMENT}</a></th>' in rows
    assert "服务</text>" in pages[1].read_text("utf-8")
    index = (first.edition.folder / "index.html").read_text("utf-8")
    for address in ("roles.html", "process-map.html", card.file.name, "extracts/roles.en.pdf"):
        assert f'href="{address}"' in index

    stage.git("checkout", "--quiet", "HEAD~1", "--", PATH)
    stage.commit("Back")
    stage.revised("15 days |", "10 days |")
    stage.issued(DOCUMENT)
    third = _published(stage)
    newer = _card(third)
    assert (newer.begin, newer.content == card.content) == (stage.now, False)
    for asked in (str(held), card.code, card.content, card.file.sha256):
        assert _verdict(asked, third, stage) is Verdict.OUTDATED

    assert third.edition is not None
    rebuilder = Rebuilder(
        Repository.open(stage.root),
        third.edition.manifest,
        lambda: WorkerPool(2, 60),
        lambda *_: None,
    )
    asked = {"now": newer.file.sha256, "before": card.file.sha256, "other": "0" * 64}
    outcomes = rebuilder.compare_extracts({name: (newer, sha) for name, sha in asked.items()})
    assert outcomes == {
        "now": Rebuild.SAME, "before": Rebuild.OLDER, "other": Rebuild.DIFFERENT,
    }  # fmt: skip

    elsewhere = _published(stage, "elsewhere")  # a shelf that knows nothing of the ones before
    assert _read(elsewhere, _card(elsewhere)) == _read(third, newer)
    assert _verdict(str(held), elsewhere, stage) is Verdict.OUTDATED  # it says what it is itself
    held.write_bytes(_read(third, newer) + b"\n")
    assert _verdict(str(held), third, stage) is Verdict.ALTERED


def test_a_card_is_made_of_the_texts_in_force_with_the_values_of_their_release(
    stage: Stage,
) -> None:
    stage.edit(PATH, "15 days |", "1 day |")
    stage.commit("A draft")
    repository = Repository.open(stage.root)
    standing = Standing(history.then(repository, stage.now, ""), repository)
    (text,) = (each for each in standing.manual.documents if each.id == DOCUMENT and each.is_master)
    assert "15 days" in text.source.body
    assert standing.named[stage.subject(MANUAL)] >= {ROLE}


def test_what_ends_changes_what_is_said(stage: Stage) -> None:
    before = _card(_published(stage))
    stage.say(MANAGER, Meaning.WITHDRAW)
    stage.commit("Withdrawn")
    after = _card(_published(stage))
    assert after.begin == stage.now > before.begin
    assert after.content != before.content
