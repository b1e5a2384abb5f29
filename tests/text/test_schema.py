"""The JSON Schemas: every departure at once, each where it stands."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import schema, yamltext
from qms_docs.words.findings import Finding

NAMES = ("document", "policy", "register")
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "title", "change", "clauses", "translation_of", "entries", "types"]
            )
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


def validate(name: str, text: str) -> list[Finding]:
    yaml = yamltext.read(text, "f", "QMS101")
    assert yaml.findings == []
    return list(schema.validate(name, yaml.value, "f", yaml.places))


def problems(name: str, text: str) -> list[str]:
    return [
        f"{item.place.line}:{item.place.column} {item.code} {item.case} {item.values['field']}"
        for item in sorted(validate(name, text), key=lambda item: (item.place, item.code))
    ]


def test_all_departures_are_reported_at_once_each_at_its_place() -> None:
    text = """id: csc-qp-01
type: procedure
title: 2027
language: english
revision: 1.0
owner: CSC-RS-01
reviewers: []
approvers: [CSC-RS-01, Manager, CSC-RS-01]
effective: 2025-02-31T09:00:00+08:00
expires: tomorrow
review_months: 0
change:
  class: huge
  note: x
clauses: {iso9001-2015: ["8.2.1", 8.7]}
status: approved
"""
    assert problems("document", text) == [
        "1:1 QMS102  classification",
        "1:1 QMS104 lookalike id",
        "3:1 QMS104 type title",
        "4:1 QMS104 pattern language",
        "5:1 QMS104 type revision",
        "7:1 QMS104 empty reviewers",
        "8:1 QMS104 repeated approvers",
        "8:24 QMS104 pattern approvers.1",
        "9:1 QMS104 format effective",
        "10:1 QMS104 format expires",
        "11:1 QMS104 minimum review_months",
        "12:1 QMS102  change.reason",
        "12:1 QMS102  change.summary",
        "13:3 QMS104 enum change.class",
        "14:3 QMS103  change.note",
        "16:1 QMS103  status",
    ]


@pytest.mark.parametrize(
    ("field", "value", "sound"),
    [
        ("effective", "on-release", True),
        ("effective", "+14 days", True),
        ("effective", "+1 day", True),
        ("effective", "+0 days", False),
        ("effective", "2027-01-15T09:00:00+08:00", True),
        ("effective", "2027-01-15T09:00:00", False),
        ("effective", "2027-01-15", False),
        ("effective", "2027-02-29T09:00:00+08:00", False),
        ("effective", "2028-02-29T09:00:00+08:00", True),
        ("effective", "soon", False),
        ("expires", "2027-01-15T09:00:00Z", True),
        ("expires", "2026-06-30T23:59:60Z", False),
        ("expires", "2027-01-15t09:00:00z", False),
        ("expires", "0000-01-15T09:00:00Z", False),
        ("expires", "on-release", False),
        ("language", "zh-Hans-CN", True),
        ("language", "ZH", False),
        ("id", "CSC-QP-1", False),
        ("id", "CSC-WI-01-02", True),
        ("id", "CSC-QP-01-02-03", False),
        ("drafters", "[Quality office]", True),
        ("drafters", "Quality office", False),
        ("clauses", '{iso9001-2015: ["7.5", 8.2.1, A.1]}', True),
        ("clauses", "{ISO 9001: [8.2.1]}", False),
        ("distribution", "{roles: [CSC-RS-01], reading: quiz, days: 90}", True),
        ("distribution", "{reading: quiz}", False),
        ("distribution", "{roles: [CSC-RS-01], days: 91}", False),
        ("supersedes", "[CSC-QP-09]", True),
        ("parent", "", False),
    ],
)
def test_a_field_takes_what_its_description_says(field: str, value: str, sound: bool) -> None:
    fields = {
        "id": "CSC-QP-01",
        "type": "procedure",
        "title": "x",
        "language": "en",
        "revision": "1",
        "owner": "CSC-RS-01",
        "reviewers": "[CSC-RS-01]",
        "approvers": "[CSC-RS-01]",
        "effective": "on-release",
        "review_months": "12",
        "change": "{class: minor, reason: x, summary: x}",
        "classification": "internal",
        field: value,
    }
    text = "".join(f"{name}: {typed}\n" for name, typed in fields.items())
    assert (validate("document", text) == []) is sound


def test_a_translation_states_only_what_is_its_own() -> None:
    text = """id: CSC-QP-01
title: 投诉
language: zh-CN
revision: 1
translation_of: {id: CSC-QP-01, revision: 1}
change: {class: minor, reason: x, summary: x}
"""
    assert validate("document", text) == []
    assert problems("document", text + "owner: CSC-RS-01\n") == ["7:1 QMS103  owner"]
    assert problems("document", text.replace("revision: 1}", "revision: one}")) == [
        "5:33 QMS104 type translation_of.revision"
    ]


@pytest.mark.parametrize("name", ["policy", "register"])
@pytest.mark.parametrize("value", [None, [], "text", 1])
def test_a_data_file_that_holds_something_else_is_one_finding(name: str, value: object) -> None:
    (finding,) = schema.validate(name, value, "f.yaml", {})
    assert (finding.code, finding.case) == ("QMS104", "type")
    assert finding.values["field"] == "f.yaml"


@pytest.mark.parametrize("name", NAMES)
@given(value=_VALUES)
def test_no_value_makes_the_validation_fail(name: str, value: object) -> None:
    for finding in schema.validate(name, value, "f", {}):
        assert finding.code in ("QMS102", "QMS103", "QMS104")


def test_a_kind_of_table_that_lacks_a_column_or_has_another_is_found() -> None:
    value = {"tables": {"duties": {"duty": {"en": "Duty"}, "rules": {"en": "Rule"}}}}
    found = {
        (each.code, each.values.get("field")) for each in schema.validate("policy", value, "p", {})
    }
    assert {
        ("QMS102", "tables.duties.rule"),
        ("QMS102", "tables.duties.evidence"),
        ("QMS103", "tables.duties.rules"),
    } <= found


def test_a_long_value_is_shown_in_short() -> None:
    (finding,) = validate("register", f"entries: {'x' * 300}")
    assert len(finding.values["value"]) == 58


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from _nodes(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _nodes(inner)


def _load(name: str) -> Any:
    text = files("qms_docs").joinpath("data", "schemas", f"{name}.schema.json").read_text("utf-8")
    return json.loads(text)


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_follow_the_schema_language(name: str) -> None:
    jsonschema_rs.meta.validate(_load(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_example_of_a_text_or_number_fits_its_own_field(name: str) -> None:
    schema = _load(name)
    for node in _nodes(schema):
        simple = node.get("type") in ("string", "integer")
        for example in node.get("examples", ()) if simple else ():
            whole = {**node, "$defs": schema["$defs"]}
            validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
            assert validator.is_valid(example), example
