"""Which texts an extract is made from, from when until when it holds, and how it is classified."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from qms_docs.judge.lifecycle import Life
from qms_docs.words.extracts import Extent
from qms_docs.words.model import Status
from qms_docs.words.policy import Policy


def extent(lives: Iterable[Life], as_of: datetime) -> Extent:
    """Return from when until when nothing changes in some texts, around an instant.

    The texts are those that are in force, were or will be: one that came to an end has changed
    what is said too.
    """
    turns = sorted(turn for life in lives for turn in _turns(life))
    past = [turn for turn in turns if turn <= as_of]
    return Extent(past[-1], next((turn for turn in turns if turn > as_of), None))


def _turns(life: Life) -> Iterator[datetime]:
    """Yield when a revision takes effect, and when it comes to an end that is known."""
    if life.until is None or life.issue.effective < life.until:
        yield life.issue.effective
        if life.until is not None:
            yield life.until


def in_force(lives: Iterable[Life]) -> list[Life]:
    """Return the lives of what is in force, by identification and language."""
    found = [life for life in lives if life.status is Status.EFFECTIVE]
    return sorted(found, key=lambda life: (life.issue.subject.id, life.issue.subject.language))


def classification(lives: Iterable[Life], policy: Policy) -> str:
    """Return the strictest classification of some texts: the policy names them by strictness."""
    order = list(policy.classifications)
    found = {
        life.issue.document.control.classification
        for life in lives
        if life.issue.document is not None
    }
    return max(found, key=order.index, default=order[0])
