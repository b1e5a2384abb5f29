"""Print a published text once more from the history, and compare: trust in nothing but the records.

Only the instant, the tip and the name of the publication are believed of a manifest; the rest is
derived again.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import StrEnum

from qms_docs.edges.git import Repository
from qms_docs.rules import rendering
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Subject
from qms_docs.words.findings import Finding
from qms_docs.words.printing import Pressed
from qms_docs.words.publication import Manifest, PublishedExtract, PublishedText
from qms_docs.work import extracts, history, plan, sheets
from qms_docs.work.batch import Progress
from qms_docs.work.history import Then
from qms_docs.work.plan import Plan, Reason, Step
from qms_docs.work.standing import Standing


class Rebuild(StrEnum):
    """What came of printing a text again."""

    SAME = "same"
    """Byte for byte what was asked about."""
    DIFFERENT = "different"
    PROGRAM = "program"
    """Different, and printed by another program or other libraries: this proves nothing."""
    UNKNOWN = "unknown"
    """The history does not have such a release."""
    OLDER = "older"
    """Not compared: an older print, whose facts have changed since."""


@dataclass(frozen=True)
class Rebuilder:
    """Prints again what was in a publication."""

    repository: Repository
    manifest: Manifest
    opened: Callable[[], Executor]
    progress: Progress

    def compare(self, held: Mapping[str, tuple[PublishedText, str]]) -> Mapping[str, Rebuild]:
        """Return what came of each file; `held`: name → the text that it shows, its SHA-256.

        Raises QmsError if the history does not hold the publication's tip, or a text can no longer
        be printed.
        """
        current = {text.subject for text, sha256 in held.values() if sha256 not in text.earlier}
        printed = self._printed(current)
        return {
            name: self._outcome(sha256, printed.get(text.subject))
            if text.subject in current
            else Rebuild.OLDER
            for name, (text, sha256) in held.items()
        }

    def compare_extracts(
        self, held: Mapping[str, tuple[PublishedExtract, str]]
    ) -> Mapping[str, Rebuild]:
        """Return what came of each extract; `held` and the errors as for `compare`."""
        standing = Standing(self._then(), self.repository)
        names = {extract.file.name for extract, _ in held.values()}
        planned = extracts.planned(standing, None, plan.tools())
        steps = [each for each in planned if each.extract.name in names]
        made = extracts.sheets(steps, standing)
        pressed = sheets.pressed(made, self.opened, self.progress) if steps else {}
        _refuse_unprinted(pressed, [])
        printed = {
            name: {hashlib.sha256(each.printed.data).hexdigest()} for name, each in pressed.items()
        }
        return {
            name: Rebuild.OLDER
            if sha256 in extract.earlier
            else self._outcome(sha256, printed.get(extract.file.name))
            for name, (extract, sha256) in held.items()
        }

    def _outcome(self, sha256: str, printed: Collection[str] | None) -> Rebuild:
        if printed is None:
            return Rebuild.UNKNOWN
        if sha256 in printed:
            return Rebuild.SAME
        is_same_program = dict(plan.tools()) == dict(self.manifest.tools)
        return Rebuild.DIFFERENT if is_same_program else Rebuild.PROGRAM

    def _printed(self, subjects: Collection[Subject]) -> Mapping[Subject, Collection[str]]:
        """Return the digests of each text as it is printed now: marked, and without a mark."""
        then = self._then()
        wanted = plan.wanted(then.manual, plan.tools())
        chosen = [each for each in wanted if each.issue.subject in subjects]
        steps = Plan(tuple(Step(each, Reason.NEW) for each in chosen), ())
        findings: list[Finding] = []
        made = sheets.sheets(self.repository, then.manual, steps, None, findings)
        pressed = sheets.pressed(made, self.opened, self.progress) if chosen else {}
        _refuse_unprinted(pressed, findings)
        return {
            each.issue.subject: (
                hashlib.sha256(pressed[each.name].printed.data).hexdigest(),
                pressed[each.name].master,
            )
            for each in chosen
        }

    def _then(self) -> Then:
        """Return the manual as the publication says it was; its tip must be in the history."""
        manifest = self.manifest
        then = history.then(self.repository, manifest.as_of, manifest.publication)
        if not any(each.commit == manifest.tip for each in then.ledger.line.values()):
            raise QmsError("other-history", tip=manifest.tip[:12])
        return then


def _refuse_unprinted(pressed: Mapping[str, Pressed], findings: list[Finding]) -> None:
    """Raise QmsError for the first finding, or the first text that was not printed as written."""
    findings += (each for one in pressed.values() for each in rendering.unprinted(one.printed))
    if findings:
        first = findings[0]
        raise QmsError("cannot-rebuild", path=first.place.path, detail=first.code)
