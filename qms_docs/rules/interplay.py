"""6xx: what documents say of one another agrees (ISO 9001:2015, 4.4.1, 5.3 and 9.1)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from qms_docs.judge import naming
from qms_docs.judge.acts import Act, acts, duties
from qms_docs.judge.controlled import DATA
from qms_docs.judge.flows import Flow, flows, processes
from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.rows import Kind, Row


@rule("QMS605", "loose-end", basis="ISO 9001:2015 4.4.1 b")
def loose_end(manual: Manual) -> Iterator[Finding]:
    """An output has no receiver, or is no input of the process that is to receive it.

    Why:
        Processes interlock only if both sides know of it: what one gives, the other expects,
        under the same name. What nobody expects is made for nothing.
    Bad:
        | Complaint causes | [CSC-QP-15](CSC-QP-15.md) |    (CSC-QP-15 has no such input)
    Good:
        | Complaint causes | [CSC-QP-12](CSC-QP-12.md) |    (among the inputs of CSC-QP-15)
    """
    texts = {(each.id, each.language): each for each in manual.documents}
    stated = {key: tuple(flows(manual, document)) for key, document in texts.items()}
    for (_, language), found in stated.items():
        for flow in found:
            if not naming.is_blank(flow.side) and not _has_side(manual, flow):
                values = {"words": flow.words, "side": flow.side.text}
                yield Finding("QMS605", flow.row.place, f"no-{flow.kind}", values)
            for other in flow.documents:
                there = stated.get((other, language))
                if there is not None and other not in manual.roles:
                    yield from _one_sided(flow, other, there)


@rule("QMS606", "duty", basis="ISO 9001:2015 5.3")
def duty(manual: Manual) -> Iterator[Finding]:
    """A step's record is no duty of the role, or a duty's record is in no step of the document.

    Why:
        People learn their duties from the role sheet and their work from the procedure. What only
        one of them says is either not done or done without a rule.
    Bad:
        | 5 | [Officer](CSC-RS-10.md) | Closes the case. | CSC-FM-12-01 | 2 days |
        and in CSC-RS-10 no duty by CSC-QP-12 with CSC-FM-12-01
    Good:
        | Close the case within 2 days. | [CSC-QP-12](CSC-QP-12.md) | CSC-FM-12-01 |
    """
    asked = tuple(acts(manual))
    listed = tuple(duties(manual))
    yield from _in_no_sheet(manual, asked, listed)
    yield from _in_no_step(manual, asked, listed)


@rule("QMS607", "no-basis", basis="ISO 9001:2015 9.1.1")
def no_basis(manual: Manual) -> Iterator[Finding]:
    """People are assessed by something that no objective and no rule asks of them.

    Why:
        An assessment is fair only by what everybody could know before: an objective, or a rule in
        a document. When that changes, `qms show` lists what is assessed by it.
    Bad:
        | Friendliness | Impression of the team leader |
    Good:
        | Greeting and staff number | [CSC-QP-11, steps](CSC-QP-11.md#steps) |
    """
    objectives = {each.code for each in manual.policy.registers if each.key == "objective"}
    for source in manual.sources:
        for row in manual.rows(source, Kind.ASSESSMENTS):
            basis = row["basis"]
            codes = {name.split("-")[1] for name in naming.identifications(basis)}
            if not naming.is_blank(basis) and not (
                codes & objectives or naming.ruling(manual, source, basis)
            ):
                values = {"item": row["item"].text, "basis": basis.text}
                yield Finding("QMS607", row.place, values=values)


@rule("QMS608", "unmapped-process", basis="ISO 9001:2015 4.4.1 b", requires=("QMS602",))
def unmapped_process(manual: Manual) -> Iterator[Finding]:
    """A process is not among those that the policy lists, or the policy lists one that is none.

    Why:
        The process map shows at a glance which processes there are and how they interact. One that
        is not listed is missing from the map without a trace, and nobody sees who waits for what
        it gives. A manual that lists no processes has no map, and nothing is asked of it.
    Bad:
        documents: [CSC-QP-13, CSC-QP-14]    (and CSC-QP-15 states inputs and outputs)
    Good:
        documents: [CSC-QP-13, CSC-QP-14, CSC-QP-15]
    """
    listed = {name for group in manual.policy.processes for name in group.documents}
    if not listed:
        return
    described = {document.id: document for document in processes(manual)}
    for name, document in described.items():
        if name not in listed:
            yield Finding("QMS608", document.source.place("id"), "unlisted", {"id": name})
    for name in sorted(listed - described.keys()):
        yield Finding("QMS608", Place(DATA["policy"]), "missing", {"id": name})


def _has_side(manual: Manual, flow: Flow) -> bool:
    """Tell whether the other side is a document, a role or a party."""
    return bool(flow.documents) or naming.is_somebody(manual, flow.document.source, flow.side)


def _one_sided(flow: Flow, other: str, there: tuple[Flow, ...]) -> Iterator[Finding]:
    """Say that the document on the other side does not have it in the same words."""
    facing = [
        each.words
        for each in there
        if each.kind is not flow.kind and flow.document.id in each.documents
    ]
    if flow.words not in facing:
        values = {
            "words": flow.words,
            "id": flow.document.id,
            "other": other,
            "known": "; ".join(facing) or "\u2013",
        }
        yield Finding("QMS605", flow.row.place, flow.kind, values)


def _in_no_sheet(
    manual: Manual, asked: tuple[Act, ...], listed: tuple[tuple[Document, Row], ...]
) -> Iterator[Finding]:
    """Yield each record that a document asks of a role and its sheet does not know, once."""
    known = {
        (sheet.id, document, record)
        for sheet, row in listed
        for document in naming.linked(manual, sheet.source, row["rule"])
        for record in naming.forms(manual.policy, row["evidence"])
    }
    sheets = {sheet.id for sheet, _ in listed}
    for act in asked:
        for role in sorted(act.roles & sheets):
            for record in act.records:
                if (role, act.document.id, record) not in known:
                    known.add((role, act.document.id, record))
                    values = {"role": role, "id": act.document.id, "record": record}
                    yield Finding("QMS606", act.row.place, "unlisted", values)


def _in_no_step(
    manual: Manual, asked: tuple[Act, ...], listed: tuple[tuple[Document, Row], ...]
) -> Iterator[Finding]:
    """Yield each record of a duty that no document which the duty cites asks of the role."""
    founded = _founded(asked)
    for sheet, row in listed:
        ruling = [n for n in naming.linked(manual, sheet.source, row["rule"]) if n in founded]
        records = naming.forms(manual.policy, row["evidence"])
        pairs = [(n, r) for n in ruling for r in records if _is_asked(founded[n], r, sheet.id)]
        values = {"role": sheet.id, "ids": ", ".join(ruling), "records": ", ".join(records)}
        for record in records if ruling else ():
            if not any(record == each for _, each in pairs):
                yield Finding("QMS606", row.place, "unfounded", {**values, "record": record})
        for name in ruling if pairs else ():
            if not any(name == each for each, _ in pairs):
                yield Finding("QMS606", row.place, "elsewhere", {**values, "id": name})


def _is_asked(records: Mapping[str, frozenset[str | None]], record: str, role: str) -> bool:
    roles = records.get(record, frozenset())
    return role in roles or None in roles


def _founded(asked: tuple[Act, ...]) -> Mapping[str, Mapping[str, frozenset[str | None]]]:
    """Return document → record → roles of which it is asked, None for whoever it is."""
    found: dict[str, dict[str, frozenset[str | None]]] = defaultdict(dict)
    for act in asked:
        records = found[act.document.id]
        roles = act.roles | act.receivers | ({None} if act.is_open else set())
        for record in act.records:
            records[record] = records.get(record, frozenset()) | roles
    return found


RULES = (loose_end, duty, no_basis, unmapped_process)
