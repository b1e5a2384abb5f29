"""The classification decides who reads a document and what its PDF carries inside."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from qms_docs.edges.git import Repository
from qms_docs.edges.workers import WorkerPool
from qms_docs.words.errors import QmsError
from qms_docs.work import publish
from qms_docs.work.publish import Publication
from tests.attacks.stage import DOCUMENT, Stage, begun

MANUAL = "CSC-QM-01"
POLICY = """classifications:
  public: {en: Public, zh-CN: 公开}
  internal: {en: Internal, zh-CN: 内部}
publications:
  staff: [public, internal]
  customers: [public]
attachments:
  public: []
  internal: [source, records]
"""


def classify(stage: Stage) -> None:
    """Let the manual be public, and everything else internal."""
    old = "classifications:\n  internal: {en: Internal, zh-CN: 内部}\n"
    stage.edit("manual/policy.yaml", old, POLICY)
    stage.edit(f"manual/{MANUAL}.md", "classification: internal", "classification: public")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("disclosure") / "repo"
    folder.mkdir()
    stage = begun(folder, classify)
    stage.issued(DOCUMENT, MANUAL)
    stage.revised("## Records", "New.\n\n## Records")
    stage.issued(DOCUMENT)
    return stage


def run(stage: Stage, folder: Path, name: str, when: datetime | None = None) -> Publication:
    repository = Repository.open(stage.root)
    return publish.publish(
        repository,
        folder,
        when or stage.now,
        partial(WorkerPool, 1, 60),
        lambda *_: None,
        name=name,
    )


def attached(path: Path) -> Mapping[str, bytes]:
    with pikepdf.open(path) as opened:
        return {
            name: bytes(spec.get_file().read_bytes()) for name, spec in opened.attachments.items()
        }


def test_each_publication_has_what_its_readers_may_see(stage: Stage, tmp_path: Path) -> None:
    staff = run(stage, tmp_path / "staff", "")
    assert staff.edition is not None
    assert staff.edition.manifest.publication == "staff"
    assert staff.plan.withheld == 0
    inside = attached(staff.edition.folder / f"{DOCUMENT}.en.pdf")
    assert {f"{DOCUMENT}.md", "facts.json", "release.json"} < set(inside)
    statements = set(inside) - {f"{DOCUMENT}.md", "facts.json", "release.json"}
    assert statements
    assert all(f"{hashlib.sha256(inside[name]).hexdigest()}.json" == name for name in statements)

    customers = run(stage, tmp_path / "customers", "customers")
    assert customers.edition is not None
    folder = customers.edition.folder
    assert [path.name for path in folder.rglob("*.pdf")] == [f"{MANUAL}.en.pdf"]
    assert customers.plan.withheld == 4
    pages = [path for path in folder.iterdir() if path.suffix in (".html", ".json", ".csv")]
    assert pages
    assert not [path.name for path in pages if DOCUMENT in path.read_text("utf-8")]
    assert set(attached(folder / f"{MANUAL}.en.pdf")) == {"facts.json"}
    own = (staff.edition.folder / f"{MANUAL}.en.pdf").read_bytes()
    assert (folder / f"{MANUAL}.en.pdf").read_bytes() == own


def test_a_folder_is_for_one_kind_of_readers(stage: Stage, tmp_path: Path) -> None:
    run(stage, tmp_path / "public", "")
    with pytest.raises(QmsError) as raised:
        run(stage, tmp_path / "public", "customers")
    assert raised.value.key == "other-publication"


def test_a_publication_must_stand_in_the_policy(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(QmsError) as raised:
        run(stage, tmp_path / "public", "nobody")
    assert (raised.value.key, raised.value.values["known"]) == (
        "no-publication",
        "staff, customers",
    )
