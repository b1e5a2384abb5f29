"""Status, and what is known of one document."""

from qms_docs.judge import dossier, lifecycle
from qms_docs.words.model import Status
from tests.conftest import load

QP = "procedures/CSC-QP-01.md"


def test_a_revision_without_release_is_a_draft_whatever_is_typed(base: dict[str, bytes]) -> None:
    text = base[QP].replace(b"effective: +14 days", b"effective: 2020-01-01T00:00:00Z")
    manual = load({**base, QP: text.replace(b"States the", b"Approved and released; states the")})
    assert {lifecycle.status(document, manual) for document in manual.documents} == {Status.DRAFT}


def test_a_dossier_holds_languages_and_places_of_use(base: dict[str, bytes]) -> None:
    found = dossier.of(load(base), "CSC-QP-01")
    assert found is not None
    assert found.document.is_master
    assert [text.language for text in found.languages] == ["en", "zh-CN"]
    assert [str(place) for place in found.used_at] == ["manual/CSC-QM-01.md:29:48"]
    assert [slot.meaning for slot in found.missing] == ["prepared", "reviewed", "approved"]


def test_a_document_that_nobody_names_is_used_nowhere(base: dict[str, bytes]) -> None:
    lonely = base[QP].replace(b"id: CSC-QP-01", b"id: CSC-QP-02")
    found = dossier.of(load({**base, "procedures/CSC-QP-02.md": lonely}), "CSC-QP-02")
    assert found is not None
    assert found.used_at == ()


def test_there_is_no_dossier_of_what_does_not_exist(base: dict[str, bytes]) -> None:
    assert dossier.of(load(base), "CSC-QP-99") is None
    assert dossier.of(load(base), "CSC-FM-01-01") is None
