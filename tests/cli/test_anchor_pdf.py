"""A published PDF is an anchor: what it says of its release must still be on main."""

import json
from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from qms_docs.text import facts
from qms_docs.words.errors import QmsError
from qms_docs.work import auditing
from tests import pdfs
from tests.acting import Life
from tests.attacks.stage import Stage
from tests.edges.test_pdffiles import made
from tools.pdf_conformance import PROMISED, validate_all

NAMES = ("CSC-QP-01.en.pdf", "CSC-QP-01.zh-CN.pdf")


def found(stage: Stage, anchor: Path) -> list[str]:
    repository = Repository.bare(stage.root)
    report = auditing.audit(repository, "HEAD", None, (anchor,), stage.now)
    return [f"{each.code} {each.case}".rstrip() for each in report.findings]


def anchored(stage: Stage, **changes: object) -> Path:
    """Return a PDF that says of its release what the newest one says, but for some changes."""
    issue = stage.ledger().issues["CSC-QP-01"][0]
    fields = json.loads(facts.write(facts.of(issue, stage.genesis))) | changes
    file = stage.root.with_name("anchor.pdf")
    file.write_bytes(made(facts.records.canonical(fields) + b"\n"))
    return file


def test_a_published_pdf_is_an_anchor_and_stays_what_it_was(life: Life) -> None:
    stage = life.stage
    stage.issued()
    outs = [stage.root.with_name(name) for name in ("one", "two")]
    for out in outs:
        assert life.repo.ask("publish", "--output", str(out)).code == 0
    outs = [out / "current" for out in outs]
    for name in NAMES:
        data = (outs[0] / name).read_bytes()
        assert data == (outs[1] / name).read_bytes()
        inside, relationship = pdfs.attachments(data)[facts.NAME]
        told = facts.read(inside)
        assert told is not None
        assert (f"{told.id}.{told.language}.pdf", told.revision) == (name, 1)
        assert relationship == "/Data"
    files = [outs[0] / name for name in NAMES]
    assert all(verdict.conforms for verdict in validate_all(files, PROMISED))
    anchors = [word for file in files for word in ("--anchor", str(file))]
    stage.commit("A draft")
    assert life.repo.ask("audit", *anchors).code == 0
    stage.git("reset", "--quiet", "--hard", "HEAD~2")
    answer = life.repo.ask("audit", "--anchor", str(files[0]))
    assert answer.code == 1
    assert answer.out.count("QMS910") == 2


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({}, []),
        ({"genesis": "7" * 64}, ["QMS910 trust"]),
        ({"commit": "7" * 40}, ["QMS910 anchor"]),
        ({"release": "7" * 64}, ["QMS910 record"]),
        ({"content_digest": "7" * 64}, ["QMS910 shown"]),
        ({"revision": 2}, ["QMS910 shown"]),
        ({"id": "CSC-QM-01"}, ["QMS910 shown"]),
        ({"language": "de"}, ["QMS910 shown"]),
    ],
    ids=str,
)
def test_each_fact_is_asked_for(
    life: Life, changes: dict[str, object], findings: list[str]
) -> None:
    life.stage.issued()
    assert found(life.stage, anchored(life.stage, **changes)) == findings


@pytest.mark.parametrize("data", [made(None), made(b"{}\n"), made(b"hello")], ids=range(3))
def test_a_pdf_without_facts_is_an_error(life: Life, data: bytes) -> None:
    file = life.stage.root.with_name("other.pdf")
    file.write_bytes(data)
    with pytest.raises(QmsError) as raised:
        found(life.stage, file)
    assert raised.value.key == "no-facts"


def test_a_damaged_pdf_ends_in_one_sentence(life: Life) -> None:
    file = life.stage.root.with_name("damaged.pdf")
    file.write_bytes(made()[:200])
    with pytest.raises(QmsError) as raised:
        life.repo.ask("audit", "--anchor", str(file))
    assert raised.value.key == "pdf-damaged"
