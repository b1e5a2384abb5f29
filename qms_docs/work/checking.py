"""Judge a snapshot: load it, run the rules, keep what was asked for."""

from dataclasses import replace
from functools import partial

from qms_docs import check as rules_run
from qms_docs.edges import contents
from qms_docs.edges.git import Snapshot
from qms_docs.text import documents
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Report
from qms_docs.work import workspace
from qms_docs.work.workspace import State


def check(
    snapshot: Snapshot,
    paths: tuple[str, ...] = (),
    read_source: workspace.ReadSource = documents.read_source,
    state: State | None = None,
) -> Report:
    """Return the report on a snapshot, limited to `paths` (files or folders) if any are given.

    `state` is what the history says is released; without it everything counts as a draft.
    A policy that is not in order is the only news then: nothing else can be judged without it.
    Raises QmsError for a path that does not exist.
    """
    for path in paths:
        if path != "." and not any(_lies_in(file, path) for file in snapshot.modes):
            raise QmsError("no-path", path=path, origin=snapshot.origin)
    try:
        manual = workspace.load(snapshot, read_source, state)
    except workspace.UnreadablePolicyError as error:
        return Report(snapshot.origin, 0, error.findings)
    report = rules_run.run(manual)
    if not paths or "." in paths:
        return report

    def is_wanted(finding: Finding) -> bool:
        return any(_lies_in(finding.place.path, path) for path in paths)

    return replace(
        report,
        findings=tuple(filter(is_wanted, report.findings)),
        waived=tuple(each for each in report.waived if is_wanted(each.finding)),
    )


def check_remembering(
    snapshot: Snapshot, paths: tuple[str, ...] = (), state: State | None = None
) -> Report:
    """Do the same with what earlier checks of the same bodies have read."""
    with contents.opened() as cache:
        return check(snapshot, paths, partial(documents.read_source, read_body=cache.read), state)


def _lies_in(file: str, path: str) -> bool:
    return file == path or file.startswith(f"{path}/")
