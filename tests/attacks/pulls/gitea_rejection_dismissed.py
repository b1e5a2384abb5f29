"""Quality asks for changes on Gitea; somebody dismisses that, and others approve."""

from qms_docs.forge import gitea
from qms_docs.words.evidence import ReviewState
from tests.attacks import merging, reviewing, scenes
from tests.attacks.pulls import gitlab_rejected_by_another as other
from tests.attacks.stage import CONTROLLER, MANAGER, QUALITY, Stage

FOUND = other.FOUND
succeeded = other.succeeded
before = merging.with_two_reviewers("gitea")


def _ended(review: dict[str, object], _: str) -> ReviewState:
    return ReviewState.DISMISSED if review["dismissed"] else gitea._STATES[str(review["state"])]


GUARDS = {"qms_docs.forge.gitea._state": _ended}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [{**merging.review(stage, QUALITY, "REQUEST_CHANGES"), "dismissed": True}]
    clicks += [merging.review(stage, CONTROLLER), merging.review(stage, MANAGER)]
    merging.put(stage, merging.of_gitea(stage, clicks))
    scenes.let_go(stage)
