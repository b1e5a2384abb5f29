"""Who is shown what: which publication contains a document, and what its PDF carries inside.

The classification decides both, by the policy that is in force (ISO 9001:2015, 7.5.3.1 b: protected
from loss of confidentiality).
"""

from collections.abc import Iterator

from qms_docs.judge import lifecycle
from qms_docs.judge.lifecycle import Life
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.policy import SOURCE, Policy


def usual_publication(policy: Policy) -> str:
    """Return the publication that is made if none is asked for; empty if it has no name."""
    return next(iter(policy.publications), "")


def lives(manual: Manual) -> Iterator[Life]:
    """Yield every released document of the manual's publication, whatever has become of it."""
    assert manual.as_of is not None
    for life in lifecycle.lives(manual.released, manual.as_of):
        if life.issue.document and is_in(life.issue.document, manual):
            yield life


def withheld(manual: Manual) -> int:
    """Return how many released texts the manual's publication does not contain."""
    assert manual.as_of is not None
    return sum(
        issue.landing.instant <= manual.as_of
        and issue.document is not None
        and not is_in(issue.document, manual)
        for issue in manual.released.all()
    )


def is_in(document: Document, manual: Manual) -> bool:
    """Tell whether a publication contains a document; one without a name contains all of them."""
    if not manual.publication:
        return True
    return document.control.classification in manual.policy.publications[manual.publication]


def attached(document: Document, policy: Policy) -> tuple[str, ...]:
    """Return what the PDF of a document carries inside beside its facts: `source`, `records`."""
    return policy.attachments.get(document.control.classification, (SOURCE,))
