"""Files become documents and entries; what is not in order becomes findings."""

import pytest

from qms_docs.text import documents
from qms_docs.words.findings import Finding, Place
from tests.conftest import load

QP, ZH = "procedures/CSC-QP-01.md", "procedures/CSC-QP-01.zh-CN.md"


def test_a_document_states_what_its_front_matter_says(base: dict[str, bytes]) -> None:
    document = load(base).find("CSC-QP-01")
    assert document is not None
    control = document.control
    assert (document.title, document.revision) == ("Complaint handling", 2)
    assert document.drafters == ("Quality office",)
    assert (document.change.grade, document.change.request) == ("minor", None)
    assert control.clauses == {"iso9001-2015": ("8.2.1", "10.2")}
    assert (control.distribution.reading, control.distribution.days) == ("read", 10)
    assert (control.effective, control.parent) == ("+14 days", "CSC-QM-01")
    assert control.records == ("CSC-FM-01-01",)
    assert document.source.place("clauses", "iso9001-2015", 1) == Place(QP, 18, 25)


def test_what_may_be_left_out_has_the_least_meaning(base: dict[str, bytes]) -> None:
    document = load(base).find("CSC-QM-01")
    assert document is not None
    control = document.control
    assert (control.distribution.roles, control.distribution.reading) == ((), "none")
    assert (control.parent, control.records, control.supersedes, control.expires) == (
        None, (), (), None,
    )  # fmt: skip


def test_an_entry_knows_where_its_fields_stand(base: dict[str, bytes]) -> None:
    form, external = load(base).entries
    assert (form.id, form.register, form.owner) == ("CSC-FM-01-01", "form", "CSC-RS-02")
    assert (form.place, form.places["owner"]) == (
        Place("manual/forms.yaml", 2, 5),
        Place("manual/forms.yaml", 4, 5),
    )
    assert external.title == {"en": "ISO 9001:2015, Quality management systems"}


def test_a_translation_of_a_broken_master_is_left_out_without_a_word(
    base: dict[str, bytes],
) -> None:
    broken = base[QP].replace(b"revision: 2", b"revision: two")
    manual = load({**base, QP: broken})
    assert [document.id for document in manual.documents] == ["CSC-QM-01", "CSC-RS-01", "CSC-RS-02"]
    assert [(item.code, item.place.path) for item in manual.problems] == [("QMS104", QP)]


def test_a_file_that_cannot_be_read_is_no_document(base: dict[str, bytes]) -> None:
    manual = load({**base, QP: b"\xff"})
    source = manual.by_path[QP]
    assert (source.metadata, source.body, source.content.links) == ({}, "", ())
    assert manual.find("CSC-QP-01") is None


def test_only_markdown_files_of_document_folders_are_documents(base: dict[str, bytes]) -> None:
    manual = load({**base, "README.md": "x", "docs/manual.md": "x", "manual/notes.txt": "x"})
    assert {source.path for source in manual.sources} == {
        path for path in base if path.endswith(".md")
    }


@pytest.mark.parametrize(
    ("data", "case"), [(b"\xff", "encoding"), (b"\xef\xbb\xbfentries: []", "bom"), (b"[", "syntax")]
)
def test_a_data_file_that_is_no_yaml_text_is_a_finding(data: bytes, case: str) -> None:
    findings: list[Finding] = []
    assert documents.read_data("f.yaml", data, "register", findings) is None
    assert [(item.code, item.case) for item in findings] == [("QMS101", case)]
