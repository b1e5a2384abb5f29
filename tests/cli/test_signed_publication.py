"""`qms publish --sign` and `qms verify` on what it made: who signed, and every attack on it."""

import io
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from qms_docs.edges import pades, shelf
from qms_docs.text import manifest as manifests
from qms_docs.words.errors import QmsError
from tests.acting import write_key
from tests.attacks.stage import CONTROLLER, DOCUMENT, begun
from tests.edges.signers import DAY, NOW, PASSPHRASE, Clock, Owner, clock, owner
from tests.outer import Answer, Repo

ENGLISH, CHINESE = f"{DOCUMENT}.en.pdf", f"{DOCUMENT}.zh-CN.pdf"
ON_A_DAY = ("--as-of", "2026-04-01")
AUTHORITY = owner("Example Authority", authority=True, usage="key_cert_sign")
PUBLISHER = owner("Example Publisher", issuer=AUTHORITY)


@pytest.fixture(scope="module")
def running() -> Iterator[Clock]:
    with clock() as found:
        yield found


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, running: Clock) -> Repo:
    """Return a repository with a signed, sealed and stamped publication of one procedure."""
    folder = tmp_path_factory.mktemp("signed")
    (folder / "repo").mkdir()
    (folder / "home").mkdir()
    stage = begun(folder / "repo")
    stage.write({".gitignore": "/public/\n"})
    stage.issued(DOCUMENT)
    write_key(folder / "home" / CONTROLLER, stage.keys[CONTROLLER])
    repo = Repo(stage.root.resolve(), folder / "home")
    answer = publish(repo, PUBLISHER, "--timestamp", running.url)
    assert answer.code == 0, answer.err
    last = answer.out.splitlines()[-1]
    assert last == "PDFs signed: 2 of 2; the manifest is signed and has a time stamp"
    return repo


def publish(repo: Repo, who: Owner, *more: str, passphrase: str = PASSPHRASE) -> Answer:
    """Publish in a process of its own, whose workers say what they have inherited."""
    key = ("--key", str(repo.home / CONTROLLER), "--sign", str(who.p12(repo.home / "key.p12")))
    return repo.qms("publish", *ON_A_DAY, *key, *more, QMS_SIGN_PASSPHRASE=passphrase)


@pytest.fixture
def copy(published: Repo, tmp_path: Path) -> Path:
    """Return a copy of the publication that a test may change."""
    shutil.copytree(published.root / "public" / "current", tmp_path / "copy")
    for file in (tmp_path / "copy").rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)
    return tmp_path / "copy"


def verify(repo: Repo, asked: Path, *more: str) -> tuple[int, dict[str, Any]]:
    answer = repo.ask("verify", str(asked), *ON_A_DAY, "--json", *more)
    return answer.code, answer.json


def build_of(repo: Repo, name: str) -> bytes:
    edition = shelf.edition(repo.root / "public" / "current")
    text = next(each for each in edition.manifest.texts if each.file.name == name)
    data = edition.build(text)
    assert data is not None
    return data


def test_it_is_told_who_signed_and_when(published: Repo) -> None:
    file = published.root / "public" / "current" / ENGLISH
    code, said = verify(published, file)
    assert (code, said["verdict"], said["signature_examined"]) == (0, "in-force", True)
    signature = said["signature"]
    assert isinstance(signature, dict)
    assert signature["name"] == "Example Publisher"
    assert (signature["certificate"], signature["intact"]) == (PUBLISHER.fingerprint, True)
    assert signature["time_stamp"]["by"] == "Example Clock"
    assert said["time_stamp"] is not None
    told = published.ask("verify", str(file), *ON_A_DAY).out
    wanted = f"PDF signed by Example Publisher, certificate SHA-256 {PUBLISHER.fingerprint}; "
    assert wanted in told
    assert told.count("\n  Time stamp of ") == told.count("\nManifest: Time stamp of ") == 1
    chinese = published.ask("verify", str(file), *ON_A_DAY, "--lang", "zh-CN").out
    assert "PDF由Example Publisher签署" in chinese


def test_a_certificate_can_be_pinned(published: Repo, tmp_path: Path) -> None:
    current = published.root / "public" / "current"
    for who in (PUBLISHER, AUTHORITY):
        pin = ("--certificate", str(who.pem(tmp_path / "pin.pem")))
        assert verify(published, current / ENGLISH, *pin)[0] == 0
        assert published.ask("verify", str(current), *pin).code == 0
    other = ("--certificate", str(owner("Example Publisher").pem(tmp_path / "other.pem")))
    for asked in (current / ENGLISH, current):
        with pytest.raises(QmsError, match="pdf-other-signer"):
            published.ask("verify", str(asked), *other)
    with pytest.raises(QmsError, match="certificate-for-files"):
        published.ask("verify", "ab" * 32, *other)


def test_stripped_of_its_signature_it_is_the_same_text_and_not_signed(
    published: Repo, copy: Path, tmp_path: Path
) -> None:
    file = copy / ENGLISH
    file.write_bytes(build_of(published, ENGLISH))
    code, said = verify(published, file)
    assert (code, said["verdict"], said["signature"]) == (0, "in-force", None)
    assert "The PDF is not signed" in published.ask("verify", str(file), *ON_A_DAY).out
    with pytest.raises(QmsError, match="pdf-not-signed"):
        verify(published, file, "--certificate", str(PUBLISHER.pem(tmp_path / "pin.pem")))
    folder = ("--manifest", str(copy / manifests.NAME))
    assert published.ask("verify", str(copy), *folder).code == 1


def test_printed_again_it_is_the_build_inside_the_signed_file(published: Repo, copy: Path) -> None:
    current = published.root / "public" / "current"
    code = verify(published, current / ENGLISH)[1]["text"]["code"]
    for asked in (current / ENGLISH, code):
        found, said = verify(published, asked, "--rebuild")
        assert (found, said["rebuilt"]) == (0, "same")
    assert published.ask("verify", str(current), "--rebuild").code == 0
    (copy / ENGLISH).write_bytes(build_of(published, ENGLISH))
    assert verify(published, copy / ENGLISH, "--rebuild")[1]["rebuilt"] == "same"


def disguised(data: bytes) -> bytes:
    """Return a PDF with an update that empties its pages and hides what it says of itself."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    for name in ("/Names", "/AF"):
        writer.root.pop(name, None)
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b""))
    writer.update_root()
    writer.update_container(page)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("with_signature", [True, False])
def test_an_update_that_shows_something_else_is_altered(
    published: Repo, copy: Path, tmp_path: Path, with_signature: bool
) -> None:
    """Attack: the published bytes, and behind them what a reader sees instead."""
    file = copy / ENGLISH
    data = file.read_bytes() if with_signature else build_of(published, ENGLISH)
    file.write_bytes(disguised(data))
    code, said = verify(published, file)
    assert (code, said["verdict"]) == (1, "altered")
    if with_signature:
        assert isinstance(said["signature"], dict)
        assert not said["signature"]["intact"]
        assert "PDF SIGNATURE BROKEN" in published.ask("verify", str(file), *ON_A_DAY).out
        with pytest.raises(QmsError, match="pdf-signature-broken"):
            verify(published, file, "--certificate", str(PUBLISHER.pem(tmp_path / "pin.pem")))


def test_the_build_signed_by_somebody_else_is_altered(published: Repo, copy: Path) -> None:
    """Attack: our build with a signature of a namesake."""
    namesake = owner("Example Publisher")
    with pades.opened(str(namesake.p12(copy / "key.p12")), PASSPHRASE, NOW) as hand:
        made = pades.signed(build_of(published, ENGLISH), "a.pdf", "Signature", hand, None)
    (copy / ENGLISH).write_bytes(made)
    code, said = verify(published, copy / ENGLISH)
    assert (code, said["verdict"]) == (1, "altered")
    assert isinstance(said["signature"], dict)
    assert said["signature"]["certificate"] == namesake.fingerprint


def test_the_signature_of_another_file_is_altered(published: Repo, copy: Path) -> None:
    """Attack: the tail of the Chinese PDF behind the English build."""
    tail = (copy / CHINESE).read_bytes()[len(build_of(published, CHINESE)) :]
    (copy / ENGLISH).write_bytes(build_of(published, ENGLISH) + tail)
    assert verify(published, copy / ENGLISH)[1]["verdict"] == "altered"


def test_the_stamp_of_another_manifest_stops_every_answer(published: Repo, copy: Path) -> None:
    manifest = copy / manifests.NAME
    data = manifest.read_bytes().replace(b'"valid_from":"2026', b'"valid_from":"2025', 1)
    manifest.write_bytes(data)
    (copy / shelf.SEAL).unlink()
    with pytest.raises(QmsError, match="broken-stamp"):
        verify(published, copy / ENGLISH, "--manifest", str(manifest))


def test_without_the_extra_nothing_is_claimed(
    published: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    file = published.root / "public" / "current" / ENGLISH
    code, said = verify(published, file)
    assert (code, said["verdict"]) == (0, "in-force")
    told = tuple(said[name] for name in ("signature", "signature_examined", "time_stamp"))
    assert told == (None, False, None)
    told = published.ask("verify", str(file), *ON_A_DAY).out
    assert "a signature that was not examined" in told
    assert "a time stamp that was not examined" in told
    with pytest.raises(QmsError, match="no-sign-extra"):
        verify(published, file, "--certificate", str(PUBLISHER.pem(tmp_path / "pin.pem")))


def test_what_is_wrong_with_a_key_is_said_before_anything_is_made(published: Repo) -> None:
    before = sorted((published.root / "public").iterdir())
    answer = publish(published, PUBLISHER, passphrase="wrong")
    assert answer.code == 2
    assert "cannot be opened" in answer.err
    assert "wrong" not in answer.err.replace("passphrase is wrong", "")
    late = publish(published, owner("Late", end=NOW - DAY / 2))
    assert (late.code, "The certificate of Late ended on" in late.err) == (2, True)
    assert sorted((published.root / "public").iterdir()) == before


def test_a_dry_run_tells_what_would_be_signed(published: Repo) -> None:
    answer = publish(published, owner("Successor"), "--dry-run", "--json")
    assert {step["reason"] for step in answer.json["steps"]} == {"signer"}
    assert publish(published, PUBLISHER, "--dry-run").out == "PDFs to make: 0; unchanged: 2\n"


def test_not_signed_is_said_plainly(published: Repo, tmp_path: Path) -> None:
    words = ("publish", *ON_A_DAY, "--output", str(tmp_path / "public"))
    answer = published.qms(*words)
    last = answer.out.splitlines()[-1]
    assert last == "The PDFs are not signed; the manifest is not signed"
    again = published.qms(*words, "--json")
    said = {name: again.json[name] for name in ("signed", "manifest_signed", "manifest_stamped")}
    assert said == {"signed": 0, "manifest_signed": False, "manifest_stamped": False}
    chinese = published.qms(*words, "--lang", "zh-CN").out
    assert chinese.splitlines()[-1] == "PDF未经签署；清单未经签署"


def test_the_passphrase_is_handed_on_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers print what others have written, and inherit the environment."""
    from qms_docs.cli import publish as command
    from qms_docs.cli.settings import Settings

    monkeypatch.setenv("QMS_SIGN_PASSPHRASE", PASSPHRASE)
    assert command._passphrase("key.p12", Settings()) == PASSPHRASE
    assert "QMS_SIGN_PASSPHRASE" not in os.environ
