"""The file of the policy: values out of YAML that has passed `policy.schema.json`."""

from collections.abc import Iterator, Mapping

from qms_docs.words.policy import (
    DocumentType,
    Policy,
    ProcessGroup,
    RegisterFile,
    Responsible,
    Section,
)


def policy_from(data: object) -> Policy:
    """Return the policy of a file that follows its schema."""
    fields = _mapping(data)
    languages = _mapping(fields["languages"])
    return Policy(
        organisation=_names(fields["organisation"]),
        specimen=bool(fields.get("specimen", False)),
        portal=str(fields.get("portal", "")),
        time_zone=str(fields["time_zone"]),
        master=str(languages["master"]),
        translations=_strings(languages.get("translations", ())),
        prefix=str(fields["prefix"]),
        classifications={k: _names(v) for k, v in _mapping(fields["classifications"]).items()},
        publications=_lists(fields.get("publications", {})),
        attachments=_lists(fields.get("attachments", {})),
        extracts=_strings(fields.get("extracts", ())),
        processes=tuple(_groups(fields.get("processes", []))),
        registers=tuple(_registers(_mapping(fields.get("registers", {})))),
        types={k: _type(k, _mapping(v)) for k, v in _mapping(fields["types"]).items()},
        tables={
            kind: {column: _names(names) for column, names in _mapping(columns).items()}
            for kind, columns in _mapping(fields.get("tables", {})).items()
        },
        parties=_all_names(fields.get("parties", [])),
        collectives={
            key: _all_names(names) for key, names in _mapping(fields.get("collectives", {})).items()
        },
    )


def _registers(data: Mapping[str, object]) -> Iterator[RegisterFile]:
    for key, value in data.items():
        entry = _mapping(value)
        yield RegisterFile(
            key=key,
            code=str(entry["code"]),
            file=str(entry["file"]),
            schema=str(entry.get("schema", "register")),
        )


def _groups(data: object) -> Iterator[ProcessGroup]:
    assert isinstance(data, list)
    for each in map(_mapping, data):
        yield ProcessGroup(_names(each["name"]), _strings(each["documents"]))


def _type(key: str, data: Mapping[str, object]) -> DocumentType:
    responsible = _mapping(data["responsible"])
    under = data.get("numbered_under")
    return DocumentType(
        key=key,
        name=_names(data["name"]),
        code=str(data["code"]),
        folder=str(data["folder"]).strip("/"),
        review_months=int(str(data["review_months"])),
        responsible=Responsible(
            owner=str(responsible["owner"]),
            reviewers=_strings(responsible["reviewers"]),
            approvers=_strings(responsible["approvers"]),
        ),
        sections=tuple(map(_section, _list(data["sections"]))),
        numbered_under=None if under is None else str(under),
        must_expire=data.get("expires") == "required",
    )


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, dict)
    return value


def _names(value: object) -> Mapping[str, str]:
    return {key: str(name) for key, name in _mapping(value).items()}


def _lists(value: object) -> Mapping[str, tuple[str, ...]]:
    return {key: _strings(items) for key, items in _mapping(value).items()}


def _section(value: object) -> Section:
    fields = dict(_mapping(value))
    tables = _strings(fields.pop("tables", ()))
    return Section(_names(fields), tables)


def _all_names(value: object) -> tuple[Mapping[str, str], ...]:
    return tuple(map(_names, _list(value)))


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _strings(value: object) -> tuple[str, ...]:
    assert isinstance(value, (list, tuple))
    return tuple(str(item) for item in value)
