"""7xx: objectives reach from the policy to every role (ISO 9001:2015, 6.2.1)."""

from collections.abc import Iterator, Mapping

from qms_docs.judge import naming
from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.registers import Objective
from qms_docs.words.rows import Kind, Row

_BASIS = "ISO 9001:2015 6.2.1"


@rule("QMS705", "objective-tree", basis=_BASIS, requires=("QMS102", "QMS104"))
def objective_tree(manual: Manual) -> Iterator[Finding]:
    """An objective does not hang in the tree, or its figure has no source.

    Why:
        The policy becomes work only if each objective of the centre is split down to a role, and
        each objective of a role belongs to one of the centre. A figure that stands in no record
        cannot be shown. Owner, measure, target and period are fields that every objective has.
    Bad:
        - id: CSC-OB-07       (policy: 2, and no objective with parent: CSC-OB-07)
    Good:
        - id: CSC-OB-07-01
          parent: CSC-OB-07
          source: CSC-FM-11-01
    """
    parents = {each.parent for each in manual.objectives.values()}
    for objective in manual.objectives.values():
        values = {"id": objective.id}
        if (objective.parent is None) is (objective.policy is None):
            yield Finding("QMS705", objective.place, "top", values)
        elif objective.parent and objective.parent not in manual.objectives:
            found = {**values, "parent": objective.parent}
            yield Finding("QMS705", objective.places["parent"], "parent", found)
        elif objective.parent and _in_circle(manual.objectives, objective):
            yield Finding("QMS705", objective.places["parent"], "circle", values)
        if objective.parent is None and objective.id not in parents:
            yield Finding("QMS705", objective.place, "childless", values)
        if objective.source not in (manual.forms or manual.identifications):
            found = {**values, "source": objective.source}
            yield Finding("QMS705", objective.places["source"], "source", found)


def _in_circle(objectives: Mapping[str, Objective], start: Objective) -> bool:
    seen, each = {start.id}, objectives.get(start.parent or "")
    while each and each.id not in seen:
        seen.add(each.id)
        each = objectives.get(each.parent or "")
    return each is not None and each.id == start.id


@rule("QMS706", "role-without-objective", basis=_BASIS, requires=("QMS705",))
def role_without_objective(manual: Manual) -> Iterator[Finding]:
    """A role has no objective.

    Why:
        Objectives stand at the functions and levels that matter; where a post has none, the split
        has stopped above it, and nobody there can tell whether the work was good.
    Bad:
        manual/roles/CSC-RS-13.md, and no objective with owner: CSC-RS-13
    Good:
        - id: CSC-OB-15-01
          owner: CSC-RS-13
    """
    owners = {objective.owner for objective in manual.objectives.values()}
    for document in manual.documents if owners else ():
        if document.control.type == "role" and document.is_master and document.id not in owners:
            yield Finding("QMS706", document.source.place("id"), values={"id": document.id})


@rule("QMS707", "objectives-table", basis="ISO 9001:2015 6.2.1", requires=("QMS602", "QMS705"))
def objectives_table(manual: Manual) -> Iterator[Finding]:
    """A table of objectives says something else than the register of objectives.

    Why:
        A role sheet lists the objectives of its role, the quality manual those of the centre. Who
        reads another target there than the one that is measured works for the wrong one.
    Bad:
        | CSC-OB-07-01 | Own call-backs kept in time | ≥ 90 % | CSC-FM-11-01 |
    Good:
        | CSC-OB-07-01 | Own call-backs kept in time | ≥ 98 % | CSC-FM-11-01 |
    """
    for document in manual.documents if manual.objectives else ():
        expected = _expected(manual, document)
        found = manual.rows(document.source, Kind.OBJECTIVES)
        if expected is None or not found:
            continue  # where a table is lacking, QMS602 says so
        listed: dict[str, Place] = {}
        for row in found:
            for name in naming.identifications(row["objective"]):
                listed[name] = row.place
                yield from _row(document, name, expected, row)
        for identification in expected.keys() - listed.keys():
            values = {"id": identification}
            yield Finding("QMS707", found[0].place, "missing", values)


def _expected(manual: Manual, document: Document) -> Mapping[str, Objective] | None:
    """Return the objectives that a document must list; None if it need not list any."""
    objectives = manual.objectives.items()
    match document.control.type:
        case "role":
            return {key: each for key, each in objectives if each.owner == document.id}
        case "manual":
            return {key: each for key, each in objectives if each.parent is None}
        case _:
            return None


def _row(
    document: Document, identification: str, expected: Mapping[str, Objective], row: Row
) -> Iterator[Finding]:
    objective = expected.get(identification)
    if objective is None:
        yield Finding("QMS707", row.place, "foreign", {"id": identification})
        return
    target = objective.target.written(document.language)
    if _closed(row["target"].text) != _closed(target):
        values = {"id": identification, "target": row["target"].text, "right": target}
        yield Finding("QMS707", row.place, "target", values)
    if objective.source not in naming.identifications(row["source"]):
        values = {"id": identification, "right": objective.source}
        yield Finding("QMS707", row.place, "source", values)


def _closed(text: str) -> str:
    """Return a text without its spaces: one language writes them, another does not."""
    return "".join(text.split())


RULES = (objective_tree, role_without_objective, objectives_table)
