"""`qms copy`: numbered copies are handed out, come back, and are named when they must."""

import hashlib
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from qms_docs.cli import deciding, settings
from qms_docs.edges.git import Repository
from qms_docs.edges.workers import WorkerPool
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Copy
from qms_docs.work import pdfsigning, publish
from qms_docs.work.pdfsigning import NOBODY, Signing
from qms_docs.work.publish import Publication
from tests import pdfs
from tests.acting import Life
from tests.attacks.stage import CONTROLLER, DOCUMENT, MANAGER, QUALITY, Stage, begun
from tests.edges.signers import NOW, PASSPHRASE, owner
from tests.outer import Answer, Repo

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")
UNTIL = "2026-12-31"


def printed(stage: Stage, signer: Signing = NOBODY) -> Publication:
    """Publish what is in force now."""
    repository = Repository.open(stage.root)
    folder = stage.root / "public"
    return publish.publish(
        repository, folder, stage.now, lambda: WorkerPool(1, 90), lambda *_: None, signing=signer
    )


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Return a stage with a publication of one procedure in two languages."""
    stage = begun(tmp_path_factory.mktemp("model"))
    stage.write({".gitignore": "/public/\n"})
    stage.issued()
    printed(stage)
    return stage


@pytest.fixture
def desk(model: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    """Return a copy of the stage, with the clock in hand."""
    root = (tmp_path / "manual").resolve()
    shutil.copytree(model.root, root, symlinks=True)
    stage = replace(model, root=root)
    for module in (deciding, settings):
        monkeypatch.setattr(module, "now", lambda: stage.now)
    (tmp_path / "people").mkdir()
    return Life(stage, Repo(root, tmp_path / "people"))


def issued(desk: Life, *holders: str, who: str = CONTROLLER, more: tuple[str, ...] = ()) -> Answer:
    file = desk.repo.home / "desks.txt"
    file.write_text("# Where it hangs\n\n" + "\n".join(holders) + "\n", "utf-8")
    return desk.ask(who, "copy", "issue", DOCUMENT, "--holders", str(file), "--json", *more)


def refused(desk: Life, *holders: str, who: str = CONTROLLER, more: tuple[str, ...] = ()) -> str:
    with pytest.raises(QmsError) as raised:
        issued(desk, *holders, who=who, more=more)
    assert desk.status() == []
    assert not (desk.stage.root / "public" / "copies").exists()
    return raised.value.key


def states(desk: Life, *more: str) -> dict[str, str]:
    rows = desk.repo.ask("list", "copies", "--format", "json", *more).json
    return {row["number"]: row["state"] for row in rows}


def test_a_copy_is_made_of_the_build_inside_a_signed_pdf(desk: Life, tmp_path: Path) -> None:
    """A stamp would break the signature, and the copy would seem forged."""
    key = str(owner().p12(tmp_path / "key.p12"))
    with pdfsigning.opened(key, PASSPHRASE, "", NOW) as signer:
        made = printed(desk.stage, signer)
    assert made.edition is not None
    assert all(text.unsigned for text in made.edition.manifest.texts)
    (pdf,) = issued(desk, "Front desk").json["pdfs"]
    with pikepdf.open(desk.stage.root / pdf) as opened:
        assert "/AcroForm" not in opened.Root


def test_each_holder_gets_a_pdf_with_a_number_and_one_record_names_all(desk: Life) -> None:
    more = ("--until", UNTIL, "--purpose", "Audit")
    answer = issued(desk, "Front desk", "前台（二楼）", more=more)
    (path,) = answer.json["files"]
    first, second = (desk.stage.root / each for each in answer.json["pdfs"])
    assert (first.name, second.name) == (
        f"{DOCUMENT}.en.r1.copy-1.pdf",
        f"{DOCUMENT}.en.r1.copy-2.pdf",
    )
    body = records.read((desk.stage.root / path).read_bytes()).body
    assert isinstance(body, Copy)
    assert (body.until, body.purpose) == ("2026-12-31T23:59:59+08:00", "Audit")
    assert [(each.number, each.holder) for each in body.copies] == [
        (1, "Front desk"),
        (2, "前台（二楼）"),
    ]
    for file, item in zip((first, second), body.copies, strict=True):
        assert hashlib.sha256(file.read_bytes()).hexdigest() == item.sha256
        assert pdfs.complaints(file) == ""
        number = f"CONTROLLED COPY No {item.number} · 受控副本 第{item.number}号 · {item.holder}"
        for page in pdfs.pages(file):
            assert number in page
            assert "Valid until 有效至 2026-12-31 23:59+08:00" in page
            assert "“Uncontrolled when printed” does not apply to it" in page
    assert states(desk) == {}  # not before it lands
    desk.stage.commit("Copies")
    assert states(desk) == {"1": "held", "2": "held"}
    assert desk.stage.found() == []


def test_numbers_go_on_also_after_what_waits_in_the_work_tree(desk: Life) -> None:
    issued(desk, "Front desk")
    again = issued(desk, "Back office", more=("--language", "zh-CN"))
    assert again.json["pdfs"] == [f"public/copies/{DOCUMENT}.zh-CN.r1.copy-2.pdf"]
    desk.stage.commit("Copies")
    assert desk.stage.found() == []


def test_what_becomes_of_copies_is_recorded_and_listed(desk: Life) -> None:
    issued(desk, "A", "B", "C", "D", "E")
    desk.stage.commit("Copies")
    before = desk.stage.now.isoformat()
    for what, number in (("return", "1"), ("destroyed", "2"), ("lost", "3"), ("recall", "4")):
        answer = desk.ask(CONTROLLER, "copy", what, DOCUMENT, number, "--json")
        assert answer.json["files"][0].startswith("records/copies/")
    desk.stage.commit("What became of them")
    assert states(desk) == {
        "1": "returned",
        "2": "destroyed",
        "3": "lost",
        "4": "recalled, not back yet",
        "5": "held",
    }
    assert set(states(desk, "--as-of", before).values()) == {"held"}
    assert "第3号 (en, 修订号 1), C: 遗失" in desk.repo.ask("show", DOCUMENT, "--lang", "zh-CN").out
    shown = desk.repo.ask("show", DOCUMENT, "--json").json["copies"]
    assert [each["state"] for each in shown[:4]] == ["returned", "destroyed", "lost", "recalled"]
    for numbers, key in ((("9",), "no-copy"), (("5", "1"), "copy-not-out")):
        with pytest.raises(QmsError) as raised:
            desk.ask(CONTROLLER, "copy", "return", DOCUMENT, *numbers)
        assert raised.value.key == key
    assert desk.status() == []


def test_a_release_and_a_withdrawal_tell_what_must_come_back(desk: Life) -> None:
    issued(desk, "Front desk", "Back office")
    desk.stage.commit("Copies")
    desk.ask(CONTROLLER, "copy", "return", DOCUMENT, "2")
    desk.stage.commit("Back")
    answer = desk.ask(MANAGER, "withdraw", DOCUMENT, "--reason", "x", "--yes", "--json")
    assert [each["number"] for each in answer.json["recall"]] == [1]
    desk.stage.git("clean", "--quiet", "-fd", "records")
    desk.stage.revised("## Records", "New.\n\n## Records")
    desk.stage.approved()
    answer = desk.ask(CONTROLLER, "release", DOCUMENT)
    assert answer.out.endswith(
        "Controlled copies that must be recalled when this takes effect:\n"
        f"  {DOCUMENT} No 1 (en, Revision 1), Front desk: held\n"
    )
    desk.stage.commit("Released")
    assert states(desk) == {"1": "to be recalled", "2": "returned"}
    with pytest.raises(QmsError, match="publication-behind"):
        issued(desk, "Front desk")


def test_a_copy_that_has_expired_must_come_back(desk: Life) -> None:
    day = (desk.stage.now + timedelta(days=2)).isoformat()
    issued(desk, "Front desk", more=("--until", day))
    desk.stage.commit("Copies")
    later = (desk.stage.now + timedelta(days=3)).isoformat()
    assert (states(desk), states(desk, "--as-of", later)) == (
        {"1": "held"},
        {"1": "to be recalled"},
    )


def test_copies_do_not_expire_before_they_are_issued(desk: Life) -> None:
    assert refused(desk, "Front desk", more=("--until", "2026-01-01")) == "past-expiry"


def test_only_who_may_release_issues_copies(desk: Life) -> None:
    assert refused(desk, "Front desk", who=QUALITY) == "may-not"
    assert refused(desk, "Front desk", who=QUALITY, more=("--as", "CSC-RS-03")) == "may-not"


@pytest.mark.parametrize(
    ("holders", "key"),
    [
        (("Front desk", "Front  desk"), "holder-twice"),
        (("Demo Manager",), "holder-person"),
        (("desk@example.com",), "holder-person"),
        (("受" * 31,), "holder-unfit"),
        (("Desk \u202e1",), "holder-unfit"),
        (("Desk \U0001f600",), "holder-unfit"),
        ((), "no-holders"),
    ],
)
def test_a_holder_is_a_post_that_fits_on_the_page(
    desk: Life, holders: tuple[str, ...], key: str
) -> None:
    assert refused(desk, *holders) == key


def test_what_is_issued_is_the_published_pdf_and_nothing_else(desk: Life) -> None:
    file = desk.stage.root / "public" / "current" / f"{DOCUMENT}.en.pdf"
    file.chmod(0o644)
    with file.open("ab") as stream:
        stream.write(b"\n")
    assert refused(desk, "Front desk") == "publication-altered"
    assert refused(desk, "Front desk", more=("--language", "fr")) == "not-in-force"


def test_nothing_is_written_outside_the_work_tree(desk: Life, tmp_path: Path) -> None:
    assert refused(desk, "Front desk", more=("--output", str(tmp_path / "x"))) == "leads-outside"
    assert not (tmp_path / "x").exists()


def verdict(desk: Life, file: Path, *more: str) -> tuple[int, str, str | None]:
    answer = desk.repo.ask("verify", str(file), "--as-of", "2026-04-01", "--json", *more)
    copy = answer.json["copy"]
    return answer.code, answer.json["verdict"], copy["state"] if copy else None


def test_a_copy_is_verified_by_the_next_publication(desk: Life, tmp_path: Path) -> None:
    (name,) = issued(desk, "Front desk", more=("--until", UNTIL)).json["pdfs"]
    file = desk.stage.root / name
    assert verdict(desk, file) == (1, "altered", None)  # nobody has published that it is out
    desk.stage.commit("Copies")
    printed(desk.stage)
    assert verdict(desk, file) == (0, "in-force", "held")
    assert verdict(desk, file, "--as-of", "2027-01-01") == (1, "recalled", "due")
    said = desk.repo.ask("verify", str(file), "--as-of", "2026-04-01")
    assert said.out.startswith("Controlled copy No 1, held by Front desk\nCSC-QP-01 Complaint")

    data = file.read_bytes()
    other = tmp_path / "copy.pdf"
    for place in range(0, len(data), len(data) // 40):
        changed = bytearray(data)
        changed[place] ^= 1
        other.write_bytes(changed)
        code, told, state = verdict(desk, other)
        assert (code, told in ("altered", "unknown"), state) == (1, True, None)

    desk.ask(CONTROLLER, "copy", "recall", DOCUMENT, "1")
    desk.stage.commit("Asked for")
    printed(desk.stage)
    assert verdict(desk, file) == (1, "recalled", "recalled")
    said = desk.repo.ask("verify", str(file), "--as-of", "2026-04-01", "--lang", "zh-CN")
    assert "本受控副本不再有效" in said.out
