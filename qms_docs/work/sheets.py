"""The sheets of a plan: what is to be printed, from the commits with which it was released."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import replace

from qms_docs.edges import stamps
from qms_docs.edges.git import Repository
from qms_docs.edges.shelf import Edition
from qms_docs.show import page
from qms_docs.text import closure, documents
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.model import Source
from qms_docs.words.printing import Pressed, PrintJob, Sheet
from qms_docs.work import batch, diagrams, workspace
from qms_docs.work.batch import Progress
from qms_docs.work.plan import Plan, Step, Wanted
from qms_docs.work.workspace import ReadSource


def sheets(
    repository: Repository,
    newest: Manual,
    steps: Plan,
    before: Edition | None,
    findings: list[Finding],
) -> Iterator[Sheet]:
    """Yield what is to be printed or marked; what is wrong with diagrams goes to `findings`.

    `newest` says what is released, and when it is asked. Raises QmsError if a commit does not hold
    what its release names.
    """
    fresh: dict[str, list[Wanted]] = defaultdict(list)
    for step in steps.pressed:
        master = _master(step, before)
        if master is None:
            fresh[step.wanted.issue.landing.commit].append(step.wanted)
        else:
            yield _sheet(step.wanted, master=master)
    read = _remembering(documents.read_source)
    for commit, wants in fresh.items():
        yield from _printed_from(repository, commit, wants, newest, read, findings)


def pressed(
    wanted: Iterable[Sheet], opened: Callable[[], Executor], progress: Progress
) -> Mapping[str, Pressed]:
    """Print and mark, and return what became of each sheet, by name."""
    jobs = ((sheet, sheet) for sheet in wanted)
    made = batch.done(opened(), stamps.press, jobs, _outcome, lambda sheet: sheet.name, progress)
    return {pressed.printed.name: pressed for pressed in made}


def _outcome(future: Future[Pressed], sheet: Sheet) -> Pressed:
    try:
        return future.result()
    except QmsError as error:
        return Pressed(batch.unprinted(error, sheet.name, sheet.path), "")


def _master(step: Step, before: Edition | None) -> bytes | None:
    """Return the PDF that only has to be marked, if there is one in order."""
    return before.build(step.source) if before and step.source else None


def _printed_from(
    repository: Repository,
    commit: str,
    wants: Iterable[Wanted],
    newest: Manual,
    read: ReadSource,
    findings: list[Finding],
) -> Iterator[Sheet]:
    """Yield what is to be printed of the texts that landed with a commit."""
    snapshot = repository.commit(commit)
    by_path = {want.issue.released.path: want for want in wants}
    contents = {path: want.issue.subject.content for path, want in by_path.items()}
    manual = workspace.load(snapshot, read)
    manual = replace(manual, released=newest.released, as_of=newest.as_of, contents=contents)
    chosen = {each.path: each for each in manual.documents if each.path in by_path}
    material, drawn = diagrams.material(chosen.values(), snapshot)
    findings += drawn
    for path, want in by_path.items():
        document = chosen.get(path)
        found = closure.in_manual(document, manual, snapshot.read) if document else None
        if document is None or found is None or found.digest != contents[path]:
            raise QmsError("not-as-released", path=path, commit=commit[:12])
        yield _sheet(want, page.print_job(document, manual, material, want.attached))


def _sheet(want: Wanted, job: PrintJob | None = None, master: bytes = b"") -> Sheet:
    return Sheet(want.name, want.issue.released.path, job, master, want.mark)


def _remembering(read_source: ReadSource) -> ReadSource:
    """Return a reader that reads each file once, however many commits have it."""
    known: dict[tuple[str, bytes], tuple[Source, list[Finding]]] = {}

    def read(path: str, data: bytes, problems: list[Finding]) -> Source:
        if (path, data) not in known:
            said: list[Finding] = []
            known[path, data] = read_source(path, data, said), said
        source, said = known[path, data]
        problems += said
        return source

    return read
