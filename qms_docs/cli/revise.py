"""`qms revise`."""

import json
import os

import click

from qms_docs.cli.deciding import warn_of_lock
from qms_docs.cli.settings import Settings, qms_command
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError

_DATA = ("authority", "policy", "waivers")


@qms_command(
    name="revise",
    epilog="Examples: qms revise CSC-QP-12 --class minor --reason 'Shorter limit by law' "
    "--summary 'Step 3: answer within 10 days' --request 'issue 123' · "
    "qms revise authority --summary 'New key of the Quality Manager'",
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--class",
    "grade",
    type=click.Choice(["major", "minor", "editorial"]),
    help="How far the change goes; not for data.",
)
@click.option("--reason", metavar="TEXT", help="Why it is changed; not for data.")
@click.option("--summary", metavar="TEXT", help="What is changed.")
@click.option("--request", metavar="NAME", help="The request that it answers.")
def command(
    settings: Settings,
    ids: tuple[str, ...],
    grade: str | None,
    reason: str | None,
    summary: str | None,
    request: str | None,
) -> None:
    """Begin the next revision of documents: number and change, in every language.

    The revision becomes the one after the newest that was released. If the text is that already,
    only the change is written. Everything else in the files stays as it is. ID is a document, or
    `authority`, `policy` or `waivers`. All files are written or none.
    """
    from qms_docs.words.model import Change
    from qms_docs.work import revising

    if summary is None:
        raise QmsError("missing-option", option="--summary", example="--summary 'Step 3'")
    if not set(ids) <= set(_DATA):
        if grade is None:
            raise QmsError("missing-option", option="--class", example="--class minor")
        if reason is None:
            raise QmsError("missing-option", option="--reason", example="--reason 'New law'")
    repository = settings.repository()
    reason, summary = (" ".join(text.split()) for text in (reason or "", summary))
    change = Change(grade or "", reason, summary, request)
    found = revising.revise(repository, ids, change)
    paths = [os.path.relpath(file) for file in revising.files(repository, found)]
    if settings.json:
        revisions = {each.id: each.revision for each in found}
        click.echo(json.dumps({"files": paths, "revisions": revisions}, ensure_ascii=False))
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
