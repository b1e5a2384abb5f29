"""Load a manual from the work tree, the index or a commit."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from qms_docs.edges import contents
from qms_docs.edges.git import Snapshot
from qms_docs.judge import consistency, lifecycle, tree
from qms_docs.judge.controlled import DATA
from qms_docs.text import (
    authority,
    closure,
    csvtable,
    documents,
    glossary,
    images,
    parameters,
    registers,
    standards,
    systems,
    waivers,
)
from qms_docs.text.policy import policy_from
from qms_docs.text.yamltext import YamlText
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Frozen
from qms_docs.words.findings import Finding, Place
from qms_docs.words.glossary import Term
from qms_docs.words.issues import Released
from qms_docs.words.manual import DataFile, Manual, Predecessor
from qms_docs.words.model import DataTable, Document, Flaw, Source
from qms_docs.words.parameters import Parameter
from qms_docs.words.paths import is_text
from qms_docs.words.policy import Policy, RegisterFile
from qms_docs.words.printing import IMAGE_TYPES
from qms_docs.words.registers import RegisterEntry
from qms_docs.words.standards import Standard
from qms_docs.words.systems import System

POLICY = "manual/policy.yaml"
PARAMETERS = "manual/parameters.yaml"


class UnreadableDataError(QmsError):
    """Data that decides about all else is not in order; `findings` say why."""

    def __init__(self, findings: list[Finding], key: str = "unreadable-data") -> None:
        super().__init__(key, path=findings[0].place.path if findings else POLICY)
        self.findings = tuple(findings)


class UnreadablePolicyError(UnreadableDataError):
    """The policy is not in order, so nothing else can be judged."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings, "unreadable-policy")


@dataclass(frozen=True)
class State:
    """What is released, and the instant for which it is asked."""

    released: Released = field(default_factory=Released)
    as_of: datetime | None = None
    read_blob: Callable[[str], bytes] | None = None
    """Returns a content by Git's name: for the texts of released revisions."""


ReadSource = Callable[[str, bytes, list[Finding]], Source]


def load(
    snapshot: Snapshot, read_source: ReadSource = documents.read_source, state: State | None = None
) -> Manual:
    """Read every document and register of a manual; what is wrong becomes its `problems`.

    `read_source` may remember what it has read: the answer depends on its arguments alone. Without
    a state nothing counts as released.
    Raises QmsError if there is no policy or the disk or Git does not give a file,
    UnreadablePolicyError if the policy is not in order.
    """
    problems: list[Finding] = []
    policy = _policy(snapshot, problems)
    sources = tuple(_sources(snapshot, policy, read_source, problems))
    listed = {
        register.code: _register(snapshot, register, problems) for register in policy.registers
    }
    state = state or State()
    data = _controlled(snapshot, problems, state)
    flaws = dict(_flaws(snapshot, sources, problems))
    manual = Manual(
        origin=snapshot.origin,
        policy=policy,
        sources=sources,
        documents=tuple(documents.documents_of(sources, problems)),
        entries=tuple(entry for entries in listed.values() for entry in entries or ()),
        registers=frozenset(code for code, entries in listed.items() if entries is not None),
        paths=snapshot.modes,
        parameters=_parameters(snapshot, problems),
        standards=_standards(snapshot, problems),
        systems=_systems(snapshot, problems),
        glossary=_glossary(snapshot, problems),
        tables=_tables(snapshot, sources, problems),
        problems=tuple(problems),
        flaws=flaws,
        data={name: _stated(name, yaml, snapshot) for name, yaml in data.items()},
        waivers=tuple(waivers.waivers_of(data["waivers"])) if "waivers" in data else (),
        released=state.released,
        as_of=state.as_of,
    )
    found = dict(_closures(manual, snapshot))
    digests = {path: each.digest if each else None for path, each in found.items()}
    manual = replace(manual, contents=digests)
    return replace(
        manual,
        predecessors=dict(_predecessors(manual, found, state)),
        translated=dict(_translated(manual, state)),
    )


def load_fronts(snapshot: Snapshot) -> Manual:
    """Read a manual as far as front matters and registers tell it: who asks for no bodies."""
    return load(snapshot, documents.read_front)


def load_remembering(snapshot: Snapshot, state: State | None = None) -> Manual:
    """Read a manual with what was read before of the same bodies: for who only wants to know."""
    with contents.opened() as cache:
        return load(snapshot, partial(documents.read_source, read_body=cache.read), state)


def _bytes(snapshot: Snapshot, path: str, problems: list[Finding]) -> bytes | None:
    """Return a file; None, with a finding, if it is too large to be read."""
    try:
        return snapshot.read(path)
    except QmsError as error:
        if error.key != "file-too-large":
            raise
        problems.append(Finding("QMS118", Place(path), values={"limit": error.values["limit"]}))
        return None


def _data(snapshot: Snapshot, path: str, schema: str, problems: list[Finding]) -> YamlText | None:
    """Return a data file; None if it is not in order, with a finding: of a link QMS507 has one."""
    if not snapshot.is_file(path):
        return None
    data = _bytes(snapshot, path, problems)
    return None if data is None else documents.read_data(path, data, schema, problems)


def _policy(snapshot: Snapshot, problems: list[Finding]) -> Policy:
    if POLICY not in snapshot.modes:
        raise QmsError("no-policy", path=POLICY, origin=snapshot.origin)
    yaml = _data(snapshot, POLICY, "policy", problems)
    if yaml is None:  # no rule runs without a policy: what is wrong with it is told here
        raise UnreadablePolicyError(problems or [Finding("QMS507", Place(POLICY), "symlink")])
    policy = policy_from(yaml.value)
    problems += consistency.check(policy, yaml.places)
    return policy


def _controlled(snapshot: Snapshot, problems: list[Finding], state: State) -> dict[str, YamlText]:
    """Return the data that decides about evidence, as written; what counts is what is released."""
    found = {}
    for name, path in DATA.items():
        if name == "policy":  # has been read and judged; whether it is released is asked here
            yaml = _data(snapshot, path, name, []) if state.released.genesis else None
        else:
            yaml = _data(snapshot, path, name, problems)
        if yaml is not None:
            found[name] = yaml
    if "authority" in found:
        problems += authority.problems(found["authority"])
    return found


def _stated(name: str, yaml: YamlText, snapshot: Snapshot) -> DataFile:
    path, fields = DATA[name], yaml.value
    assert isinstance(fields, dict)
    place = yaml.places.get(("revision",), Place(path))
    content = closure.of_data(snapshot.read(path)).digest
    return DataFile(path, int(fields.get("revision", 1)), content, place)


def _closures(manual: Manual, snapshot: Snapshot) -> Iterator[tuple[str, closure.Closure | None]]:
    """Yield path and closure of each document of which any revision was released."""
    for document in manual.documents:
        if document.id in manual.released.issues:
            yield document.path, closure.in_manual(document, manual, snapshot.read)


def _predecessors(
    manual: Manual, closures: Mapping[str, closure.Closure | None], state: State
) -> Iterator[tuple[str, Predecessor]]:
    """Yield, for each master that calls its change editorial, the revision that it follows."""
    if state.read_blob is None:
        return
    for document in manual.documents:
        now = closures.get(document.path)
        if now and document.is_master and document.change.grade == "editorial":
            issue = lifecycle.newest(manual, document.id, document.language)
            before = tree.as_released(issue, state.read_blob) if issue else None
            if issue and before and issue.subject.content != now.digest:
                includes = (Frozen(i.kind, i.name, i.sha256, i.where) for i in now.inclusions)
                found = Predecessor(before, issue.released.inclusions, tuple(includes))
                yield document.path, found


def _translated(manual: Manual, state: State) -> Iterator[tuple[str, Document]]:
    """Yield, for each translation that is behind its master, the master that it translates."""
    for document in manual.documents:
        master = None if document.is_master else manual.find(document.id)
        if master is None or document.translation_of == master.revision or not state.read_blob:
            continue
        wanted = master.language, document.translation_of
        for issue in manual.released.issues.get(document.id, ()):
            if (issue.subject.language, issue.subject.revision) == wanted:
                before = tree.as_released(issue, state.read_blob)
                if before:
                    yield document.path, before


def _sources(
    snapshot: Snapshot, policy: Policy, read_source: ReadSource, problems: list[Finding]
) -> Iterator[Source]:
    for path in sorted(snapshot.modes):
        # A name that is no text cannot be printed, listed or linked: QMS113 says so.
        readable = is_text(path) and snapshot.is_file(path)
        if readable and path.endswith(".md") and policy.holds_documents(path):
            data = _bytes(snapshot, path, problems)
            yield Source(path) if data is None else read_source(path, data, problems)


def _flaws(
    snapshot: Snapshot, sources: Iterable[Source], problems: list[Finding]
) -> Iterator[tuple[str, tuple[Flaw, ...]]]:
    """Read the images that texts show, and yield those that are not in order."""
    shown = {image.path or "" for source in sources for image in source.content.images}
    for path in sorted(shown):
        data = _bytes(snapshot, path, problems) if snapshot.is_file(path) else None
        extension = posixpath.splitext(path)[1].lower()
        if data is not None and extension in IMAGE_TYPES:
            found = images.flaws(data, extension)
            if found:
                yield path, found


def _register(
    snapshot: Snapshot, register: RegisterFile, problems: list[Finding]
) -> list[RegisterEntry] | None:
    """Return the entries of a register; None, with a finding, if it is not in order."""
    if register.file not in snapshot.modes:
        values = {"file": register.file, "register": register.key}
        problems.append(Finding("QMS101", Place(POLICY), "register", values))
        return None
    yaml = _data(snapshot, register.file, register.schema, problems)
    return None if yaml is None else list(registers.entries_of(register, yaml))


def _parameters(snapshot: Snapshot, problems: list[Finding]) -> Mapping[str, Parameter] | None:
    """Return the parameters, if there is a file of them; None, with a finding, if it is broken."""
    if PARAMETERS not in snapshot.modes:
        return {}
    yaml = _data(snapshot, PARAMETERS, "parameters", problems)
    if yaml is None:
        return None
    return {parameter.name: parameter for parameter in parameters.parameters_of(yaml)}


def _standards(snapshot: Snapshot, problems: list[Finding]) -> Mapping[str, Standard] | None:
    """Return the editions of standards; None, with a finding, if one of them is broken."""
    found: list[Standard] = []
    paths = [path for path in sorted(snapshot.modes) if standards.is_standard(path)]
    for path in paths:
        yaml = _data(snapshot, path, "standards", problems)
        if yaml is not None:
            found.append(standards.standard_of(path, yaml))
    return {each.key: each for each in found} if len(found) == len(paths) else None


def _systems(snapshot: Snapshot, problems: list[Finding]) -> tuple[System, ...] | None:
    """Return the management systems, if there is a file of them; None if it is broken."""
    if systems.PATH not in snapshot.modes:
        return ()
    yaml = _data(snapshot, systems.PATH, "systems", problems)
    return None if yaml is None else tuple(systems.systems_of(yaml))


def _glossary(snapshot: Snapshot, problems: list[Finding]) -> tuple[Term, ...] | None:
    """Return the glossary, if there is one; None, with a finding, if it is broken."""
    if glossary.PATH not in snapshot.modes:
        return ()
    yaml = _data(snapshot, glossary.PATH, "glossary", problems)
    return None if yaml is None else tuple(glossary.terms_of(yaml))


def _tables(
    snapshot: Snapshot, sources: tuple[Source, ...], problems: list[Finding]
) -> Mapping[str, DataTable]:
    """Return the CSV files that the sources include and that are in order."""
    wanted = {table.path or "" for source in sources for table in source.content.included}
    found: dict[str, DataTable] = {}
    for path in filter(snapshot.is_file, sorted(wanted)):
        data = _bytes(snapshot, path, problems)
        table = None if data is None else csvtable.read(path, data, problems)
        if table is not None:
            found[path] = table
    return found
