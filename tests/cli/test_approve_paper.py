"""`qms approve --paper`: a sheet signed by hand counts when two others vouch for the same scan."""

import hashlib
import io
import os
from dataclasses import replace
from pathlib import Path

import click
import pikepdf
import pytest

from qms_docs.edges import pades
from qms_docs.edges.git import Repository
from qms_docs.show import proof
from qms_docs.text import codes, papersheet
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Grade, Meaning, Statement
from qms_docs.work import history
from tests.acting import Life
from tests.attacks.stage import CONTROLLER, DOCUMENT, DRAFTER, MANAGER, QUALITY
from tests.edges.signers import NOW, PASSPHRASE, owner


@pytest.fixture
def scan(life: Life) -> Path:
    """Return the scan of a sheet; the text is prepared and reviewed."""
    for who, meaning in ((DRAFTER, "prepared"), (DRAFTER, "translated"), (QUALITY, "reviewed")):
        life.ask(who, "approve", DOCUMENT, "--meaning", meaning, "--yes")
    life.stage.commit("Said")
    file = life.repo.home / "sheet.pdf"
    file.write_bytes(b"%PDF a signature by hand")
    return file


def code(life: Life, meaning: str = "approved", *ids: str) -> str:
    """Return the code of the sheet for the newest committed texts."""
    acts = (life.stage.act(Meaning(meaning), each) for each in ids or (DOCUMENT,))
    return papersheet.of(life.stage.genesis, acts).code


def register(life: Life, who: str, scan: Path, *options: str) -> str:
    sheet = ("--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01", "--code", code(life))
    answer = life.ask(who, "approve", DOCUMENT, *sheet, "--yes", *options)
    assert answer.code == 0
    life.stage.commit("Registered", who=who)
    return answer.out


def refused(life: Life, who: str, scan: Path, by: str = MANAGER, role: str = "CSC-RS-01") -> str:
    sheet = ("--paper", str(scan), "--by", by, "--by-role", role, "--code", code(life))
    with pytest.raises(QmsError) as raised:
        life.ask(who, "approve", DOCUMENT, *sheet, "--yes")
    assert life.status() == []
    return raised.value.values.get("reason", raised.value.key)


def test_a_sheet_counts_when_two_people_have_registered_it(life: Life, scan: Path) -> None:
    out = register(life, QUALITY, scan)
    assert "It counts when a second person has registered the same scan." in out
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 1
    register(life, CONTROLLER, scan, "--comment", "In other words")
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0
    life.stage.commit("Released")
    assert life.stage.found() == []
    issue = life.stage.ledger().issues[DOCUMENT][0]
    (approval,) = (each for each in issue.approvals if each.meaning is Meaning.APPROVED)
    assert (approval.grade, approval.role) == (Grade.PAPER, "CSC-RS-01")
    assert approval.person == {"": "Demo Manager"}


def test_the_grade_is_shown(life: Life, scan: Path) -> None:
    register(life, QUALITY, scan)
    register(life, CONTROLLER, scan)
    life.ask(CONTROLLER, "release", DOCUMENT)
    life.stage.commit("Released")
    assert "on paper" in life.repo.ask("show", DOCUMENT).out


def test_another_scan_is_another_sheet(life: Life, scan: Path) -> None:
    register(life, QUALITY, scan)
    scan.write_bytes(b"%PDF another")
    register(life, CONTROLLER, scan)
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 1


def test_one_person_does_not_register_twice(life: Life, scan: Path) -> None:
    register(life, QUALITY, scan)
    assert refused(life, QUALITY, scan) == "one-registrar"


def test_nobody_registers_their_own_sheet(life: Life, scan: Path) -> None:
    assert refused(life, MANAGER, scan) == "own-sheet"


def test_the_sheet_is_judged_like_a_signature(life: Life, scan: Path) -> None:
    assert refused(life, QUALITY, scan, by="nobody") == "sheet-role"
    assert refused(life, QUALITY, scan, by=CONTROLLER) == "sheet-role"
    assert refused(life, QUALITY, scan, by=DRAFTER, role="CSC-RS-04") == "preparer"
    assert refused(life, QUALITY, scan, by=CONTROLLER, role="CSC-RS-03") == "not-needed"


def test_data_is_never_approved_on_paper(life: Life, scan: Path) -> None:
    sheet = ("--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01")
    life.repo.ask("revise", "authority", "--summary", "x")
    life.stage.commit("Next")
    sheet += ("--code", code(life, "approved", "authority"))
    with pytest.raises(QmsError) as raised:
        life.ask(QUALITY, "approve", "authority", *sheet, "--yes")
    assert raised.value.values["reason"] == "grade"


@pytest.mark.parametrize("missing", ["--paper", "--by", "--by-role", "--code"])
def test_what_is_missing_is_named(life: Life, scan: Path, missing: str) -> None:
    sheet = ["--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01", "--code", "x"]
    at = sheet.index(missing)
    del sheet[at : at + 2]
    with pytest.raises(QmsError) as raised:
        life.ask(QUALITY, "approve", DOCUMENT, *sheet, "--yes")
    assert raised.value.values["option"] == missing


def test_a_scan_that_is_no_file_is_an_error(life: Life, scan: Path, tmp_path: Path) -> None:
    assert refused(life, QUALITY, tmp_path / "nothing") == "unreadable-file"
    os.mkfifo(tmp_path / "pipe")
    assert refused(life, QUALITY, tmp_path / "pipe") == "unreadable-file"
    assert refused(life, QUALITY, Path("/dev/zero")) == "unreadable-file"


# --- which sheet it is ----------------------------------------------------------------------------


def tried(life: Life, scan: Path, typed: str, *ids: str) -> str:
    """Return why a sheet cannot be registered by what was typed from it."""
    sheet = ("--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01", "--code", typed)
    with pytest.raises(QmsError) as raised:
        life.ask(QUALITY, "approve", *(ids or (DOCUMENT,)), *sheet, "--yes")
    assert life.status() == []
    return raised.value.key


def other_document(life: Life, name: str = "CSC-QP-02") -> str:
    for end in (".md", ".zh-CN.md"):
        text = life.stage.read(f"procedures/{DOCUMENT}{end}").replace(DOCUMENT, name)
        life.stage.write({f"procedures/{name}{end}": text})
    life.stage.commit("Another")
    life.stage.prepared(name)
    life.stage.say(QUALITY, "reviewed", name)
    life.stage.commit("Reviewed")
    return name


def made_pdf(carried: bytes | None) -> bytes:
    """Return a PDF that carries the file of a sheet, as an office system leaves it."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if carried is not None:
            name = papersheet.NAME
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, carried, filename=name)
        pdf.save(out)
    return out.getvalue()


def said(life: Life, *ids: str, manual: str = "") -> papersheet.PaperSheet:
    acts = (life.stage.act(Meaning.APPROVED, each) for each in ids or (DOCUMENT,))
    return papersheet.of(manual or life.stage.genesis, acts)


def test_the_record_holds_the_digest_of_the_sheet(life: Life, scan: Path) -> None:
    register(life, QUALITY, scan)
    statements = (each.body for each in life.stage.ledger().records.values())
    (paper,) = (each.paper for each in statements if isinstance(each, Statement) and each.paper)
    digest = hashlib.sha256(scan.read_bytes()).hexdigest()
    assert (paper.scan, paper.sheet) == (digest, said(life).digest)


def test_the_digest_from_the_qr_code_is_as_good_as_the_code(life: Life, scan: Path) -> None:
    register(life, QUALITY, scan, "--code", said(life).digest.upper())
    register(life, CONTROLLER, scan, "--code", code(life).lower().replace("-", ""))
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0


def test_a_sheet_of_the_revision_before_is_refused(life: Life, scan: Path) -> None:
    old = code(life)
    register(life, QUALITY, scan)
    register(life, CONTROLLER, scan)
    life.ask(CONTROLLER, "release", DOCUMENT)
    life.stage.commit("Released")
    life.stage.revised("within 15 days", "within 95 days")
    assert tried(life, scan, old) == "other-code"


def test_a_sheet_of_the_text_with_one_byte_less_is_refused(life: Life, scan: Path) -> None:
    old = code(life)
    life.stage.edit("procedures/CSC-QP-01.md", "within 15 days", "within 5 days")
    life.stage.commit("One byte")
    assert tried(life, scan, old) == "other-code"


def test_a_sheet_is_for_all_its_documents_and_no_others(life: Life, scan: Path) -> None:
    other = other_document(life)
    assert tried(life, scan, said(life).code, DOCUMENT, other) == "other-code"
    assert tried(life, scan, said(life, DOCUMENT, other).code) == "other-code"
    assert tried(life, scan, said(life, other).code) == "other-code"
    both = ("--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01", "--code")
    for who in (QUALITY, CONTROLLER):
        answer = life.ask(
            who, "approve", other, DOCUMENT, *both, said(life, other, DOCUMENT).code, "--yes"
        )
        assert answer.code == 0
        life.stage.commit("Registered", who=who)
    assert life.ask(CONTROLLER, "release", DOCUMENT, other).code == 0


def test_a_sheet_of_another_manual_is_refused(life: Life, scan: Path) -> None:
    other = said(life, manual="7" * 64)
    assert tried(life, scan, other.code) == "other-code"
    scan.write_bytes(made_pdf(papersheet.write(other)))
    assert tried(life, scan, code(life)) == "foreign-sheet"


def test_what_is_mistyped_is_told_from_what_is_another_sheet(life: Life, scan: Path) -> None:
    right = code(life)
    assert tried(life, scan, right[:-1] + ("0" if right[-1] != "0" else "1")) == "no-sheet-code"
    assert tried(life, scan, right[:14]) == "no-sheet-code"
    assert tried(life, scan, codes.of_content(life.stage.subject().content)) == "no-sheet-code"
    assert tried(life, scan, "") == "no-sheet-code"


def test_the_sheet_inside_a_pdf_is_compared(life: Life, scan: Path) -> None:
    right = papersheet.write(said(life))
    other = other_document(life)
    scan.write_bytes(made_pdf(papersheet.write(said(life, other))))
    assert tried(life, scan, code(life)) == "other-sheet"
    for edited in (b"{}", right.replace(b'"revision":1', b'"revision":2'), right + b" "):
        scan.write_bytes(made_pdf(edited))
        assert tried(life, scan, code(life)) == "other-sheet"
    scan.write_bytes(made_pdf(right))
    register(life, QUALITY, scan)


def test_a_sheet_put_into_the_pdf_of_another_does_not_replace_its_code(
    life: Life, scan: Path, tmp_path: Path
) -> None:
    """Whoever prepared the file put the new text's sheet inside and signed it with any key."""
    old = said(life)
    life.stage.edit("procedures/CSC-QP-01.md", "within 15 days", "within 95 days")
    life.stage.commit("Another text")
    scan.write_bytes(signed(made_pdf(papersheet.write(said(life))), tmp_path))
    assert tried(life, scan, old.code) == "other-code"
    sheet = ("--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01", "--yes")
    with pytest.raises(QmsError) as raised:
        life.ask(QUALITY, "approve", DOCUMENT, *sheet)
    assert raised.value.values["option"] == "--code"


def signed(data: bytes, folder: Path) -> bytes:
    """Return a PDF with somebody's electronic signature behind it."""
    file = owner("Demo Manager").p12(folder / "key.p12")
    with pades.opened(str(file), PASSPHRASE, NOW) as hand:
        return pades.signed(data, "a.pdf", "Signature", hand, None)


def test_the_electronic_signature_is_told_to_the_registrar(
    life: Life, scan: Path, tmp_path: Path
) -> None:
    whole = signed(made_pdf(papersheet.write(said(life))), tmp_path)
    sheet = ("--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01")
    for data, told in ((whole, "PDF signed by Demo Manager"), (whole + b"\n", "BROKEN")):
        scan.write_bytes(data)
        answer = life.ask(QUALITY, "approve", DOCUMENT, *sheet, "--code", code(life), "--yes")
        assert told in answer.err
    for line in life.status():
        (life.repo.root / line.split()[-1]).unlink()


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + b"\0" * 9_999, b"\xff\xd8 a photograph", b""])
def test_what_is_no_pdf_of_ours_is_a_picture(life: Life, scan: Path, data: bytes) -> None:
    scan.write_bytes(data)
    register(life, QUALITY, scan)


def test_a_scan_of_any_size_is_registered(life: Life, scan: Path) -> None:
    with scan.open("ab") as stream:
        stream.truncate(33 * 1024 * 1024)
    register(life, QUALITY, scan)


def test_the_code_is_asked_for(life: Life, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(click, "confirm", lambda *_, **__: True)
    monkeypatch.setattr(click, "prompt", lambda text, **_: asked.append(text) or code(life))
    sheet = ("--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01")
    assert life.ask(QUALITY, "approve", DOCUMENT, *sheet).code == 0
    assert asked == ["The code on the sheet, or its digest"]


def test_the_grade_is_shown_wherever_an_approval_is(life: Life, scan: Path) -> None:
    register(life, QUALITY, scan)
    waiting = life.repo.ask("show", DOCUMENT)
    assert "Demo Manager (on paper) (CSC-RS-01): a second person has not registered" in waiting.out
    (dismissed,) = life.repo.ask("show", DOCUMENT, "--json").json["dismissed"]
    assert dismissed["grade"] == "paper"
    register(life, CONTROLLER, scan)
    life.ask(CONTROLLER, "release", DOCUMENT)
    life.stage.commit("Released")
    manual = history.then(Repository.open(life.repo.root), life.stage.now).manual
    issues = manual.released.issues[DOCUMENT]
    contents = {each.released.path: each.subject.content for each in issues}
    manual = replace(manual, contents=contents)
    for tag, words in (("en", "Demo Manager (on paper)"), ("zh-CN", "Demo Manager（纸面）")):
        document = manual.find(DOCUMENT, tag)
        assert document is not None
        told = proof.proof(document, manual)
        assert words in {line.approved_by for line in told.history}
        evidence = {line.evidence for line in told.approvals if line.roles[0][:9] == "CSC-RS-01"}
        assert evidence == {"on paper" if tag == "en" else "纸面"}
