"""8xx: what is printed is what is written (ISO 9001:2015, 7.5.3.1)."""

from collections.abc import Iterator

from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding, Place
from qms_docs.words.model import Manual
from qms_docs.words.printing import Printed


@rule("QMS801", "not-printable", basis="ISO 9001:2015 7.5.3.1 a")
def not_printable(manual: Manual) -> Iterator[Finding]:
    """Something in the text cannot be printed as it is written.

    Why:
        A character without a glyph becomes an empty box, a broken image becomes nothing: the
        reader does not see that something is missing. Found while the PDF is made.
    Bad:
        ![Chart](chart.png), a file that is no image
    Good:
        ![Chart](chart.png), a sound image
    """
    return manual.problems_of("QMS801")


def unprinted(printed: Printed) -> Iterator[Finding]:
    """Yield what could not be printed as it is written."""
    for trouble in printed.troubles:
        yield Finding("QMS801", Place(printed.path), trouble.case, {"detail": trouble.detail})


RULES = (not_printable,)
