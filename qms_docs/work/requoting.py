"""Change a value that documents quote, and begin the next revision of all that quote it as one set.

A quoted value belongs to the text (docs/decisions/0013): when it changes, what was approved is
another text. So the value and the revisions are written together, or nothing is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from qms_docs.edges import journal
from qms_docs.edges.git import Repository
from qms_docs.edges.journal import FileWrite
from qms_docs.judge import usage
from qms_docs.judge.ledger import Ledger
from qms_docs.text import closure, documents, fields
from qms_docs.text.messages import label
from qms_docs.text.yamltext import Key
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.model import Change, Document
from qms_docs.words.parameters import Parameter
from qms_docs.work import history, revising, signing, workspace
from qms_docs.work.revising import Revised
from qms_docs.work.workspace import PARAMETERS, UnreadableDataError


@dataclass(frozen=True)
class Requoted:
    """A parameter and the documents that quote it, as they are after the command."""

    parameter: str
    request: str
    """Name of the set: the `change.request` of all documents."""
    writes: tuple[FileWrite, ...]
    """The file of the parameters, if it became different."""
    revised: tuple[Revised, ...]
    """Those that were released before; what never was has no revision that could follow."""


def requote(repository: Repository, name: str, value: str, change: Change) -> Requoted:
    """Give a parameter a value and begin a revision of every document that quotes it.

    Without a summary each language gets its own: what the value is now and was before. Without a
    request the set is named after parameter and value. All files are written or none. Raises
    QmsError if there is no such parameter, if the value does not fit, or if a document has a
    revision begun for another reason, whose description would be lost.
    """
    request = change.request or f"{name} {value}"
    change = replace(change, request=request)
    revising.refuse_unprintable(change, name)
    ledger = signing.begun(history.ledger(repository))
    manual = workspace.load(repository.work_tree())
    before = _parameter(manual, name)
    write, after = _changed(repository, before, value)
    quoting = tuple(_quoting(manual, ledger, name))
    _refuse_begun(manual, ledger, quoting, name, request)
    summaries = _summaries(manual, before, after) if not change.summary else {}
    revised = tuple(
        revising.document(
            ledger,
            manual,
            each,
            lambda text: replace(change, summary=summaries.get(text.language, change.summary)),
        )
        for each in quoting
    )
    writes = [*write, *(file for each in revised for file in each.writes)]
    if writes:
        journal.write(repository.root, repository.private_folder(), writes)
    return Requoted(name, request, write, revised)


def _parameter(manual: Manual, name: str) -> Parameter:
    if manual.parameters is None:
        problems = [each for each in manual.problems if each.place.path == PARAMETERS]
        raise UnreadableDataError(problems)
    if name not in manual.parameters:
        raise QmsError("no-parameter", name=name, known=", ".join(sorted(manual.parameters)) or "–")
    found = manual.parameters[name]
    if "" not in found.value:
        raise QmsError("value-of-languages", name=name, path=PARAMETERS)
    return found


def _changed(
    repository: Repository, before: Parameter, value: str
) -> tuple[tuple[FileWrite, ...], Parameter]:
    """Return what has to be written into the file of the parameters, and the parameter then."""
    data = repository.work_tree().read(PARAMETERS)
    key: Key = ("parameters", before.name, "value")
    is_number = value.isascii() and value.isdecimal() and not value.startswith("0")
    typed = int(value) if is_number else value
    after = fields.changed(data, PARAMETERS, {key: typed}, fields.data_file)
    findings: list[Finding] = []
    if documents.read_data(PARAMETERS, after, "parameters", findings) is None:
        raise UnreadableDataError(findings, "unfit-change")
    write = (FileWrite(PARAMETERS, after, data),) if after != data else ()
    return write, replace(before, value={"": value})


def _quoting(manual: Manual, ledger: Ledger, name: str) -> Iterator[str]:
    """Yield the documents in force, or released once, that quote a parameter in any language."""
    places = usage.of_parameters(manual).get(name, ())
    found = (manual.by_path[place.path].identification for place in places)
    for each in sorted({identification for identification in found if identification}):
        if ledger.issues.get(each) and each not in ledger.statements.withdrawn:
            yield each


def _refuse_begun(
    manual: Manual, ledger: Ledger, ids: tuple[str, ...], name: str, request: str
) -> None:
    begun = [
        each
        for each in ids
        if any(_is_begun(text, ledger, request) for text in manual.languages_of(each))
    ]
    if begun:
        raise QmsError("revision-begun", name=name, ids=", ".join(begun), request=request)


def _is_begun(text: Document, ledger: Ledger, request: str) -> bool:
    """Tell whether a text is neither the one that was released last nor part of the set."""
    released = [each for each in ledger.issues[text.id] if each.subject.language == text.language]
    same = released and released[-1].released.text == closure.of_data(text.source.data).text
    return not same and text.change.request != request


def _summaries(manual: Manual, before: Parameter, after: Parameter) -> Mapping[str, str]:
    """Return what is said of the change, in each language of the manual."""
    found = {}
    for language in (manual.policy.master, *manual.policy.translations):
        old, new = before.quoted(language), after.quoted(language)
        if new is not None:
            key = "value-changed" if old != new else "value-set"
            title = manual.policy.in_language(before.title, language)
            said = label(key, language, title=title, before=str(old), after=new)
            found[language] = " ".join(said.split())  # the gap before a unit is a plain space here
    return found
