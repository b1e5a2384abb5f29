"""From when until when an extract holds, and who may see it."""

from dataclasses import replace
from datetime import datetime

from qms_docs.judge import extracts, lifecycle
from qms_docs.judge.lifecycle import Life
from tests import released
from tests.conftest import BASE, load, tree
from tests.released import FIRST, days

PROCEDURE = "procedures/CSC-QP-01.md"


def _lives(as_of: datetime) -> list[Life]:
    """Return the lives of the small manual, whose procedure takes effect after 14 days."""
    state = released.state(tree(BASE), as_of)
    return list(lifecycle.lives(state.released, as_of))


def test_an_extract_holds_from_the_last_turn_to_the_next() -> None:
    now = FIRST + days(1)
    found = extracts.extent(_lives(now), now)
    assert found.since == FIRST
    assert found.until is not None
    assert (found.until - FIRST).days in (13, 14)
    later = found.until
    assert extracts.extent(_lives(later), later).since == later
    assert extracts.extent(_lives(later), later).until is None


def test_what_never_took_effect_turns_nothing() -> None:
    now = FIRST + days(20)
    life = replace(_lives(now)[0], until=FIRST - days(1))
    other = _lives(now)[-1]
    assert extracts.extent([life, other], now).since == other.issue.effective


def test_an_extract_is_as_strict_as_its_strictest_text() -> None:
    now = FIRST + days(20)
    policy = replace(
        load(tree(BASE)).policy, classifications={"public": {}, "internal": {}, "restricted": {}}
    )
    lives = _lives(now)
    assert extracts.classification(lives, policy) == "internal"
    issue = lives[0].issue
    assert issue.document is not None
    control = replace(issue.document.control, classification="restricted")
    strict = replace(
        lives[0], issue=replace(issue, document=replace(issue.document, control=control))
    )
    assert extracts.classification([*lives, strict], policy) == "restricted"
