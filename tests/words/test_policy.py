"""Numbering, folders, languages: what `manual/policy.yaml` decides."""

import pytest

from qms_docs.words.policy import Policy
from tests.conftest import load


@pytest.fixture
def policy(base: dict[str, bytes]) -> Policy:
    return load(base).policy


def test_the_policy_holds_what_the_file_says(policy: Policy) -> None:
    assert policy.specimen
    assert policy.time_zone == "Asia/Shanghai"
    assert policy.languages == ("en", "zh-CN")
    assert [(r.key, r.code, r.file) for r in policy.registers] == [
        ("form", "FM", "manual/forms.yaml"),
        ("external", "EX", "manual/external.yaml"),
    ]
    procedure = policy.types["procedure"]
    assert procedure.responsible.approvers == ("CSC-RS-01",)
    assert procedure.sections[0].name == {"en": "Purpose", "zh-CN": "目的"}
    assert policy.types["instruction"].numbered_under == "procedure"


def test_what_is_not_said_is_no(base: dict[str, bytes]) -> None:
    text = base["manual/policy.yaml"].decode()
    text = text.replace("specimen: true\n", "").replace("  translations: [zh-CN]\n", "")
    policy = load({**base, "manual/policy.yaml": text}).policy
    assert not policy.specimen
    assert policy.languages == ("en",)


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("manual/CSC-QM-01.md", True),
        ("manual/roles/deep/x.png", True),
        ("procedures/x.md", True),
        ("manual", False),
        ("manuals/x.md", False),
        ("README.md", False),
        ("docs/manual/x.md", False),
    ],
)
def test_documents_stand_below_the_top_folders_of_the_types(
    policy: Policy, path: str, holds: bool
) -> None:
    assert policy.document_folders == ("manual", "procedures")
    assert policy.holds_documents(path) is holds


@pytest.mark.parametrize(
    ("kind", "identification", "fits"),
    [
        ("procedure", "CSC-QP-01", True),
        ("procedure", "CSC-QP-1", False),
        ("procedure", "CSC-QP-01-01", False),
        ("procedure", "CSC-WI-01", False),
        ("procedure", "XCSC-QP-01", False),
        ("procedure", "CSC-QP-01\n", False),
        ("instruction", "CSC-WI-01-02", True),
        ("instruction", "CSC-WI-01", False),
    ],
)
def test_an_identification_fits_the_numbering_of_its_type(
    policy: Policy, kind: str, identification: str, fits: bool
) -> None:
    assert policy.identifies(policy.types[kind], identification) is fits


def test_only_what_starts_with_the_prefix_is_ours(policy: Policy) -> None:
    assert policy.is_ours("CSC-QP-99")
    assert not policy.is_ours("CSCX-QP-99")
    assert not policy.is_ours("ISO-QP-99")


def test_a_translation_has_its_language_in_the_file_name(policy: Policy) -> None:
    assert policy.file_name("CSC-QP-01", "en") == "CSC-QP-01.md"
    assert policy.file_name("CSC-QP-01", "zh-CN") == "CSC-QP-01.zh-CN.md"


def test_a_name_that_is_not_translated_is_shown_in_the_language_that_is_there(
    policy: Policy,
) -> None:
    assert policy.in_language({"en": "Form", "zh-CN": "表单"}, "zh-CN") == "表单"
    assert policy.in_language({"en": "Form"}, "zh-CN") == "Form"
    assert policy.in_language({"fr": "Formulaire"}, "zh-CN") == "Formulaire"
