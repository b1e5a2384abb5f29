"""What a rule is, and the list of all of them.

A rule is one function whose docstring is its documentation: a title, why, bad, good. Severity
and basis are set here and nowhere else: no setting of a repository can change a verdict.
"""

import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qms_docs.words.findings import Finding, Severity
from qms_docs.words.manual import Manual

Check = Callable[[Manual], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule of `qms check`."""

    code: str
    name: str
    """Reads well after "allow", for example `duplicate-identification`."""
    basis: str
    """The clause that demands it."""
    check: Check
    requires: tuple[str, ...] = ()
    """Rules without whose findings this one makes sense; see `check.run`."""
    severity: Severity = Severity.ERROR

    @property
    def title(self) -> str:
        """The first line of the documentation."""
        return inspect.getdoc(self.check).splitlines()[0]  # type: ignore[union-attr]  # a test: it has one

    def section(self, heading: str) -> str:
        """Return a part of the documentation: `Why`, `Bad` or `Good`."""
        text = inspect.getdoc(self.check) or ""
        match = re.search(rf"^{heading}:\n(.*?)(?=^[A-Z]\w+:\n|\Z)", text, re.S | re.M)
        return textwrap.dedent(match[1]).strip("\n") if match else ""


def rule(
    code: str,
    name: str,
    *,
    basis: str,
    requires: tuple[str, ...] = (),
    severity: Severity = Severity.ERROR,
) -> Callable[[Check], Rule]:
    """Make a rule of a function."""
    return lambda check: Rule(code, name, basis, check, requires, severity)
