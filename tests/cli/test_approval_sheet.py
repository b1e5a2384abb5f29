"""`qms approve --sheet`: what people sign by hand says everything, in both languages."""

import hashlib
import io
import json
from pathlib import Path

import pikepdf
import pytest

from qms_docs.show import qr
from qms_docs.text import codes, papersheet
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Act, Meaning
from qms_docs.work import paperwork
from tests import pdfs
from tests.attacks.stage import DOCUMENT, DRAFTER, MANAGER, QUALITY, Stage, authority, begun
from tests.outer import Repo
from tools.pdf_conformance import PROMISED, validate_all

SET = tuple(f"CSC-QP-0{number}" for number in range(1, 6))
LANGUAGES = ("en", "zh-CN")
SAID = {
    "en": [
        "Approval sheet", "1 → 2", "minor", "Time limits were not stated",
        "States the time limits.", "To be reviewed by: CSC-RS-02",
        "To be approved by: CSC-RS-01", "Held by: Demo Quality", "Held by: Demo Manager",
        "☐ Reviewed ☐ Approved ☐ Sent back", "Name", "Role", "Date", "Signature",
        "Complaint handling", "Example Contact Centre",
    ],
    "zh-CN": [
        "文件审批单", "1 → 2", "一般", "未规定时限", "规定投诉答复的时限", "审核岗位：CSC-RS-02",
        "批准岗位：CSC-RS-01", "任职人员：Demo Quality", "任职人员：Demo Manager",
        "☐ 审核 ☐ 批准 ☐ 退回", "姓名", "岗位", "日期", "签署", "投诉处理程序",
        "Complaint handling", "示例联络中心",
    ],
}  # fmt: skip
"""What stands on every sheet of the manual."""
SENTENCES = {
    ("en", 1): ["I have read exactly the text with this content digest"],
    ("en", 5): ["none → 1", "I have read exactly the texts with these content digests"],
    ("zh-CN", 1): ["本人所阅正是内容摘要如上的文本"],
    ("zh-CN", 5): ["无 → 1", "本人所阅正是内容摘要如上的各份文本"],
}


def copied(stage: Stage, *ids: str) -> None:
    """Write the procedure once more under other identifications."""
    for name in ids:
        for end in (".md", ".zh-CN.md"):
            text = stage.read(f"procedures/{DOCUMENT}{end}").replace(DOCUMENT, name)
            text = text.replace("revision: 2", "revision: 1")
            stage.write({f"procedures/{name}{end}": text})


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a manual with a second revision and four new documents to be approved."""
    folder = tmp_path_factory.mktemp("sheet")
    for name in ("repo", "home"):
        (folder / name).mkdir()
    stage = begun(folder / "repo")
    stage.issued(DOCUMENT)
    stage.revised("within 15 days", "within 12 days")
    copied(stage, *SET[1:])
    stage.commit("A set")
    return Repo(stage.root.resolve(), folder / "home")


@pytest.fixture(scope="module")
def printed(repo: Repo) -> dict[tuple[str, int], Path]:
    """Return the sheets of one document and of five, in both languages."""
    found = {}
    for language in LANGUAGES:
        for ids in (SET[:1], SET):
            file = repo.home / f"{len(ids)}.{language}.pdf"
            answer = repo.ask("--lang", language, "approve", *ids, "--sheet", str(file), "--json")
            assert answer.json == {"sheet": str(file), **named(repo, *ids)}
            found[language, len(ids)] = file
    return found


def sheet(repo: Repo, *ids: str) -> papersheet.PaperSheet:
    stage = Stage(repo.root)
    genesis = hashlib.sha256((repo.root / "records/genesis.json").read_bytes()).hexdigest()
    subjects = (stage.subject(each) for each in ids)
    return papersheet.of(genesis, (Act(Meaning.APPROVED, each) for each in subjects))


def named(repo: Repo, *ids: str) -> dict[str, str]:
    made = sheet(repo, *ids)
    return {"code": made.code, "digest": made.digest}


def refusal(repo: Repo, *arguments: str) -> str:
    file = repo.home / "refused.pdf"
    with pytest.raises(QmsError) as raised:
        repo.ask("approve", *arguments, "--sheet", str(file))
    assert not file.exists()
    return str(raised.value.values.get("reason", raised.value.key))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 5])
def test_every_fact_is_in_the_text_of_the_pdf(
    repo: Repo, printed: dict[tuple[str, int], Path], language: str, count: int
) -> None:
    made = sheet(repo, *SET[:count])
    commit = repo.git("rev-parse", "HEAD").strip()
    pages = [page.replace(" ", "") for page in pdfs.pages(printed[language, count])]
    facts = [*SAID[language], *SENTENCES[language, count], made.digest, made.manual, commit]
    for each in made.texts:
        subject = each.subject
        facts += [subject.id, subject.content, codes.of_content(subject.content)]
    text = "".join(pages)
    assert [fact for fact in facts if fact.replace(" ", "") not in text] == []
    for number, page in enumerate(pages, 1):
        assert made.code in page
        assert commit[:12] in page
        total = len(pages)
        assert f"Page{number}of{total}" in page or f"第{number}页共{total}页" in page


def test_it_records_nothing_and_asks_for_no_key(
    repo: Repo, printed: dict[tuple[str, int], Path]
) -> None:
    assert printed
    assert repo.git("status", "--porcelain") == ""


def test_the_same_commit_gives_the_same_bytes(
    repo: Repo, printed: dict[tuple[str, int], Path]
) -> None:
    again = repo.home / "again.pdf"
    answer = repo.ask("approve", DOCUMENT, "--sheet", str(again))
    assert answer.out.startswith(f"{again} written; its code is {sheet(repo, DOCUMENT).code}.")
    assert again.read_bytes() == printed["en", 1].read_bytes()


def test_it_keeps_the_promises_of_our_pdfs(printed: dict[tuple[str, int], Path]) -> None:
    for verdict in validate_all(printed.values(), PROMISED):
        assert not isinstance(verdict, Exception), verdict
        assert verdict.conforms, verdict


def test_it_carries_what_it_says_inside(repo: Repo, printed: dict[tuple[str, int], Path]) -> None:
    for (_, count), file in printed.items():
        data, relationship = pdfs.attachments(file.read_bytes())[papersheet.NAME]
        assert relationship == "/Data"
        assert papersheet.read(data) == sheet(repo, *SET[:count])
        assert hashlib.sha256(data).hexdigest() == sheet(repo, *SET[:count]).digest


def test_the_qr_code_is_of_the_digest(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = []
    monkeypatch.setattr(paperwork, "_printed", lambda job: jobs.append(job) or b"%PDF")
    repo.ask("approve", DOCUMENT, "--sheet", str(repo.home / "qr.pdf"))
    assert list(jobs[0].assets.values()) == [qr.svg(sheet(repo, DOCUMENT).digest)]


def test_a_sheet_that_is_there_is_never_replaced(repo: Repo) -> None:
    file = repo.home / "signed.pdf"
    file.write_bytes(b"signed by hand")
    with pytest.raises(QmsError) as raised:
        repo.ask("approve", DOCUMENT, "--sheet", str(file))
    assert raised.value.key == "sheet-there"
    assert file.read_bytes() == b"signed by hand"


@pytest.mark.parametrize(
    "more",
    [("--paper", "x"), ("--by", "x"), ("--code", "x"), ("--comment", "x"), ("--key", "x"),
     ("--as", "x"), ("--on-behalf-of", "x")],
)  # fmt: skip
def test_what_does_not_go_with_it_is_refused(repo: Repo, more: tuple[str, str]) -> None:
    assert refusal(repo, DOCUMENT, *more) == "sheet-alone"


def test_there_is_no_sheet_for_what_paper_cannot_bring(repo: Repo) -> None:
    assert refusal(repo, "authority") == "grade"
    assert refusal(repo, "CSC-QP-77") == "no-committed-document"
    assert refusal(repo, DOCUMENT, "--by-role", "CSC-RS-03") == "not-needed"


def test_a_sheet_for_one_role_has_one_box(repo: Repo) -> None:
    file = repo.home / "role.pdf"
    repo.ask("approve", DOCUMENT, "--sheet", str(file), "--by-role", "CSC-RS-01")
    text = " ".join(pdfs.pages(file))
    assert "To be approved by: CSC-RS-01" in text
    assert "To be reviewed by" not in text
    assert sheet(repo, DOCUMENT).code in text


def test_who_has_spoken_is_not_asked_again(tmp_path: Path) -> None:
    """One document is reviewed and the other is not: they cannot stand on one sheet of all."""
    stage = begun(tmp_path)
    copied(stage, SET[1])
    stage.commit("Another")
    for who, meaning in ((DRAFTER, "prepared"), (QUALITY, "reviewed")):
        stage.say(who, meaning)
    stage.commit("Said")
    here = Repo(tmp_path.resolve(), tmp_path / ".git")
    assert refusal(here, *SET[:2]) == "sheet-mixed"
    file = here.home / "both.pdf"
    here.ask("approve", *SET[:2], "--sheet", str(file), "--by-role", "CSC-RS-01")
    assert "To be reviewed by" not in " ".join(pdfs.pages(file))
    stage.say(MANAGER, "approved")
    stage.commit("Said")
    assert refusal(here, DOCUMENT) == "sheet-needless"


def test_preparers_and_translators_have_sheets_of_their_own(repo: Repo) -> None:
    for meaning, says in (("prepared", "☐ Prepared"), ("translated", "☐ Translated")):
        file = repo.home / f"{meaning}.pdf"
        repo.ask("approve", SET[1], "--meaning", meaning, "--sheet", str(file))
        text = " ".join(pdfs.pages(file))
        assert says in text
        assert "☐ Approved" not in text
    with pikepdf.open(io.BytesIO(file.read_bytes())) as pdf:
        carried = json.loads(pdf.attachments[papersheet.NAME].get_file().read_bytes())
    (text,) = carried["texts"]
    assert (text["language"], text["translates"]) == (
        "zh-CN",
        Stage(repo.root).subject(SET[1]).content,
    )


def test_titles_cannot_bring_markup_or_hide(tmp_path: Path) -> None:
    stage = begun(tmp_path)
    stage.edit("procedures/CSC-QP-01.md", "title: Complaint handling", "title: <b>A</b> & {{ b }}")
    stage.commit("A title")
    here = Repo(tmp_path.resolve(), tmp_path / ".git")
    file = here.home / "title.pdf"
    here.ask("approve", DOCUMENT, "--sheet", str(file))
    assert "<b>A</b> & {{ b }}" in " ".join(pdfs.pages(file))


def test_nobody_signs_what_cannot_be_printed(tmp_path: Path) -> None:
    stage = begun(tmp_path)
    stage.edit(
        "procedures/CSC-QP-01.md", "title: Complaint handling", "title: Complaint \U0001f9ff"
    )
    stage.commit("A title")
    here = Repo(tmp_path.resolve(), tmp_path / ".git")
    assert refusal(here, DOCUMENT) == "sheet-unprintable"


def test_one_more_approver_has_a_box_without_a_role(tmp_path: Path) -> None:
    def quorum(stage: Stage) -> None:
        said = authority(stage.keys).replace(
            "approved: [CSC-RS-01]}", "approved: [CSC-RS-01], quorum: 2}", 1
        )
        stage.write({"manual/authority.yaml": said})

    begun(tmp_path, quorum)
    here = Repo(tmp_path.resolve(), tmp_path / ".git")
    file = here.home / "quorum.pdf"
    here.ask("approve", DOCUMENT, "--sheet", str(file))
    assert "To be approved by one more person" in " ".join(pdfs.pages(file))
