"""The processes of a manual and what flows between them, as the process map shows it."""

from collections.abc import Iterable, Iterator

from qms_docs.judge.cards import cited
from qms_docs.judge.flows import Flow, flows
from qms_docs.words.extracts import MapFlow, MapGroup, MapProcess, ProcessMap
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.rows import Kind


def process_map(manual: Manual, language: str) -> ProcessMap:
    """Return the map of the processes whose procedures the manual has.

    Groups and order are the policy's; the flows are what the procedures state as inputs and
    outputs, in a language, or in the master's where a procedure has no text in it.
    """
    groups = []
    for group in manual.policy.processes:
        texts = (manual.find(name, language) or manual.find(name) for name in group.documents)
        shown = tuple(_process(text, manual) for text in texts if text)
        if shown:
            groups.append(MapGroup(manual.policy.in_language(group.name, language), shown))
    return ProcessMap(tuple(groups))


def _process(text: Document, manual: Manual) -> MapProcess:
    found = list(flows(manual, text))
    return MapProcess(
        document=cited(text),
        takes=tuple(_flows(each for each in found if each.kind is Kind.INPUTS)),
        gives=tuple(_flows(each for each in found if each.kind is Kind.OUTPUTS)),
    )


def _flows(found: Iterable[Flow]) -> Iterator[MapFlow]:
    for flow in found:
        party = "" if flow.documents else " ".join(flow.side.text.split())
        yield MapFlow(flow.words, flow.documents, party)
