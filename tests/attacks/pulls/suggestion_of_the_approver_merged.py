"""What the manager has suggested is merged as it is; they sign the approval with their key."""

from collections.abc import Iterator

from qms_docs.words.authority import Authority
from tests.attacks import scenes
from tests.attacks.pulls import suggestion_of_the_approver
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
before = suggestion_of_the_approver.before
succeeded = suggestion_of_the_approver.succeeded


def _by_their_own(authority: Authority, emails: tuple[str, ...]) -> Iterator[str]:
    return (person for each in emails if (person := authority._by_email.get(each)))


GUARDS = {"qms_docs.words.authority.Authority.people_of": _by_their_own}


def attack(stage: Stage) -> None:
    suggestion_of_the_approver.suggested(stage)
    scenes.merged(stage, "topic", "queue")
    stage.say(QUALITY, "reviewed")
    stage.say(MANAGER, "approved")
    stage.commit("Statements")
    scenes.let_go(stage)
