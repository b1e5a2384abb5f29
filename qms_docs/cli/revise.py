"""`qms revise`."""

import json
import os
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from qms_docs.cli.deciding import warn_of_lock
from qms_docs.cli.settings import Settings, qms_command
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError

if TYPE_CHECKING:
    from qms_docs.edges.git import Repository
    from qms_docs.words.model import Change
    from qms_docs.work.revising import Revised

_DATA = ("authority", "policy", "waivers")


@qms_command(
    name="revise",
    epilog="Examples: qms revise CSC-QP-12 --class minor --reason 'Shorter limit by law' "
    "--summary 'Step 3: answer within 10 days' --request 'issue 123' · "
    "qms revise authority --summary 'New key of the Quality Manager' · "
    "qms revise --parameter complaint-limit-simple --value 10 --reason 'Shorter limit by law'",
)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--class",
    "grade",
    type=click.Choice(["major", "minor", "editorial"]),
    help="How far the change goes; not for data.",
)
@click.option("--reason", metavar="TEXT", help="Why it is changed; not for data.")
@click.option("--summary", metavar="TEXT", help="What is changed.")
@click.option("--request", metavar="NAME", help="The request that it answers.")
@click.option("--parameter", metavar="NAME", help="Change this value, and all that quotes it.")
@click.option("--value", metavar="VALUE", help="What the parameter is from the release on.")
def command(
    settings: Settings,
    ids: tuple[str, ...],
    grade: str | None,
    reason: str | None,
    summary: str | None,
    request: str | None,
    parameter: str | None,
    value: str | None,
) -> None:
    """Begin the next revision of documents: number and change, in every language.

    The revision becomes the one after the newest that was released. If the text is that already,
    only the change is written. Everything else in the files stays as it is. ID is a document, or
    `authority`, `policy` or `waivers`. All files are written or none.

    With --parameter a value gets another one, and every document that quotes it its next revision,
    in the same step. They are one set, to be released together (`qms release --set`): until then
    what is in force keeps the old value. Each language says by itself what the value is and was.
    """
    if parameter is not None:
        if ids:
            raise QmsError("parameter-and-ids")
        _parameter(
            settings, parameter, value, _change(grade or "minor", reason, summary or "", request)
        )
        return
    if not ids:
        raise QmsError("missing-option", option="ID", example="qms revise CSC-QP-12")
    if summary is None:
        raise QmsError("missing-option", option="--summary", example="--summary 'Step 3'")
    if not set(ids) <= set(_DATA):
        if grade is None:
            raise QmsError("missing-option", option="--class", example="--class minor")
        if reason is None:
            raise QmsError("missing-option", option="--reason", example="--reason 'New law'")
    _documents(settings, ids, _change(grade or "", reason, summary, request))


def _change(grade: str, reason: str | None, summary: str, request: str | None) -> "Change":
    from qms_docs.words.model import Change

    reason, summary = (" ".join(text.split()) for text in (reason or "", summary))
    return Change(grade, reason, summary, request)


def _parameter(settings: Settings, name: str, value: str | None, change: "Change") -> None:
    from qms_docs.work import requoting

    if value is None:
        raise QmsError("missing-option", option="--value", example="--value 10")
    if not change.reason:
        raise QmsError("missing-option", option="--reason", example="--reason 'New law'")
    repository = settings.repository()
    found = requoting.requote(repository, name, value, change)
    paths = [*(write.path for write in found.writes), *_written(found.revised)]
    _tell(settings, repository, found.revised, paths, {"set": found.request})
    if found.revised and not settings.json:
        click.echo(label("release-set", settings.language, request=shlex.quote(found.request)))


def _documents(settings: Settings, ids: tuple[str, ...], change: "Change") -> None:
    from qms_docs.work import revising

    repository = settings.repository()
    found = revising.revise(repository, ids, change)
    _tell(settings, repository, found, _written(found), {})


def _written(found: "Iterable[Revised]") -> list[str]:
    return [write.path for each in found for write in each.writes]


def _tell(
    settings: Settings,
    repository: "Repository",
    found: "Sequence[Revised]",
    written: Sequence[str],
    more: Mapping[str, str],
) -> None:
    """Say what was written and what remains to be done by hand."""
    paths = [os.path.relpath(repository.root / path) for path in written]
    if settings.json:
        revisions = {each.id: each.revision for each in found}
        data = {"files": paths, "revisions": revisions, **more}
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    for each in found:
        key = "revision-raised" if each.raised else "revision-kept"
        click.echo(label(key, settings.language, id=each.id, revision=each.revision))
        for path in each.translations:
            path = os.path.relpath(repository.root / path)
            click.echo(label("translate-change", settings.language, path=path))
    for path in paths:
        click.echo(label("created", settings.language, path=path))
    if paths:
        click.echo(label("edit-next", settings.language, path=" ".join(paths)))
        warn_of_lock(settings)
    else:
        click.echo(label("nothing-to-write", settings.language))
