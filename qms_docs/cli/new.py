"""`qms new`."""

import json
import os
import sys
from datetime import date

import click

from qms_docs.cli.settings import Settings, parsed_when, qms_command
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError


@qms_command(
    name="new",
    epilog="Examples: qms new procedure --title 'Outbound calls' · "
    "qms new instruction --parent CSC-QP-12 --title 'Grading' · "
    "qms new notice --parent CSC-QP-12 --expires 2027-01-31 --title 'Card terminals' · "
    "qms new translation --of CSC-QP-12 --title 投诉处理",
)
@click.argument("kind", metavar="KIND")
@click.option("--title", help="Title in the language of the new file; asked for if not given.")
@click.option("--parent", metavar="ID", help="Document it belongs under (default: the manual).")
@click.option(
    "--expires",
    metavar="DATE|INSTANT",
    callback=lambda _ctx, _parameter, value: parsed_when(value) if value else None,
    help="For a notice or emergency instruction: its last day, or when it ends.",
)
@click.option("--of", "master", metavar="ID", help="For a translation: the document to translate.")
@click.option(
    "--language", metavar="TAG", help="For a translation: its language, for example zh-CN."
)
def command(
    settings: Settings,
    kind: str,
    title: str | None,
    parent: str | None,
    expires: date | None,
    master: str | None,
    language: str | None,
) -> None:
    """Start a new document: next free number, all sections, in order at once.

    KIND is a type of manual/policy.yaml (manual, procedure, instruction, role, notice, emergency)
    or `translation`.
    """
    from qms_docs.work import draft

    repository = settings.repository()
    if kind == "translation":
        if master is None:
            raise QmsError("missing-option", option="--of", example="--of CSC-QP-12")
        file = draft.new_translation(repository, master, language, title or _asked(settings))
    else:
        file = draft.new_master(repository, kind, title or _asked(settings), parent, expires)
    path = os.path.relpath(file)
    if settings.json:
        click.echo(json.dumps({"file": path}, ensure_ascii=False))
        return
    click.echo(label("created", settings.language, path=path))
    click.echo(label("edit-next", settings.language, path=path))


def _asked(settings: Settings) -> str:
    """Ask for the title where somebody can answer."""
    if not sys.stdin.isatty():
        raise QmsError("missing-option", option="--title", example="--title 'Outbound calls'")
    return str(click.prompt(label("title", settings.language), err=True))
