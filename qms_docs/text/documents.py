"""Bytes of files in, documents and data out; what is wrong becomes findings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from qms_docs.text import characters, frontmatter, markdown, schema, utf8, yamltext
from qms_docs.text.yamltext import YamlText
from qms_docs.words.findings import Finding
from qms_docs.words.model import Change, Content, Control, Distribution, Document, Source

ReadBody = Callable[[str, str, int], Content]
"""Reads a body, at a path, from a line of the file on: `markdown.read`, or what remembers it."""


def read_source(
    path: str, data: bytes, findings: list[Finding], read_body: ReadBody = markdown.read
) -> Source:
    """Read a Markdown file of a document folder."""
    front = frontmatter.split(data, path)
    findings += front.findings
    if not front.findings:
        findings += characters.check(data.decode("utf-8"), path)
    return Source(
        path=path,
        data=data,
        metadata=front.metadata,
        places=front.places,
        body=front.body,
        body_line=front.body_line,
        content=read_body(front.body, path, front.body_line),
    )


def read_front(path: str, data: bytes, findings: list[Finding]) -> Source:
    """Read the front matter of a Markdown file, and nothing of its body."""
    return read_source(path, data, findings, lambda *_: Content())


def read_data(path: str, data: bytes, schema_name: str, findings: list[Finding]) -> YamlText | None:
    """Read a YAML data file; None, with findings, if it does not follow its schema."""
    text = utf8.decode(data, path, frontmatter.CODE)
    if isinstance(text, Finding):
        findings.append(text)
        return None
    yaml = yamltext.read(text, path, frontmatter.CODE)
    findings += () if yaml.findings else characters.check(text, path)
    found = yaml.findings or list(schema.validate(schema_name, yaml.value, path, yaml.places))
    findings += found
    return None if found else yaml


def documents_of(sources: Iterable[Source], findings: list[Finding]) -> list[Document]:
    """Make documents of the sources whose front matter is in order.

    A translation inherits the control data of its master, so it becomes a document only if its
    master does.
    """
    sound = [source for source in sources if _follows_schema(source, findings)]
    masters = [
        _document(source, _control(source.metadata))
        for source in sound
        if "translation_of" not in source.metadata
    ]
    by_id = {document.id: document for document in reversed(masters)}
    typed = {source.identification for source in sources if "type" in source.metadata}
    translations = []
    for source in sound:
        if "translation_of" in source.metadata:
            master = by_id.get(str(source.metadata["id"]))
            findings += _unfit(source, typed)
            if master is not None:
                translations.append(_document(source, master.control))
    return sorted([*masters, *translations], key=lambda d: (d.id, not d.is_master, d.language))


def _follows_schema(source: Source, findings: list[Finding]) -> bool:
    if not source.metadata:
        return False
    found = list(schema.validate("document", source.metadata, source.path, source.places))
    findings += found
    return not found


def _unfit(source: Source, masters: set[str | None]) -> Iterator[Finding]:
    """Say what is wrong between a translation and the master it names."""
    named = str(_mapping(source.metadata["translation_of"])["id"])
    place = source.place("translation_of", "id")
    if named != source.identification:
        values = {"id": str(source.identification), "master": named}
        yield Finding("QMS108", place, "identification", values)
    elif named not in masters:
        yield Finding("QMS108", place, "master", {"id": named})


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


def _mapping(value: object) -> Mapping[str, Any]:
    assert isinstance(value, dict)
    return value
