"""What is known of one document, for people and programs."""

import json

import pytest

from qms_docs.judge import dossier
from qms_docs.judge.dossier import Dossier
from qms_docs.show import dossiers, standards
from qms_docs.text import messages
from qms_docs.words.manual import Manual
from tests.conftest import load

QP = "procedures/CSC-QP-01.md"


def known(files: dict[str, bytes], identification: str = "CSC-QP-01") -> tuple[Dossier, Manual]:
    manual = load(files)
    found = dossier.of(manual, identification)
    assert found is not None
    return found, manual


def shown(
    files: dict[str, bytes], identification: str = "CSC-QP-01"
) -> tuple[Dossier, Manual, dossiers.Digests]:
    found, manual = known(files, identification)
    return found, manual, dossier.digests(found, manual, files.__getitem__)


def test_the_facts_are_those_of_the_front_matter_in_words(base: dict[str, bytes]) -> None:
    found, manual = known(base)
    facts = dossiers.facts(found, manual, "en")
    assert facts["type"] == "Procedure"
    assert facts["revision"] == "2"
    assert facts["status"] == "draft"
    assert facts["change"] == "minor: States the time limits."
    assert facts["owner"] == "CSC-RS-02 Quality Manager"
    assert facts["approvers"] == "CSC-RS-01 General Manager"
    assert facts["clauses"] == "ISO 9001:2015: 8.2.1, 10.2"
    assert facts["records"] == "CSC-FM-01-01"
    assert facts["parent"] == "CSC-QM-01"
    assert facts["distribution"].startswith(
        "CSC-RS-01 General Manager, CSC-RS-02 Quality Manager ("
    )


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_text_shows_languages_use_and_what_is_missing(
    base: dict[str, bytes], language: str
) -> None:
    text = dossiers.as_text(*shown(base), language)
    assert text.startswith("CSC-QP-01 Complaint handling\n")
    assert f"zh-CN  投诉处理程序  ({QP.replace('.md', '.zh-CN.md')})" in text
    assert "manual/CSC-QM-01.md:29:48" in text
    assert all(
        messages.label(f"not-{step}", language) in text
        for step in ("prepared", "reviewed", "approved")
    )


def test_what_is_not_stated_is_not_shown(base: dict[str, bytes]) -> None:
    text = dossiers.as_text(*shown(base, "CSC-QM-01"), "en")
    assert messages.label("records", "en") not in text
    assert messages.label("distribution", "en") not in text


def test_the_content_digest_is_shown_unless_something_is_missing(base: dict[str, bytes]) -> None:
    *facts, digests = shown(base)
    text = dossiers.as_text(*facts, digests, "en")
    assert all(digest and digest in text for digest in digests.values())
    lacking = {**base, QP: base[QP] + b"\n![Chart](gone.png)\n"}
    assert messages.label("no-digest", "en") in dossiers.as_text(*shown(lacking), "en")


def test_a_title_cannot_send_orders_to_the_terminal(base: dict[str, bytes]) -> None:
    title = b'title: "a\\u202e[2J\\nb"'
    text = dossiers.as_text(
        *shown({**base, QP: base[QP].replace(b"title: Complaint handling", title)}), "en"
    )
    assert text.startswith("CSC-QP-01 a\ufffd[2J b\n")


def test_text_shows_what_people_are_assessed_by(base: dict[str, bytes]) -> None:
    table = "\n| Assessed item | Basis |\n|---|---|\n| Calls | [steps](CSC-QP-01.md) |\n"
    files = {**base, QP: base[QP] + table.encode()}
    heading = messages.label("assessed-by", "en")
    assert heading not in dossiers.as_text(*shown(base), "en")
    assert f"{heading}:\n    Calls  ({QP}:" in dossiers.as_text(*shown(files), "en")


def test_json_has_the_same_names_in_every_language(base: dict[str, bytes]) -> None:
    english, chinese = (
        json.loads(dossiers.as_json(*shown(base), language)) for language in messages.LANGUAGES
    )
    assert english == chinese
    for text in english["languages"]:
        assert len(text.pop("content_digest")) == 64
    assert english == {
        "id": "CSC-QP-01",
        "title": "Complaint handling",
        "type": "procedure",
        "revision": 2,
        "status": "draft",
        "owner": "CSC-RS-02",
        "reviewers": ["CSC-RS-02"],
        "approvers": ["CSC-RS-01"],
        "effective": "+14 days",
        "review_months": 12,
        "classification": "internal",
        "clauses": {"iso9001-2015": ["8.2.1", "10.2"]},
        "records": ["CSC-FM-01-01"],
        "parent": "CSC-QM-01",
        "languages": [
            {"language": "en", "title": "Complaint handling", "path": QP},
            {
                "language": "zh-CN",
                "title": "投诉处理程序",
                "path": "procedures/CSC-QP-01.zh-CN.md",
            },
        ],
        "review_due": None,
        "copies": [],
        "missing": [
            {"meaning": "prepared", "who": ""},
            {"meaning": "reviewed", "who": ""},
            {"meaning": "approved", "who": ""},
        ],
        "committed": True,
        "dismissed": [],
        "revisions": [],
        "steps": [],
        "used_at": ["manual/CSC-QM-01.md:29:48"],
        "assessed_by": [],
    }


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("iso9001-2015", "ISO 9001:2015"),
        ("iso18295-1-2017", "ISO 18295-1:2017"),
        ("copc-7", "copc-7"),
        ("iso9001", "iso9001"),
    ],
)
def test_a_standard_is_named_as_people_write_it(key: str, name: str) -> None:
    assert standards.standard_name(key) == name
