"""`qms verify` on a real publication: whatever is changed in it, it says so."""

import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms_docs.edges.git import Repository
from qms_docs.edges.workers import WorkerPool
from qms_docs.text import codes, papersheet
from qms_docs.text import manifest as manifests
from qms_docs.words.errors import QmsError
from qms_docs.words.publication import PublishedFile
from qms_docs.work import publish
from tests.attacks.stage import DOCUMENT, begun
from tests.outer import Repo

ENGLISH, CHINESE = f"{DOCUMENT}.en.pdf", f"{DOCUMENT}.zh-CN.pdf"
DAY = "2026-04-01"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a repository with a publication of one procedure in two languages."""
    folder = tmp_path_factory.mktemp("verify")
    (folder / "repo").mkdir()
    stage = begun(folder / "repo")
    stage.issued(DOCUMENT)
    repository = Repository.open(stage.root)
    output = stage.root / "public"
    publish.publish(repository, output, stage.now, lambda: WorkerPool(2, 60), lambda *_: None)
    (folder / "home").mkdir()
    return Repo(stage.root, folder / "home")


@pytest.fixture
def copy(published: Repo, tmp_path: Path) -> Path:
    """Return a copy of the publication that a test may change."""
    shutil.copytree(published.root / "public" / "current", tmp_path / "copy")
    for file in (tmp_path / "copy").rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)
    return tmp_path / "copy"


def verdict(repo: Repo, asked: str | Path, *more: str) -> tuple[int, str]:
    answer = repo.ask("verify", str(asked), "--as-of", DAY, "--json", *more)
    return answer.code, answer.json["verdict"]


def code_of(repo: Repo) -> str:
    data = (repo.root / "public" / "current" / manifests.NAME).read_bytes()
    texts = manifests.read(data).texts
    return next(text.code for text in texts if text.file.name == ENGLISH)


def test_a_file_a_code_and_a_digest_say_the_same(published: Repo) -> None:
    file = published.root / "public" / "current" / ENGLISH
    assert verdict(published, file) == (0, "in-force")
    code = code_of(published)
    assert verdict(published, code) == (0, "in-force")
    assert verdict(published, code.lower().replace("-", "")) == (0, "in-force")
    shown = published.ask("verify", code, "--as-of", DAY, "--json").json["text"]
    assert verdict(published, shown["content_digest"]) == (0, "in-force")
    assert verdict(published, code, "--as-of", "2026-01-01") == (1, "not-yet")


def test_it_is_told_in_words_with_what_it_rests_on(published: Repo) -> None:
    answer = published.ask("verify", code_of(published), "--as-of", DAY)
    first, second, third, *_, basis, last = answer.out.splitlines()
    assert first == "CSC-QP-01 Complaint handling (English), Revision 1"
    assert second.startswith("  IN FORCE since 2026-03-02 ")
    assert third.startswith("  Review due: ")
    assert basis.startswith("By ")
    assert last.startswith("The manifest is not signed")
    chinese = published.ask("verify", code_of(published), "--as-of", DAY, "--lang", "zh-CN")
    assert "有效：自" in chinese.out


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_altered_byte_is_seen(published: Repo, copy: Path, place: float, bit: int) -> None:
    data = bytearray((published.root / "public" / "current" / ENGLISH).read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    (copy / ENGLISH).write_bytes(data)
    code, said = verdict(published, copy / ENGLISH)
    assert code == 1
    assert said in ("altered", "unknown")
    folder = published.ask("verify", str(copy), "--manifest", str(copy / manifests.NAME), "--json")
    assert (folder.code, folder.json) == (1, [{"name": ENGLISH, "kind": "altered"}])


def test_a_damaged_file_says_which_text_it_claims_to_be(published: Repo, copy: Path) -> None:
    with (copy / ENGLISH).open("ab") as file:
        file.write(b"\n% more\n")
    assert verdict(published, copy / ENGLISH) == (1, "altered")


@pytest.mark.parametrize(
    ("attachment", "told"), [(f"{DOCUMENT}.md", "altered"), ("facts.json", "unknown")]
)
def test_a_file_from_which_an_attachment_was_taken(
    published: Repo, copy: Path, tmp_path: Path, attachment: str, told: str
) -> None:
    """Without its facts it no longer says which text it shows: it is none that was published."""
    with pikepdf.open(copy / ENGLISH) as opened:
        del opened.attachments[attachment]
        opened.save(tmp_path / ENGLISH)
    assert verdict(published, tmp_path / ENGLISH) == (1, told)


def test_two_files_changed_about(published: Repo, copy: Path) -> None:
    os.rename(copy / ENGLISH, copy / "x")
    os.rename(copy / CHINESE, copy / ENGLISH)
    os.rename(copy / "x", copy / CHINESE)
    answer = published.ask("verify", str(copy / ENGLISH), "--as-of", DAY, "--json")
    assert answer.code == 1
    assert answer.json["misnamed"]["language"] == "en"
    folder = published.ask("verify", str(copy), "--json")
    assert [item["kind"] for item in folder.json] == ["altered", "altered"]


def test_a_folder_from_which_and_into_which_something_was_put(published: Repo, copy: Path) -> None:
    (copy / ENGLISH).unlink()
    (copy / "extra.pdf").touch()
    answer = published.ask("verify", str(copy), "--json")
    assert answer.json == [
        {"name": ENGLISH, "kind": "missing"},
        {"name": "extra.pdf", "kind": "extra"},
    ]
    whole = published.ask("verify", str(published.root / "public" / "current"))
    assert (whole.code, "The publication is whole" in whole.out) == (0, True)


def test_a_manifest_that_was_edited_by_hand_is_none(published: Repo, copy: Path) -> None:
    manifest = copy / manifests.NAME
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()), indent=1), "utf-8")
    with pytest.raises(Exception, match="no-manifest"):
        published.ask("verify", code_of(published), "--manifest", str(manifest))


def test_another_file_is_unknown(published: Repo, tmp_path: Path) -> None:
    for name, data in (("a.pdf", b"%PDF-1.7\nx"), ("b.txt", b"x"), ("c.pdf", b"")):
        (tmp_path / name).write_bytes(data)
        assert verdict(published, tmp_path / name) == (1, "unknown")


@pytest.mark.parametrize("asked", ["no such file.pdf", "7K3M-Q9PD-X2VA", "", "abc"])
def test_what_cannot_be_asked(published: Repo, asked: str) -> None:
    with pytest.raises(Exception, match="verify-what"):
        published.ask("verify", asked)


def test_without_a_manifest(published: Repo, tmp_path: Path) -> None:
    lonely = Repo(tmp_path, tmp_path)
    with pytest.raises(Exception, match="which-manifest"):
        lonely.ask("verify", "7K3M-Q9PD-X2VZ")


def test_rebuild_prints_again_and_compares(published: Repo, copy: Path, tmp_path: Path) -> None:
    answer = published.ask("verify", str(copy / ENGLISH), "--rebuild", "--as-of", DAY)
    assert answer.code == 0
    assert "the same to the last byte" in answer.out
    altered = tmp_path / ENGLISH
    altered.write_bytes((copy / ENGLISH).read_bytes() + b"%\n")
    answer = published.ask("verify", str(altered), "--rebuild", "--as-of", DAY, "--json")
    assert (answer.code, answer.json["rebuilt"]) == (1, "different")
    assert published.ask("verify", str(copy), "--rebuild").code == 0


def test_rebuild_finds_what_a_forged_manifest_vouches_for(published: Repo, copy: Path) -> None:
    """Whoever writes PDF and manifest can make them agree; the history does not."""
    path = copy / manifests.NAME
    manifest = manifests.read(path.read_bytes())
    forged = (copy / ENGLISH).read_bytes() + b"%\n"
    (copy / ENGLISH).write_bytes(forged)
    sha256 = hashlib.sha256(forged).hexdigest()
    texts = tuple(
        replace(text, file=PublishedFile(ENGLISH, sha256, len(forged)), master=sha256)
        if text.file.name == ENGLISH
        else text
        for text in manifest.texts
    )
    path.write_bytes(manifests.written(replace(manifest, texts=texts)))
    asked = ("verify", str(copy), "--manifest", str(path))
    assert published.ask(*asked).code == 0
    answer = published.ask(*asked, "--rebuild")
    assert answer.code == 1
    assert ENGLISH in answer.out


def test_rebuild_by_another_program_proves_nothing(published: Repo, copy: Path) -> None:
    path = copy / manifests.NAME
    manifest = manifests.read(path.read_bytes())
    texts = tuple(replace(text, master="0" * 64) for text in manifest.texts)
    other = replace(manifest, tools={**manifest.tools, "pango": "0.1"}, texts=texts)
    (copy / ENGLISH).write_bytes((copy / ENGLISH).read_bytes() + b"%\n")
    path.write_bytes(manifests.written(other))
    answer = published.ask(
        "verify", str(copy / ENGLISH), "--manifest", str(path), "--rebuild", "--json"
    )
    assert (answer.code, answer.json["rebuilt"]) == (1, "program")


def test_rebuild_needs_the_history_of_the_publication(
    published: Repo, copy: Path, tmp_path: Path
) -> None:
    path = copy / manifests.NAME
    manifest = manifests.read(path.read_bytes())
    path.write_bytes(manifests.written(replace(manifest, tip="1" * 40)))
    asked = ("verify", str(copy), "--manifest", str(path), "--rebuild")
    with pytest.raises(QmsError) as raised:
        published.ask(*asked)
    assert (raised.value.key, raised.value.values["tip"]) == ("other-history", "1" * 12)


def test_an_approval_sheet_is_no_document_to_work_by(published: Repo, tmp_path: Path) -> None:
    data = (published.root / "public" / "current" / manifests.NAME).read_bytes()
    manifest = manifests.read(data)
    released = next(text.subject for text in manifest.texts if text.file.name == ENGLISH)
    draft = replace(released, revision=2, content="7" * 64)
    texts = (papersheet.SheetText(released), papersheet.SheetText(draft))
    sheet = papersheet.PaperSheet(manifest.genesis, texts)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        inside = pikepdf.AttachedFileSpec(pdf, papersheet.write(sheet), filename=papersheet.NAME)
        pdf.attachments[papersheet.NAME] = inside
        pdf.save(tmp_path / "sheet.pdf")
    answer = published.ask("verify", str(tmp_path / "sheet.pdf"), "--as-of", DAY, "--manifest",
                           str(published.root / "public" / "current" / manifests.NAME))  # fmt: skip
    assert answer.code == 1
    first, second, third, fourth, fifth, *_ = answer.out.splitlines()
    assert first.startswith("  APPROVAL SHEET: no controlled document")
    assert second == "  CSC-QP-01 Complaint handling (English), Revision 1"
    assert third.startswith("    IN FORCE since 2026-03-02 ")
    assert fourth == "  CSC-QP-01 (English), Revision 2"
    assert fifth == "    not published here"
    alone = papersheet.PaperSheet(manifest.genesis, texts[:1])
    for asked in (alone.digest, alone.code):
        answer = published.ask("verify", asked, "--as-of", DAY, "--json")
        (listed,) = answer.json["sheet"]
        assert (answer.json["verdict"], listed["verdict"]) == ("sheet", "in-force")
        assert listed["content_digest"] == released.content
    assert verdict(published, sheet.digest) == (1, "unknown")
    assert verdict(published, codes.of_content(released.content)) == (0, "in-force")
