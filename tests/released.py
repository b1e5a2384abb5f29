"""A released state in memory: what files would be released as, without Git, keys and records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from qms_docs.judge import controlled
from qms_docs.judge.effect import effective
from qms_docs.judge.tree import without_text
from qms_docs.text import closure
from qms_docs.words.evidence import NO_LANGUAGE, Frozen, Meaning, ReleasedText, Subject
from qms_docs.words.history import Landing
from qms_docs.words.issues import Issue, Reaffirmation, Released, Verdict
from qms_docs.words.model import Document
from qms_docs.work import workspace
from qms_docs.work.workspace import State
from tests.conftest import Files, snapshot_of

FIRST = datetime.fromisoformat("2026-01-05T09:00:00+08:00")
"""When everything is released that nothing else is said of."""


@dataclass(frozen=True)
class Event:
    """Something that people decided of a document that is in force."""

    meaning: Meaning
    id: str
    when: datetime
    role: str = ""
    """In whose name a single person speaks; without one everybody does whose word is needed."""


def state(
    files: Files,
    as_of: datetime,
    released: datetime = FIRST,
    events: Iterable[Event] = (),
    earlier: Released | None = None,
) -> State:
    """Return files as released at an instant, after what was released earlier."""
    snapshot = snapshot_of(files)
    manual = workspace.load(snapshot)
    zone = controlled.Rules(None, manual.policy).zone  # type: ignore[arg-type]
    before = earlier or Released(genesis="0" * 64)
    number = sum(map(len, before.issues.values()))
    landing = Landing(number, f"{number:040d}", released)
    issues = {name: list(each) for name, each in before.issues.items()}
    for document in manual.documents:
        found = closure.in_manual(document, manual, snapshot.read)
        assert found is not None
        begin = effective(document.control.effective, released, zone)
        _add(issues, _issue(_subject(document, found.digest), document, found, landing, begin))
    data = {name: path for name, path in controlled.DATA.items() if path in snapshot.modes}
    for name, path in data.items():
        text = closure.of_data(snapshot.read(path))
        revision = controlled.revision_of(name, snapshot.read(path)) or 1
        subject = Subject(name, NO_LANGUAGE, revision, text.digest)
        _add(issues, _issue(subject, path, text, landing, released))
    rules = None
    waivers = controlled.waivers_at(issues, snapshot.read, as_of)
    if "authority" in data:
        rules = controlled.read({name: snapshot.read(data[name]) for name in controlled.FIRST}, [])
        assert rules is not None
    found = replace(
        before,
        zone=zone,
        issues={name: tuple(each) for name, each in issues.items()},
        waivers=waivers,
        authority=rules.authority if rules else None,
    )
    return State(_with(found, events), as_of, snapshot.read)


def _subject(document: Document, content: str) -> Subject:
    return Subject(document.id, document.language, document.revision, content)


def _issue(
    subject: Subject,
    what: Document | str,
    text: closure.Closure,
    landing: Landing,
    begin: datetime,
) -> Issue:
    path = what if isinstance(what, str) else what.path
    frozen = (Frozen(i.kind, i.name, i.sha256, i.where) for i in text.inclusions)
    return Issue(
        released=ReleasedText(subject, path, text.text, tuple(frozen)),
        document=None if isinstance(what, str) else without_text(what),
        release="",
        landing=landing,
        effective=begin,
        blob=path,
    )


def _add(issues: dict[str, list[Issue]], issue: Issue) -> None:
    """Add an issue, unless that text was released before."""
    known = issues.setdefault(issue.subject.id, [])
    if issue.subject not in [each.subject for each in known]:
        known.append(issue)


def _with(released: Released, events: Iterable[Event]) -> Released:
    verdicts: dict[Subject, tuple[Verdict, ...]] = dict(released.verdicts)
    words: dict[Subject, tuple[Reaffirmation, ...]] = dict(released.reaffirmed)
    for number, event in enumerate(events, start=1000):
        issue = next(i for i in released.issues[event.id] if i.landing.instant <= event.when)
        landing = Landing(number, f"{number:040d}", event.when)
        if event.role:
            words[issue.subject] = (Reaffirmation(event.role, landing),)
            continue
        verdict = Verdict(event.meaning, landing, f"{number:064d}")
        verdicts[issue.subject] = (*verdicts.get(issue.subject, ()), verdict)
    return replace(released, verdicts=verdicts, reaffirmed=words)


def days(count: float) -> timedelta:
    """Return a length of time."""
    return timedelta(days=count)


def texts(files: Mapping[str, bytes], changes: Mapping[str, tuple[str, str]]) -> dict[str, bytes]:
    """Return files with one text in place of another: path → (old, new)."""
    found = dict(files)
    for path, (old, new) in changes.items():
        text = found[path].decode()
        assert old in text, f"{old!r} is not in {path}"
        found[path] = text.replace(old, new).encode()
    return found
