"""What a manual answers about itself."""

from dataclasses import replace

from qms_docs.words.findings import Place
from qms_docs.words.model import Content, Source
from tests.conftest import load


def _source(metadata: dict[str, object], path: str = "procedures/CSC-QP-07.zh-CN.md") -> Source:
    places: dict[tuple[str | int, ...], Place] = {
        ("title",): Place(path, 3),
        ("change",): Place(path, 5),
    }
    return Source(path, b"", metadata, places, "", 1, Content())


def test_a_source_is_identified_as_typed() -> None:
    assert _source({"id": "CSC-QP-01"}).identification == "CSC-QP-01"


def test_a_source_that_could_not_be_read_is_identified_by_its_file_name() -> None:
    assert _source({}).identification == "CSC-QP-07"


def test_an_identification_that_is_no_text_identifies_nothing() -> None:
    assert _source({"id": ["CSC-QP-01"]}).identification is None
    assert _source({"title": "Without id"}).identification is None


def test_a_field_without_a_place_is_found_at_the_nearest_one() -> None:
    source = _source({})
    assert source.place("title").line == 3
    assert source.place("change", "reason").line == 5
    assert source.place("owner") == Place(source.path)


def test_documents_stand_by_identification_and_the_master_first(base: dict[str, bytes]) -> None:
    listed = [(d.id, d.language, d.is_master) for d in load(base).documents]
    assert listed == [
        ("CSC-QM-01", "en", True),
        ("CSC-QP-01", "en", True),
        ("CSC-QP-01", "zh-CN", False),
        ("CSC-RS-01", "en", True),
        ("CSC-RS-02", "en", True),
    ]


def test_a_document_is_found_in_a_language(base: dict[str, bytes]) -> None:
    manual = load(base)
    master, translation = manual.find("CSC-QP-01"), manual.find("CSC-QP-01", "zh-CN")
    assert master is not None
    assert translation is not None
    assert master.path == "procedures/CSC-QP-01.md"
    assert translation.path == "procedures/CSC-QP-01.zh-CN.md"
    assert manual.find("CSC-QP-01", "fr") is None
    assert manual.find("CSC-QP-99") is None
    assert [d.language for d in manual.languages_of("CSC-QP-01")] == ["en", "zh-CN"]


def test_a_translation_inherits_what_its_master_states(base: dict[str, bytes]) -> None:
    manual = load(base)
    master, translation = manual.languages_of("CSC-QP-01")
    assert translation.control == master.control
    assert translation.translation_of == master.revision == 2
    assert translation.title != master.title


def test_everything_that_can_be_referred_to_is_known(base: dict[str, bytes]) -> None:
    known = load(base).identifications
    assert {"CSC-QM-01", "CSC-QP-01", "CSC-RS-01", "CSC-FM-01-01", "CSC-EX-01"} <= known


def test_a_document_that_is_otherwise_broken_can_still_be_referred_to(
    base: dict[str, bytes],
) -> None:
    broken = load({**base, "procedures/CSC-QP-01.md": "no front matter"})
    assert "CSC-QP-01" in broken.identifications
    assert broken.find("CSC-QP-01") is None


def test_roles_are_the_role_sheets(base: dict[str, bytes]) -> None:
    assert load(base).roles == {"CSC-RS-01", "CSC-RS-02"}


def test_a_symbolic_link_is_no_regular_file(base: dict[str, bytes]) -> None:
    paths = {"a": "100644", "b": "100755", "c": "120000", "d": "160000"}
    manual = replace(load(base), paths=paths)
    assert [manual.is_regular(path) for path in "abcde"] == [True, True, False, False, False]


def test_folders_are_all_that_hold_a_file_and_the_top(base: dict[str, bytes]) -> None:
    manual = replace(load(base), paths={"a/b/c.md": "100644", "d.md": "100644"})
    assert manual.folders == {".", "a", "a/b"}
    assert replace(manual, paths={}).folders == set()
