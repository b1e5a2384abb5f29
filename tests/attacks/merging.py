"""Merge requests of GitLab and pull requests of Gitea for attacks: what is answered of a story."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from qms_docs.edges.git import Repository
from qms_docs.forge import gitea, gitlab
from qms_docs.words.evidence import Record, Reviews
from qms_docs.words.pullrequests import PullRequest, Review
from qms_docs.work import importing
from tests.attacks import reviewing
from tests.attacks.reviewing import ACCOUNTS, Told
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage
from tests.forge import gitea_server as tea
from tests.forge import gitlab_server as lab

HOST = lab.HOST
NUMBERS = {"gitlab": lab.PROJECT, "gitea": tea.REPOSITORY}


def before(forge: str) -> Callable[[Stage], None]:
    """Return a `before` whose authority counts one repository of a forge, on one host."""

    def change(stage: Stage) -> None:
        reviewing.before(stage)
        text = stage.read("manual/authority.yaml").replace("{github: [", f"{{{forge}: [")
        text = text.replace(str(reviewing.REPOSITORY), str(NUMBERS[forge]))
        stage.write({"manual/authority.yaml": f"{text}hosts: {{{forge}: {HOST}}}\n"})

    return change


def with_two_reviewers(forge: str) -> Callable[[Stage], None]:
    """Return a `before` in which the controller, who imports, could review as well."""

    def change(stage: Stage) -> None:
        before(forge)(stage)
        roles = "[{role: CSC-RS-03, from: 2026-01-01}"
        more = f"{roles}, {{role: CSC-RS-02, from: 2026-01-01}}"
        stage.edit("manual/authority.yaml", roles, more)

    return change


def tip(stage: Stage, name: str = "topic") -> str:
    return stage.git("rev-parse", name).strip()


def put(stage: Stage, pull: PullRequest) -> Record:
    """Record the reviews of a pull request, after it has come to main as a squash."""
    body = resolved(stage, pull)
    reviewing.landed(stage)
    return reviewing.put(stage, body, role="CSC-RS-03")


def resolved(stage: Stage, pull: PullRequest) -> Reviews:
    rules = stage.ledger().rules
    assert rules
    return importing.resolved(Repository.open(stage.root), pull, rules.authority)


# --- GitLab -------------------------------------------------------------------------------------


@dataclass
class Merge:
    """A merge request of the branch topic, and what GitLab has noted of it."""

    stage: Stage
    host: str = HOST
    target: str = "main"
    versions: list[Told] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)
    standing: dict[int, str] = field(default_factory=dict)

    @classmethod
    def opened(cls, stage: Stage, **options: str) -> "Merge":
        """Let the drafter propose a change of the procedure."""
        reviewing.topic(stage)
        merge = cls(stage, **options)
        merge.pushed()
        return merge

    def _instant(self, late: int = 0) -> str:
        """Return the stage's time, a minute later each time it is asked for."""
        self.stage.now += timedelta(minutes=1)
        return _told(self.stage.now + timedelta(minutes=late))

    def pushed(self) -> None:
        """Let GitLab take the tip of the branch for a new version."""
        made = self._instant()
        base = self.stage.git("merge-base", self.target, "topic").strip()
        number = 100 + len(self.versions)
        self.versions.insert(0, lab.version(number, tip(self.stage), made, base))

    def changed(self, old: str = "within 10 days", new: str = "within 90 days") -> None:
        """Let the drafter push another text."""
        reviewing.changed(self.stage, old, new)
        self.pushed()

    def noted(self, who: int, body: str, late: int = 0) -> str:
        made = self._instant()
        note = _told(datetime.fromisoformat(made) + timedelta(minutes=late))
        self.notes.append(lab.note(1000 + len(self.notes), who, body, note))
        return made

    def approved(self, *people: str | int, late: int = 0) -> None:
        """Let people approve; GitLab notes it some minutes `late`."""
        for who in people:
            number = ACCOUNTS[who] if isinstance(who, str) else who
            self.standing[number] = self.noted(number, lab.APPROVED, late)

    def rejected(self, who: str) -> None:
        self.noted(ACCOUNTS[who], lab.REJECTED)

    def taken_back(self, who: str) -> None:
        """Let somebody take their approval back."""
        self.noted(ACCOUNTS[who], "unapproved this merge request")
        del self.standing[ACCOUNTS[who]]

    def pull_request(self) -> PullRequest:
        head, start = tip(self.stage), tip(self.stage, "main")
        standing = (lab.approval(who, since) for who, since in self.standing.items())
        request = lab.request(head, start, ACCOUNTS[DRAFTER], self.host)
        return gitlab.merge_request(
            request, lab.approvals(*standing), [], self.notes, self.versions
        )

    def imported(self) -> Record:
        return put(self.stage, self.pull_request())


def _told(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds")


_reviews = gitlab._reviews


def by_notes(
    noted: list[gitlab._Note], _: object, pushes: list[gitlab._Version]
) -> Iterator[Review]:
    """Go by the notes alone: who was noted to approve has approved, and when it was noted."""
    standing = {note.account: note.made for note in noted if note.body == lab.APPROVED}
    return _reviews(noted, standing, pushes)


def newest(pushes: list[gitlab._Version], _: object) -> gitlab._Version:
    """Take every approval for one of what stands there now."""
    return pushes[-1]


# --- Gitea --------------------------------------------------------------------------------------


def review(stage: Stage, who: str | int | Told | None, state: str = "APPROVED") -> Told:
    """Return a review of what stands at the tip of the branch, given now."""
    stage.now += timedelta(minutes=1)
    number = ACCOUNTS[who] if isinstance(who, str) else who
    when = stage.now.isoformat(timespec="seconds")
    return tea.review(int(stage.now.timestamp()), number, state, commit=tip(stage), when=when)


def clicks(stage: Stage) -> list[Told]:
    """Begin the branch, and return the clicks of all who must approve it."""
    reviewing.topic(stage)
    return [review(stage, QUALITY), review(stage, MANAGER)]


def of_gitea(stage: Stage, reviews: Iterable[Told], host: str = HOST) -> PullRequest:
    pull = tea.pull(tip(stage), tip(stage, "main"), ACCOUNTS[DRAFTER], host)
    return gitea.pull_request(pull, list(reviews), [])
