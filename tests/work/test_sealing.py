"""A signed manifest: nobody else's files become ours, and whatever is changed in it is seen."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from qms_docs.edges import shelf
from qms_docs.edges.git import Repository
from qms_docs.edges.workers import WorkerPool
from qms_docs.text import manifest as manifests
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.work import publish, verifying
from qms_docs.work.publish import Publication
from tests.acting import write_key
from tests.attacks.stage import CONTROLLER, DOCUMENT, OUTSIDER, Stage, begun

ENGLISH = f"{DOCUMENT}.en.pdf"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Return a stage with a signed publication beside it, and two keys."""
    folder = tmp_path_factory.mktemp("seal")
    (folder / "repo").mkdir()
    stage = begun(folder / "repo")
    stage.issued(DOCUMENT)
    for who in (CONTROLLER, OUTSIDER):
        write_key(folder / who, stage.keys[who])
    run(stage, folder / "public", folder / CONTROLLER)
    return stage


def run(stage: Stage, folder: Path, key: Path | None) -> Publication:
    repository = Repository.open(stage.root)
    return publish.publish(
        repository, folder, stage.now, lambda: WorkerPool(2, 60), lambda *_: None, key=key
    )


def place(stage: Stage) -> Path:
    return stage.root.parent


@pytest.fixture
def copy(signed: Stage, tmp_path: Path) -> Path:
    """Return a copy of the shelf that a test may change."""
    shutil.copytree(place(signed) / "public", tmp_path / "public", symlinks=True)
    for file in (tmp_path / "public").rglob("*"):
        if not file.is_symlink():
            file.chmod(0o755 if file.is_dir() else 0o644)
    return tmp_path / "public"


def test_who_has_signed_is_told(signed: Stage) -> None:
    path = place(signed) / "public" / "current" / manifests.NAME
    known = verifying.read_manifest(path, place(signed) / f"{CONTROLLER}.pub")
    assert known.signer.startswith("SHA256:")
    with pytest.raises(QmsError, match="other-seal"):
        verifying.read_manifest(path, place(signed) / f"{OUTSIDER}.pub")


def test_a_manifest_that_is_changed_has_no_signature_of_its_own(signed: Stage, copy: Path) -> None:
    path = copy / "current" / manifests.NAME
    fields = json.loads(path.read_bytes())
    fields["texts"][0]["valid_from"] = "2020-01-01T00:00:00+08:00"
    path.write_bytes(records.canonical(fields) + b"\n")
    with pytest.raises(QmsError, match="broken-seal"):
        verifying.read_manifest(path)


def test_an_approval_does_not_sign_a_manifest(signed: Stage, copy: Path) -> None:
    path = copy / "current" / manifests.NAME
    seal = signed.keys[CONTROLLER].sign(path.read_bytes())  # made for approvals
    path.with_name("manifest.json.sig").write_text(seal)
    with pytest.raises(QmsError, match="broken-seal"):
        verifying.read_manifest(path)


def test_without_a_signature_none_is_claimed(signed: Stage, copy: Path) -> None:
    path = copy / "current" / manifests.NAME
    path.with_name("manifest.json.sig").unlink()
    assert verifying.read_manifest(path).signer == ""
    with pytest.raises(QmsError, match="no-seal"):
        verifying.read_manifest(path, place(signed) / f"{CONTROLLER}.pub")


def test_what_somebody_else_has_put_into_the_folder_is_not_signed_by_us(
    signed: Stage, copy: Path
) -> None:
    """Attack: a forged PDF with a manifest that names it, in the hope of the next signature."""
    current = (copy / "current").resolve()
    forged = (current / ENGLISH).read_bytes() + b"% forged\n"
    manifest = manifests.read((current / manifests.NAME).read_bytes())
    (current / ENGLISH).write_bytes(forged)
    fields = json.loads((current / manifests.NAME).read_bytes())
    for text in fields["texts"]:
        if text["name"] == ENGLISH:
            text["sha256"] = text["master"] = hashlib.sha256(forged).hexdigest()
            text["bytes"] = len(forged)
    (current / manifests.NAME).write_bytes(records.canonical(fields) + b"\n")
    (current / shelf.SEAL).unlink()
    made = run(signed, copy, place(signed) / CONTROLLER)
    assert made.edition is not None
    assert all(text.earlier == () for text in made.edition.manifest.texts)
    named = {text.file.name: text.file.sha256 for text in made.edition.manifest.texts}
    assert named == {text.file.name: text.file.sha256 for text in manifest.texts}


def test_a_second_run_with_the_same_key_has_nothing_to_do(signed: Stage) -> None:
    again = run(signed, place(signed) / "public", place(signed) / CONTROLLER)
    assert not again.is_new
