"""Load a manual from the work tree, the index or a commit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qms_docs.edges.git import SUBMODULE, SYMLINK, Snapshot
from qms_docs.text import frontmatter, markdown, schema, yamltext
from qms_docs.text.yamltext import YamlText
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Place
from qms_docs.words.model import (
    Change,
    Control,
    Distribution,
    Document,
    Manual,
    RegisterEntry,
    Source,
)
from qms_docs.words.policy import Policy, RegisterFile, policy_from

POLICY = "manual/policy.yaml"


class UnreadablePolicyError(QmsError):
    """The policy is not in order, so nothing else can be judged; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("unreadable-policy", path=POLICY)
        self.findings = findings


@dataclass
class _Reading:
    """What has been read so far."""

    snapshot: Snapshot
    problems: list[Finding] = field(default_factory=list)

    def yaml(self, path: str, schema_name: str) -> YamlText | None:
        """Read a data file; None, with findings, if it is not in order."""
        try:
            text = self.snapshot.read(path).decode("utf-8")
        except UnicodeDecodeError as error:
            values = {"byte": f"0x{error.object[error.start]:02x}"}
            self.problems.append(Finding("QMS101", Place(path), "encoding", values))
            return None
        yaml = yamltext.read(text, path, "QMS101")
        found = yaml.findings or list(schema.validate(schema_name, yaml.value, path, yaml.places))
        self.problems += found
        return None if found else yaml


def load(snapshot: Snapshot) -> Manual:
    """Read every document and register of a manual; what is wrong becomes its `problems`.

    Raises QmsError if there is no policy or a file cannot be read, UnreadablePolicyError if the
    policy is not in order.
    """
    reading = _Reading(snapshot)
    policy = _policy(reading)
    sources = tuple(_sources(reading, policy))
    documents = tuple(_documents(reading, sources))
    registers = {register.code: _register(reading, register) for register in policy.registers}
    return Manual(
        origin=snapshot.origin,
        policy=policy,
        sources=sources,
        documents=tuple(sorted(documents, key=lambda d: (d.id, not d.is_master, d.language))),
        entries=tuple(entry for entries in registers.values() for entry in entries or ()),
        registers=frozenset(code for code, entries in registers.items() if entries is not None),
        paths=snapshot.modes,
        problems=tuple(reading.problems),
    )


def _policy(reading: _Reading) -> Policy:
    if POLICY not in reading.snapshot.modes:
        raise QmsError("no-policy", path=POLICY, origin=reading.snapshot.origin)
    yaml = reading.yaml(POLICY, "policy")
    if yaml is None:
        raise UnreadablePolicyError(tuple(reading.problems))
    return policy_from(_mapping(yaml.value))


def _sources(reading: _Reading, policy: Policy) -> Iterator[Source]:
    for path, mode in sorted(reading.snapshot.modes.items()):
        if mode in (SYMLINK, SUBMODULE) or not path.endswith(".md"):
            continue
        if policy.holds_documents(path):
            yield _source(reading, path)


def _source(reading: _Reading, path: str) -> Source:
    data = reading.snapshot.read(path)
    front = frontmatter.split(data, path)
    reading.problems += front.findings
    return Source(
        path=path,
        data=data,
        metadata=front.metadata,
        places=front.places,
        body=front.body,
        body_line=front.body_line,
        content=markdown.read(front.body, path, front.body_line),
    )


def _documents(reading: _Reading, sources: Iterable[Source]) -> Iterator[Document]:
    """Make documents of the sources whose front matter is in order, masters first."""
    masters: dict[str, Document] = {}
    translations = []
    for source in sources:
        if not source.metadata:
            continue
        found = list(schema.validate("document", source.metadata, source.path, source.places))
        reading.problems += found
        if found:
            continue
        if "translation_of" in source.metadata:
            translations.append(source)
        else:
            document = _document(source, _control(source.metadata))
            masters.setdefault(document.id, document)
            yield document
    ids = {source.identification for source in sources if "type" in source.metadata}
    for source in translations:
        of = _mapping(source.metadata["translation_of"])["id"]
        master = masters.get(str(of))
        if of != source.metadata["id"]:
            values = {"id": str(source.metadata["id"]), "master": str(of)}
            place = source.place("translation_of", "id")
            reading.problems.append(Finding("QMS108", place, "identification", values))
        elif master is not None:
            yield _document(source, master.control)
        elif of not in ids:
            place = source.place("translation_of", "id")
            reading.problems.append(Finding("QMS108", place, "master", {"id": str(of)}))


def _document(source: Source, control: Control) -> Document:
    fields: Mapping[str, Any] = source.metadata
    change = fields["change"]
    translated = fields.get("translation_of")
    return Document(
        source=source,
        id=fields["id"],
        title=fields["title"],
        language=fields["language"],
        revision=fields["revision"],
        change=Change(
            grade=change["class"],
            reason=change["reason"],
            summary=change["summary"],
            request=change.get("request"),
        ),
        control=control,
        drafters=tuple(fields.get("drafters", ())),
        translation_of=None if translated is None else translated["revision"],
    )


def _control(fields: Mapping[str, Any]) -> Control:
    distribution = fields.get("distribution", {})
    return Control(
        type=fields["type"],
        owner=fields["owner"],
        reviewers=tuple(fields["reviewers"]),
        approvers=tuple(fields["approvers"]),
        effective=fields["effective"],
        review_months=fields["review_months"],
        classification=fields["classification"],
        clauses={name: tuple(numbers) for name, numbers in fields.get("clauses", {}).items()},
        distribution=Distribution(
            roles=tuple(distribution.get("roles", ())),
            reading=distribution.get("reading", "none"),
            days=distribution.get("days", 0),
        ),
        records=tuple(fields.get("records", ())),
        parent=fields.get("parent"),
        supersedes=tuple(fields.get("supersedes", ())),
        expires=fields.get("expires"),
    )


def _register(reading: _Reading, register: RegisterFile) -> list[RegisterEntry] | None:
    """Return the entries of a register; None, with findings, if it is not in order."""
    if register.file not in reading.snapshot.modes:
        values = {"file": register.file, "register": register.key}
        reading.problems.append(Finding("QMS101", Place(POLICY), "register", values))
        return None
    yaml = reading.yaml(register.file, "register")
    if yaml is None:
        return None
    places = yaml.places
    return [
        RegisterEntry(
            id=entry["id"],
            register=register.key,
            title=entry["title"],
            owner=entry["owner"],
            place=places["entries", index, "id"],
            places={name: places["entries", index, name] for name in entry},
        )
        for index, entry in enumerate(_mapping(yaml.value)["entries"])
    ]


def _mapping(value: object) -> Mapping[str, Any]:
    assert isinstance(value, dict)
    return value
