"""`qms publish` where there is no work tree: on the server itself."""

from pathlib import Path

import pytest

from qms_docs.words.errors import QmsError
from tests.acting import Life
from tests.attacks.stage import DOCUMENT
from tests.outer import Repo


@pytest.fixture
def bare(life: Life) -> Repo:
    """Return the bare repository of a server on whose main something is released."""
    life.stage.issued(DOCUMENT)
    life.stage.serve()
    return Repo(life.stage.server, life.repo.home)


def test_a_bare_repository_is_published_into_a_folder_that_is_named(
    bare: Repo, tmp_path: Path
) -> None:
    folder = tmp_path / "public"
    asked = ("publish", "--output", str(folder), "--dry-run", "--as-of", "2026-04-01", "--json")
    steps = bare.ask(*asked).json["steps"]
    assert [each["name"] for each in steps] == [f"{DOCUMENT}.en.pdf", f"{DOCUMENT}.zh-CN.pdf"]


def test_without_a_folder_it_is_said_what_is_missing(bare: Repo) -> None:
    with pytest.raises(QmsError) as raised:
        bare.ask("publish")
    assert raised.value.key == "no-work-tree"
    assert not (bare.root / "public").exists()
