"""Signed publications: the same builds with a signature behind each, and nothing foreign signed."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qms_docs.edges import shelf, signatures, timestamps
from qms_docs.edges.git import Repository
from qms_docs.edges.workers import WorkerPool
from qms_docs.text import manifest as manifests
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.publication import Manifest
from qms_docs.work import pdfsigning, publish, verifying
from qms_docs.work.plan import Reason
from qms_docs.work.publish import Publication
from tests.acting import write_key
from tests.attacks.stage import CONTROLLER, DOCUMENT, Stage, begun
from tests.edges.signers import NOW, PASSPHRASE, Clock, Owner, clock, owner
from tools.pdf_conformance import PROMISED, validate_all

ENGLISH, CHINESE = f"{DOCUMENT}.en.pdf", f"{DOCUMENT}.zh-CN.pdf"
OLD = f"superseded/{DOCUMENT}.r1.en.pdf"


def no_press() -> Executor:
    raise AssertionError("something is printed")


@dataclass
class Press:
    """A stage, a shelf beside it, and who signs."""

    stage: Stage
    folder: Path

    def run(
        self,
        who: Owner | None = None,
        *,
        sealed: bool = True,
        url: str = "",
        prints: bool = True,
        afresh: bool = False,
    ) -> Publication:
        source = str(who.p12(self.folder.with_name("key.p12"))) if who else ""
        with pdfsigning.opened(source, PASSPHRASE, url, datetime.now(UTC)) as signing:
            return publish.publish(
                Repository.open(self.stage.root),
                self.folder,
                self.stage.now,
                (lambda: WorkerPool(1, 60)) if prints else no_press,
                lambda *_: None,
                afresh=afresh,
                key=self.key if sealed else None,
                signing=signing,
            )

    @property
    def key(self) -> Path:
        file = self.folder.with_name(CONTROLLER)
        if not file.exists():
            write_key(file, self.stage.keys[CONTROLLER])
        return file

    @property
    def manifest(self) -> Manifest:
        return manifests.read((self.folder / "current" / manifests.NAME).read_bytes())

    def data(self, name: str) -> bytes:
        return (self.folder / "current" / name).read_bytes()

    def unlocked(self) -> Path:
        for file in self.folder.rglob("*"):
            if not file.is_symlink():
                file.chmod(0o755 if file.is_dir() else 0o644)
        return (self.folder / "current").resolve()


@pytest.fixture(scope="module")
def publisher() -> Owner:
    return owner()


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, publisher: Owner) -> Press:
    """Return a signed and sealed publication of a document with two revisions."""
    folder = tmp_path_factory.mktemp("signed")
    (folder / "repo").mkdir()
    stage = begun(folder / "repo")
    stage.issued(DOCUMENT)
    press = Press(stage, folder / "public")
    press.run(publisher)
    stage.revised("## Records", "New.\n\n## Records")
    stage.issued(DOCUMENT)
    press.run(publisher)
    return press


@pytest.fixture
def copy(signed: Press, tmp_path: Path) -> Press:
    """Return a copy of the shelf that a test may change."""
    shutil.copytree(signed.folder, tmp_path / "public", symlinks=True)
    return Press(signed.stage, tmp_path / "public")


@pytest.fixture
def running() -> Iterator[Clock]:
    with clock() as found:
        yield found


def reasons(made: Publication) -> set[Reason]:
    return {step.reason for step in made.plan.steps}


def test_each_pdf_is_its_unsigned_build_with_a_signature(signed: Press, publisher: Owner) -> None:
    texts = signed.manifest.texts
    assert {text.file.name for text in texts} > {ENGLISH, CHINESE, OLD}
    for text in texts:
        data = signed.data(text.file.name)
        assert text.unsigned is not None
        assert text.unsigned.signer == publisher.fingerprint
        build = data[: text.unsigned.bytes]
        assert hashlib.sha256(build).hexdigest() == text.unsigned.sha256 != text.file.sha256
        assert (text.build.sha256 == text.master) is ("superseded" not in text.file.name)
        found = signatures.read(data)
        assert found is not None
        assert found.is_intact
        assert found.fingerprint == publisher.fingerprint


def test_the_builds_are_those_of_an_unsigned_publication(signed: Press, tmp_path: Path) -> None:
    """The superseded revision was marked from the unsigned print inside the signed one."""
    plain = Press(signed.stage, tmp_path / "public")
    plain.run(sealed=False)
    unsigned = {text.file.name: text.file for text in plain.manifest.texts}
    assert unsigned == {text.file.name: text.build for text in signed.manifest.texts}


def test_again_there_is_nothing_to_do(copy: Press, publisher: Owner) -> None:
    for sealed in (True, False):
        again = copy.run(publisher, sealed=sealed, prints=False)
        assert not again.is_new
        assert reasons(again) == {Reason.SAME}


def test_without_a_signer_signed_files_stay(copy: Press) -> None:
    assert not copy.run(prints=False).is_new


def test_another_certificate_signs_again_without_printing(copy: Press, publisher: Owner) -> None:
    before = {text.file.name: text for text in copy.manifest.texts}
    other = owner("Successor")
    made = copy.run(other, prints=False)
    assert made.is_new
    assert reasons(made) == {Reason.SIGNER}
    for text in copy.manifest.texts:
        was = before[text.file.name]
        assert text.build == was.build
        assert text.file.sha256 != was.file.sha256
        assert was.file.sha256 in text.earlier
        found = signatures.read(copy.data(text.file.name))
        assert found is not None
        assert (found.fingerprint, found.is_intact) == (other.fingerprint, True)


def test_afresh_signs_the_same_builds_anew(copy: Press, publisher: Owner) -> None:
    before = {text.file.name: text.build for text in copy.manifest.texts}
    assert copy.run(publisher, afresh=True).is_new
    assert before == {text.file.name: text.build for text in copy.manifest.texts}


def forge(folder: Path, data: bytes, **fields: object) -> None:
    """Put a file in the place of the English text, with a manifest that names it."""
    digest = hashlib.sha256(data).hexdigest()
    (folder / ENGLISH).write_bytes(data)
    said = json.loads((folder / manifests.NAME).read_bytes())
    for text in said["texts"]:
        if text["name"] == ENGLISH:
            text.update(sha256=digest, master=digest, bytes=len(data), **fields)
    (folder / manifests.NAME).write_bytes(records.canonical(said) + b"\n")
    (folder / shelf.SEAL).unlink()


def test_what_was_put_into_an_unsealed_folder_is_never_signed(
    copy: Press, publisher: Owner
) -> None:
    """Attack: another PDF, in a manifest without a signature, in the hope of ours."""
    folder = copy.unlocked()
    builds = {text.file.name: text.build for text in copy.manifest.texts}
    forged = copy.data(CHINESE)[: builds[CHINESE].bytes]
    forge(folder, forged, unsigned=None, signer=None)
    made = copy.run(publisher, sealed=False)
    assert made.is_new
    assert builds == {text.file.name: text.build for text in copy.manifest.texts}


def test_a_file_that_only_the_manifest_calls_signed_is_made_again(
    copy: Press, publisher: Owner
) -> None:
    """Attack: the manifest claims our signature; the file does not have it."""
    folder = copy.unlocked()
    forged = copy.data(ENGLISH) + b"% forged\n"
    claims = {"sha256": hashlib.sha256(forged[:9]).hexdigest(), "bytes": 9}
    forge(folder, forged, unsigned=claims, signer=publisher.fingerprint)
    made = copy.run(publisher, sealed=False)
    by_name = {step.wanted.name: step.reason for step in made.plan.steps}
    assert by_name[ENGLISH] is Reason.SIGNER
    assert by_name[CHINESE] is Reason.SAME
    found = signatures.read(copy.data(ENGLISH))
    assert found is not None
    assert found.is_intact


def test_the_manifest_is_stamped(copy: Press, publisher: Owner, running: Clock) -> None:
    assert copy.run(publisher, url=running.url).is_new  # nothing else has changed
    known = verifying.read_manifest(copy.folder / "current" / manifests.NAME)
    assert known.stamp is not None
    assert known.stamp.authority == "Example Clock"
    assert not copy.run(publisher, url=running.url, prints=False).is_new
    data = (copy.folder / "current" / shelf.STAMP).read_bytes()
    edition = shelf.edition(copy.folder / "current")
    assert not list(shelf.differences(edition))  # it stands beside, and is no stray file
    assert timestamps.read(data, b"something else") is None


def test_a_stamp_needs_no_signature(signed: Press, tmp_path: Path, running: Clock) -> None:
    plain = Press(signed.stage, tmp_path / "public")
    plain.run(sealed=False, url=running.url)
    assert all(text.unsigned is None for text in plain.manifest.texts)
    known = verifying.read_manifest(plain.folder / "current" / manifests.NAME)
    assert (known.signer, known.stamp is not None) == ("", True)


def test_the_stamp_of_another_manifest_is_refused(
    copy: Press, publisher: Owner, running: Clock
) -> None:
    copy.run(publisher, url=running.url)
    folder = copy.unlocked()
    answer = timestamps.asked(
        timestamps.Service(running.url, NOW), hashlib.sha256(b"another").digest()
    )
    (folder / shelf.STAMP).write_bytes(answer)
    with pytest.raises(QmsError, match="broken-stamp"):
        verifying.read_manifest(folder / manifests.NAME)


def test_a_service_that_is_not_there_stops_it_before_anything_is_printed(
    copy: Press, publisher: Owner
) -> None:
    with pytest.raises(QmsError, match="stamp-unreachable"):
        copy.run(publisher, url="http://127.0.0.1:9/", prints=False, afresh=True)
    assert len(list(copy.folder.glob("0*"))) == 2
    assert not list(copy.folder.glob(".new-*"))


def test_a_signature_that_cannot_be_made_publishes_nothing(
    copy: Press, publisher: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyhanko.sign.signers import SimpleSigner

    def pulled_out(*_: object) -> bytes:
        raise RuntimeError("the token is gone")

    monkeypatch.setattr(SimpleSigner, "sign_raw", pulled_out)
    with pytest.raises(QmsError, match="signing-failed"):
        copy.run(owner("Successor"), prints=False)
    assert len(list(copy.folder.glob("0*"))) == 2


def test_signed_pdfs_keep_to_pdf_a_and_pdf_ua(signed: Press) -> None:
    files = [signed.folder / "current" / text.file.name for text in signed.manifest.texts]
    verdicts = list(validate_all(files, PROMISED))
    assert len(verdicts) == len(files) * len(PROMISED)
    assert all(verdict.conforms for verdict in verdicts)
