"""May these texts be released? The one place that says so: for the command and for the audit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from qms_docs.judge import controlled
from qms_docs.judge.candidate import Candidate, Standing
from qms_docs.judge.controlled import DATA
from qms_docs.judge.effect import effective
from qms_docs.judge.tree import without_text
from qms_docs.text import closure, records
from qms_docs.words.evidence import NO_LANGUAGE, ReleasedText
from qms_docs.words.issues import Approval, Issue


@dataclass(frozen=True)
class Objection:
    """Why a release, or a text of it, is refused: a finding of the family 9xx in the making."""

    code: str
    case: str
    values: Mapping[str, str] = field(default_factory=dict)


def judge(
    texts: Iterable[ReleasedText], standing: Standing, release: str
) -> tuple[list[Issue], list[Objection]]:
    """Return what a release brings into force, or why it does not: all of it or nothing."""
    by_id: dict[str, list[ReleasedText]] = {}
    for text in texts:
        by_id.setdefault(text.subject.id, []).append(text)
    issues: list[Issue] = []
    objections: list[Objection] = []
    for group in by_id.values():
        candidate = Candidate(standing, tuple(group))
        found = list(_objections(candidate))
        objections += found
        if not found:
            issues += _issues(candidate, release)
    return ([], objections) if objections else (issues, [])


def _objections(candidate: Candidate) -> Iterator[Objection]:
    languages = [text.subject.language for text in candidate.texts]
    if len(set(languages)) < len(languages):
        yield _objection(candidate, "QMS909", "twice")
        return
    standing = False
    for text in candidate.texts:
        check = _data_as_named if candidate.id in DATA else _text_as_named
        for objection in check(candidate, text):
            standing = True
            yield objection
    if not standing:
        yield from _order(candidate)
        yield from _support(candidate)


def _text_as_named(candidate: Candidate, text: ReleasedText) -> Iterator[Objection]:
    """Yield where main does not hold exactly the text that is named."""
    subject, document = text.subject, candidate.documents.get(text.path)
    values = {"path": text.path}
    if document is None:
        yield _objection(candidate, "QMS907", "absent", **values)
        return
    if (document.id, document.language, document.revision) != (
        subject.id, subject.language, subject.revision,
    ):  # fmt: skip
        yield _objection(candidate, "QMS907", "other", **values)
        return
    if document.is_master != (document.language == candidate.standing.master):
        yield _objection(candidate, "QMS907", "other", **values)
        return
    found = candidate.standing.tree.closure(document)
    if found is None:
        yield _objection(candidate, "QMS907", "inclusion", **values)
    elif found.digest != subject.content or not _is_frozen(found, text):
        yield _objection(candidate, "QMS907", "content", **values)


def _is_frozen(found: closure.Closure, text: ReleasedText) -> bool:
    """Tell whether the manifest of a release names all that the text includes."""
    named = {(each.kind, each.name, each.sha256, each.where) for each in text.inclusions}
    there = {(each.kind, each.name, each.sha256, each.where) for each in found.inclusions}
    return found.text == text.text and named == there


def _data_as_named(candidate: Candidate, text: ReleasedText) -> Iterator[Objection]:
    subject, path = text.subject, DATA[candidate.id]
    data = candidate.standing.tree.read(path)
    if data is None or text.path != path or subject.language != NO_LANGUAGE:
        yield _objection(candidate, "QMS907", "absent", path=text.path)
        return
    found = closure.of_data(data)
    if found.digest != subject.content or found.text != text.text or text.inclusions:
        yield _objection(candidate, "QMS907", "content", path=path)
    elif controlled.revision_of(candidate.id, data) != subject.revision:
        yield _objection(candidate, "QMS907", "other", path=path)
    elif not _is_readable(candidate, data):
        yield _objection(candidate, "QMS907", "unreadable", path=path)


def _is_readable(candidate: Candidate, data: bytes) -> bool:
    """Tell whether authority and policy are in order together, as the release makes them."""
    tree = candidate.standing.tree
    together = {name: tree.read(DATA[name]) or b"" for name in controlled.FIRST}
    return controlled.read({**together, candidate.id: data}, []) is not None


def _order(candidate: Candidate) -> Iterator[Objection]:
    """Yield where the revision is not the next one (ISO 9001:2015, 7.5.3.2 c)."""
    if candidate.id in candidate.standing.withdrawn:
        yield _objection(candidate, "QMS908", "withdrawn")
        return
    master = candidate.master
    for text in candidate.texts:
        last = candidate.standing.last(candidate.id, text.subject.language)
        number = last.subject.revision if last else 0
        if text is master:
            wanted = _next(candidate, text, number)
            if text.subject.revision != wanted:
                case = "skipped" if text.subject.revision > wanted else "repeated"
                yield _objection(
                    candidate, "QMS908", case,
                    revision=str(text.subject.revision), wanted=str(wanted),
                )  # fmt: skip
        elif text.subject.revision <= number:
            yield _objection(
                candidate, "QMS908", "repeated",
                revision=str(text.subject.revision), wanted=str(number + 1),
            )  # fmt: skip


def _next(candidate: Candidate, text: ReleasedText, number: int) -> int:
    """Return the revision that follows a number: releases that had no effect use theirs up."""
    wanted, there = number + 1, candidate.standing.tree.blobs
    while wanted < text.subject.revision:
        if records.release_path(replace(text.subject, revision=wanted)) not in there:
            break
        wanted += 1
    return wanted


def _support(candidate: Candidate) -> Iterator[Objection]:
    """Yield what evidence is missing."""
    master = candidate.master
    if master is not None:
        needed, result = candidate.requirement, candidate.result
        if needed is None or result is None:
            yield _objection(candidate, "QMS906", "no-requirement")
            return
        for slot in result.missing:
            who = "further" if slot.who.startswith("+") else slot.who or "anybody"
            yield _objection(candidate, "QMS906", f"no-{slot.meaning}", role=who)
        for each in result.rejections:
            yield _objection(candidate, "QMS906", "rejected", person=each.person)
        released = {text.subject.language for text in candidate.texts}
        for language in needed.languages:
            if language not in released and candidate.id not in DATA:
                yield _objection(candidate, "QMS906", "language", language=language)
    yield from _translations(candidate)


def _translations(candidate: Candidate) -> Iterator[Objection]:
    """Yield translations that nobody vouches for, or that belong to another master."""
    standing = candidate.standing
    last = standing.last(candidate.id, standing.master)
    master = candidate.master.subject if candidate.master else last.subject if last else None
    for text in candidate.texts:
        if text is candidate.master:
            continue
        language = text.subject.language
        if master is None or master.revision != text.subject.revision:
            yield _objection(candidate, "QMS906", "no-master", language=language)
        elif candidate.translated(text, master) is None:
            yield _objection(candidate, "QMS906", "no-translated", role=language)


def _issues(candidate: Candidate, release: str) -> Iterator[Issue]:
    standing = candidate.standing
    for text in candidate.texts:
        document = candidate.documents[text.path] if candidate.id not in DATA else None
        declared = document.control.effective if document else "on-release"
        blob = standing.tree.blob(text.path)
        assert blob is not None
        yield Issue(
            released=text,
            document=without_text(document) if document else None,
            release=release,
            landing=standing.landing,
            effective=effective(declared, standing.landing.instant, standing.rules.zone),
            blob=blob,
            approvals=tuple(_approvals(candidate, text)),
        )


def _approvals(candidate: Candidate, text: ReleasedText) -> Iterator[Approval]:
    """Yield whose words a text rests on: those on the master, and the translator's."""
    people = candidate.standing.rules.authority.people
    accepted = list(candidate.result.accepted.values()) if candidate.result else []
    last = candidate.standing.last(candidate.id, candidate.standing.master)
    master = candidate.master.subject if candidate.master else last.subject if last else None
    if candidate.master is None and last:
        yield from last.approvals
    translated = candidate.translated(text, master) if master else None
    for each in (*accepted, *((translated,) if translated else ())):
        behalf = people.get(each.on_behalf_of)
        yield Approval(
            meaning=each.act.meaning,
            role=each.role,
            person=people[each.person].name,
            landing=each.landing,
            grade=each.grade,
            record=each.record,
            on_behalf_of=behalf.name if behalf else None,
        )


def _objection(candidate: Candidate, code: str, case: str, **values: str) -> Objection:
    return Objection(code, case, {"id": candidate.id, **values})
